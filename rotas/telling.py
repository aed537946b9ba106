"""Tells those whom no mail of ours has told: who they are, the gesture that writes to them, and its taking back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import CharField, Count, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat
from django.utils.crypto import salted_hmac

from directory import book, messages, weeks
from directory.models import Change, ChangeSet, OutgoingMessage, User
from directory.models.book import Source
from directory.models.messages import MessageState
from directory.refusals import Refusal
from directory.retrying import retried
from rotas import notices
from rotas.models import Assignment, AssignmentState, Slot
from rotas.slots import place_subject

VERB = "telling.confirm"
TABLE = "directory.outgoingmessage"
# The reference by which messages name a doctor in a place (`notices.about`), as a column of an assignment.
ABOUT = Concat(
    Value(place_subject("")),
    Cast("slot_id", CharField()),
    Value(":doctor:"),
    Cast("doctor_id", CharField()),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Telling:
    """What came of it: the mails written, those left out because something has changed, the gesture if any."""

    mails: list[OutgoingMessage]
    changed: list[Assignment]
    change_set: ChangeSet | None


def untold(slots: QuerySet[Slot]) -> QuerySet[Assignment]:
    """Who is confirmed in `slots`, published and not over, and has no mail of ours, left or to leave, that says so.

    `refused` tells those whose mail the server has refused. One query.
    """
    written = OutgoingMessage.objects.filter(subject_ref=OuterRef("about"))
    newest = written.exclude(state__in=messages.LOST).order_by("-pk").values("pk")[:1]
    says_so = OutgoingMessage.objects.annotate(first=_day("first_day"), last=_day("last_day")).filter(
        pk=OuterRef("newest"), kind=notices.CONFIRMED, first=OuterRef("first_day"), last=OuterRef("last_day")
    )
    coming = slots.filter(published=True, monday__gte=weeks.monday_of(weeks.today()))
    return (
        Assignment.objects.confirmed()
        .filter(slot__in=coming.order_by().values("pk"))
        .alias(about=ABOUT)
        .alias(newest=Subquery(newest))
        .filter(~Exists(says_so))
        .annotate(refused=Exists(written.filter(kind=notices.CONFIRMED, state=MessageState.FAILED)))
    )


def _day(name: str) -> Cast:
    """A day that a mail tells, as a date."""
    return Cast(KeyTextTransform(name, "facts"), DateField())


def in_reading_order(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """With their doctors and centres, soonest first."""
    rows = assignments.select_related("slot__centre", "doctor")
    return rows.order_by("slot__monday", "slot__centre__opened_on", "slot__centre__name", "slot__place", "first_day")


def count(slots: QuerySet[Slot]) -> dict[str, int]:
    """How many doctors are to be written to (`doctors`), how many weeks to be told by phone (`calls`). One query."""
    mute = Q(doctor__email="")
    return untold(slots).aggregate(doctors=Count("doctor", filter=~mute, distinct=True), calls=Count("pk", filter=mute))


def mark(assignment: Assignment) -> str:
    """What a page has shown of somebody's week: another mark later means that it has changed since."""
    shown = (assignment.version, assignment.first_day, assignment.last_day, assignment.doctor.email)
    return salted_hmac("rotas.telling", "|".join(map(str, shown))).hexdigest()[:16]


@retried
@transaction.atomic
def tell(*, slots: QuerySet[Slot], shown: Mapping[int, str], by: User) -> Telling:
    """Write to each of `shown` (assignment ids with the `mark` that the person read) who still is as it was shown.

    Two people, or two presses, write one mail each: the places are held while one looks who has been told.
    """
    asked = Assignment.objects.filter(pk__in=shown, slot__in=slots.order_by().values("pk"))
    list(Slot.objects.filter(pk__in=asked.values("slot")).locked())
    waiting = untold(slots).filter(pk__in=shown).exclude(doctor__email="")
    same = [row for row in in_reading_order(waiting) if mark(row) == shown[row.pk]]
    told = {row.pk for row in same}
    changed = [row for row in in_reading_order(asked) if row.pk not in told]
    mails = [notices.announce(row) for row in same]
    entry = book.open_entry(by=by, verb=VERB)
    entry.changes = [_noted(mail, row) for mail, row in zip(mails, same, strict=True)]
    return Telling(mails, changed, entry.close())


def _noted(mail: OutgoingMessage, row: Assignment) -> Change:
    """What the book keeps of a mail: about whom and for which days, not its words nor its address."""
    after = {"slot_id": row.slot_id, "doctor_id": row.doctor_id} | mail.facts
    return Change(table=TABLE, row=mail.pk, subject=f"{TABLE}:{mail.pk}", before=None, after=after)


def why_left_out(assignment: Assignment) -> str:
    """What has changed about somebody whom `tell` has left out."""
    if assignment.state != AssignmentState.CONFIRMED:
        return "n’est plus confirmé"
    if not assignment.doctor.email:
        return "n’a plus d’adresse e-mail"
    if not untold(Slot.objects.filter(pk=assignment.slot_id)).filter(pk=assignment.pk).exists():
        return "a été prévenu entre-temps"
    return "a changé depuis que vous avez ouvert la page"


def told_by(user: User) -> QuerySet[ChangeSet]:
    """The gestures by which `user` has told people."""
    return ChangeSet.objects.filter(actor_id=user.pk, verb=VERB, source=Source.HAND)


def mails_of(change_set: ChangeSet) -> list[OutgoingMessage]:
    """The mails that this gesture has written, oldest first."""
    rows = change_set.changes.filter(table=TABLE).values("row")
    return list(OutgoingMessage.objects.filter(pk__in=rows).order_by("pk"))


@retried
@transaction.atomic
def take_back(*, change_set: ChangeSet, by: User) -> ChangeSet:
    """Stop the mails of this gesture that have not left; Refusal when none can be stopped any more."""
    change_set = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    stopped = {mail.pk for mail in mails_of(change_set) if messages.withdraw(mail)}
    if not stopped:
        raise Refusal("Aucun de ces mails ne peut plus être arrêté\u00a0: ils sont partis ou déjà annulés.")
    entry = book.open_entry(by=by, verb="undo", source=Source.UNDO, undoes=change_set)
    entry.changes = [
        Change(table=TABLE, row=change.row, subject=change.subject, before=change.after, after=None)
        for change in change_set.changes.filter(table=TABLE, row__in=stopped)
    ]
    return entry.close()
