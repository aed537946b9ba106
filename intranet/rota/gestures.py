"""What follows a gesture on the rota: the mail it will cause, the weeks it concerned, and its undo."""

from django.conf import settings

from directory import messages
from directory.models import ChangeSet, User
from directory.models.book import Source
from directory.models.messages import MessageState
from rotas import notices
from rotas.models import Assignment, Slot


def mail_sentence(change_set: ChangeSet) -> str:
    """« Dr … recevra un mail dans 10 minutes ; … » for the mails that this gesture wrote; empty for none."""
    rows = change_set.changes.filter(table="rotas.assignment").values_list("row", flat=True)
    told = []
    for assignment in Assignment.objects.filter(pk__in=list(rows)).select_related("doctor"):
        mail = messages.last_told(notices.about(assignment.pk), notices.KINDS)
        if mail and mail.state == MessageState.PENDING and mail.created_at >= change_set.at:
            told.append(str(assignment.doctor))
    if not told:
        return ""
    minutes = max(1, settings.MESSAGE_DELAY_SECONDS // 60)
    delay = "une minute" if minutes == 1 else f"{minutes}\u00a0minutes"
    verb = "recevra" if len(told) == 1 else "recevront"
    return f" {' et '.join(told)} {verb} un mail dans {delay}\u202f; vous pouvez annuler d’ici là."


def own_gestures(user: User):
    """The gestures on the rota that `user` made by hand: the only ones that they may undo."""
    return ChangeSet.objects.filter(actor_id=user.pk, source=Source.HAND, verb__startswith="rotas.")


def slots_of(change_set: ChangeSet) -> list[Slot]:
    """The places that a gesture concerned: those of the week for a closure."""
    ids, found = set(), []
    for change in change_set.changes.all():
        values = change.before or change.after
        if change.table == "rotas.closure":
            found += Slot.objects.filter(centre=values["centre_id"], monday=values["monday"]).order_by("place")
        else:
            ids.add(change.row if change.table == "rotas.slot" else values["slot_id"])
    return [*Slot.objects.filter(pk__in=ids).select_related("centre").order_by("pk"), *found]
