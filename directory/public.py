"""The stamp of the public pages: read with one indexed SELECT, bumped last in each verb that the public sees."""

from django.db.models import F

from directory.models import PublicStamp


def stamp() -> int:
    """Today's value; 0 when nothing was ever published."""
    return PublicStamp.objects.values_list("value", flat=True).filter(pk=1).first() or 0


def bump() -> None:
    """Say that a public page has changed. Called last in a transaction: its row lock is then held shortly."""
    if not PublicStamp.objects.filter(pk=1).update(value=F("value") + 1):
        PublicStamp.objects.get_or_create(pk=1)
