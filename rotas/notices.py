"""Tells a doctor what became of their week: one mail for what stands, none for what was undone in time."""

from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from directory import messages, public, weeks
from directory.models import Change, ChangeSet, OutgoingMessage
from directory.models.book import Source
from directory.models.messages import MessageState
from rotas.duty import write_duty_days
from rotas.models import Assignment, AssignmentState, Slot

CONFIRMED = "rotas.week_confirmed"
CANCELLED = "rotas.week_cancelled"
KINDS = [CONFIRMED, CANCELLED]


def about(assignment_id: int) -> str:
    """How messages name an assignment."""
    return f"rotas.assignment:{assignment_id}"


def reconcile(assignment: Assignment) -> OutgoingMessage | None:
    """Make what the doctor was told agree with what stands; returns the message written, if any.

    A draft place, a week that is over and a doctor without an address tell nothing new.
    """
    told = messages.last_told(about(assignment.pk), KINDS)
    expected = assignment.state == AssignmentState.CONFIRMED
    knows = told is not None and told.kind == CONFIRMED
    if knows == expected:
        return None
    if told is not None and told.state == MessageState.PENDING and messages.withdraw(told):
        return reconcile(assignment)
    if not assignment.slot.published or assignment.last_day < weeks.today() or not assignment.doctor.email:
        return None
    return _write(assignment, CONFIRMED if expected else CANCELLED)


def _write(assignment: Assignment, kind: str) -> OutgoingMessage:
    """Write the mail of this kind about this assignment; each telling has its own key."""
    count = OutgoingMessage.objects.filter(subject_ref=about(assignment.pk)).count()
    context = {
        "assignment": assignment,
        "slot": assignment.slot,
        "centre": assignment.slot.centre,
        "doctor": assignment.doctor,
        "week": weeks.label(assignment.slot.monday),
    }
    name = kind.rpartition(".")[2]
    return messages.write(
        key=f"{about(assignment.pk)}:{kind}:{count}",
        kind=kind,
        about=about(assignment.pk),
        to=assignment.doctor.email,
        subject=" ".join(render_to_string(f"emails/{name}.subject.txt", context).split(" ")).strip(),
        body=render_to_string(f"emails/{name}.txt", context),
        html=render_to_string(f"emails/{name}.html", context),
    )


def after_restore(changes: list[Change], change_set: ChangeSet) -> None:
    """After an undo: duty days, versions, messages and the public stamp follow the rows that now stand."""
    ids = {change.row for change in changes}
    standing = list(Assignment.objects.filter(pk__in=ids).select_related("slot__centre", "doctor"))
    write_duty_days(standing)
    slots = {(change.before or change.after)["slot_id"] for change in changes}
    _bump_versions(slots)
    if change_set.source != Source.IMPORT:
        for assignment in standing:
            reconcile(assignment)
        for gone in ids - {assignment.pk for assignment in standing}:
            _withdraw_all(gone, changes)
    public.bump()


def _bump_versions(slot_ids: set[int]) -> None:
    """Whoever read these places before the undo must read them again."""
    rows = sorted(slot_ids)
    for start in range(0, len(rows), 500):
        Slot.objects.filter(pk__in=rows[start : start + 500]).update(version=F("version") + 1)


def _withdraw_all(assignment_id: int, changes: list[Change]) -> None:
    """The assignment never was: stop its mail, or say that the week is not theirs after all."""
    told = messages.last_told(about(assignment_id), KINDS)
    if told is None or told.kind == CANCELLED or messages.withdraw(told):
        return
    values = next(change.after for change in changes if change.row == assignment_id)
    ghost = Assignment(pk=assignment_id, created_at=timezone.now())
    for name, value in values.items():
        setattr(ghost, name, Assignment._meta.get_field(name).to_python(value))
    if ghost.last_day >= weeks.today():
        _write(ghost, CANCELLED)
