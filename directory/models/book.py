"""The book of changes: who changed what, when, from what to what, and why. Rows are only ever added."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Source(models.TextChoices):
    """Where a change came from."""

    HAND = "hand", "à la main"
    IMPORT = "import", "import d'un fichier"
    CLOCK = "clock", "automatique"
    UNDO = "undo", "annulation"


class ChangeSet(models.Model):
    """One gesture: its author (a plain id, so that erasing a person updates nothing), verb, reason and changes."""

    at = models.DateTimeField("le", auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField("auteur", null=True, blank=True, db_index=True)
    verb = models.CharField("geste", max_length=40)
    source = models.CharField("origine", max_length=8, choices=Source.choices, default=Source.HAND)
    reason = models.CharField("raison", max_length=280, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name="annule"
    )

    class Meta:
        verbose_name = "geste"
        verbose_name_plural = "gestes"

    def __str__(self) -> str:
        return f"{self.verb} ({self.at:%d/%m/%Y %H:%M})"


class Change(models.Model):
    """One row changed by a gesture. `before` is null for a row that was made, `after` for one that was removed.

    `subject` names what people ask the history of, when it is not the row itself: a place of the rota
    (`rotas.slot:12`) for each assignment that stood in it.
    """

    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="changes", verbose_name="geste")
    table = models.CharField("table", max_length=60)
    row = models.BigIntegerField("ligne")
    subject = models.CharField("objet", max_length=80, db_index=True)
    before = models.JSONField("avant", null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField("après", null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "changement"
        verbose_name_plural = "changements"
        indexes = [models.Index(fields=["table", "row"], name="change_by_row")]

    def __str__(self) -> str:
        return f"{self.table}:{self.row}"
