"""The gestures of the rota. Each is one transaction with its change set, its messages and the public stamp."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from directory import book, public, weeks
from directory.models import ChangeSet, Doctor, User
from directory.refusals import Refusal, Stale
from directory.retrying import retried
from rotas import events, notices, rules
from rotas.duty import write_duty_days
from rotas.models import Assignment, AssignmentState, Closure, DutyDay, Slot

OPTION_HOURS = 72


@retried
@transaction.atomic
def assign(
    *,
    slot: Slot,
    doctor: Doctor,
    by: User,
    version: int,
    state: str = AssignmentState.CONFIRMED,
    first_day: date | None = None,
    last_day: date | None = None,
    note: str | None = None,
    reason: str = "",
) -> Assignment:
    """Put `doctor` in `slot`, confirmed or proposed; whoever held those days leaves.

    Without a `note` the one that stands is kept. `version` is the slot's version that the person read. Raises Stale
    when it has moved, Refusal when the week is closed or the doctor is already on duty one of these days.
    """
    start, end = rules.week_range(slot.monday)
    first_day, last_day = first_day or start, last_day or end
    if why := rules.why_not_in_week(slot.monday, first_day, last_day):
        raise Refusal(why)
    _take_version(slot, version)
    if Closure.objects.filter(centre=slot.centre, monday=slot.monday).exists():
        raise Refusal(f"{slot.centre} est fermé cette semaine-là : rouvrez la semaine d’abord.")
    entry = book.open_entry(by=by, verb=f"rotas.{state}", reason=reason)
    standing = slot.assignments.active().filter(first_day__lte=last_day, last_day__gte=first_day)
    mine = None
    for assignment in standing.select_related("slot__centre", "doctor"):
        if assignment.doctor_id == doctor.pk and mine is None:
            mine = assignment
        else:
            _cancel(assignment, entry)
    assignment = _settle(mine or Assignment(slot=slot, doctor=doctor), state, first_day, last_day, note, entry)
    return _finish(entry, slot, assignment)


@retried
@transaction.atomic
def release(*, slot: Slot, by: User, version: int, reason: str = "") -> ChangeSet:
    """Free a place: whoever holds it is no longer expected, and is told so if they had been told to come."""
    _take_version(slot, version)
    entry = book.open_entry(by=by, verb="rotas.release", reason=reason)
    standing = list(slot.assignments.active().select_related("slot__centre", "doctor"))
    if not standing:
        raise Refusal("Cette place est déjà libre.")
    for assignment in standing:
        _cancel(assignment, entry)
    done = entry.close()
    public.bump()
    return done


@retried
@transaction.atomic
def close_week(*, slot: Slot, by: User, version: int, reason: str = "") -> Closure:
    """Close the centre of `slot` for its week, all places. Refused while somebody is expected there."""
    _take_week(slot, version)
    centre, monday = slot.centre, slot.monday
    if Assignment.objects.active().filter(slot__centre=centre, slot__monday=monday).exists():
        raise Refusal(f"Un médecin est attendu à {centre} cette semaine-là : libérez sa place d’abord.")
    entry = book.open_entry(by=by, verb="rotas.close_week", reason=reason)
    closure, created = Closure.objects.get_or_create(centre=centre, monday=monday, defaults={"reason": reason})
    if created:
        entry.made(closure)
    public.bump()
    closure.change_set = entry.close()
    return closure


@retried
@transaction.atomic
def reopen_week(*, slot: Slot, by: User, version: int, reason: str = "") -> ChangeSet:
    """Take a closure back: the places of the week of `slot` are to be filled again."""
    _take_week(slot, version)
    closure = Closure.objects.filter(centre=slot.centre, monday=slot.monday).first()
    if closure is None:
        raise Refusal(f"{slot.centre} n’est pas fermé cette semaine-là.")
    entry = book.open_entry(by=by, verb="rotas.reopen_week", reason=reason)
    entry.removed(closure, book.snapshot(closure))
    closure.delete()
    public.bump()
    return entry.close()


@retried
@transaction.atomic
def declare_missed(*, slot: Slot, by: User, version: int, reason: str = "") -> Slot:
    """Say of a past place that nobody came: until then it is « non renseigné », never counted as missed."""
    if slot.sunday >= weeks.today():
        raise Refusal("Cette semaine n’est pas finie : on ne peut pas encore la dire manquée.")
    _take_version(slot, version)
    if Closure.objects.filter(centre=slot.centre_id, monday=slot.monday).exists():
        raise Refusal(f"{slot.centre} était fermé cette semaine-là\u00a0: elle n’est pas manquée.")
    if slot.assignments.active().exists():
        raise Refusal("Un médecin tenait cette place : libérez-la d’abord si c’est une erreur.")
    entry = book.open_entry(by=by, verb="rotas.declare_missed", reason=reason)
    before = book.snapshot(slot)
    slot.missed = True
    slot.save(update_fields=["missed"])
    entry.changed(slot, before)
    public.bump()
    slot.change_set = entry.close()
    return slot


def _take_version(slot: Slot, version: int) -> None:
    """Compare and set: of two writers that read the same version one passes, the other gets Stale."""
    taken = Slot.objects.filter(pk=slot.pk, version=version).update(version=F("version") + 1)
    if not taken:
        raise Stale("Quelqu’un a modifié cette place entre-temps : relisez-la avant de continuer.")
    slot.version = version + 1


def _take_week(slot: Slot, version: int) -> None:
    """`_take_version` for all places of the week: who is filling one of them must read again.

    They are locked in one order first, so that two people who close from two places do not wait for each other.
    """
    week = Slot.objects.in_week(slot.monday).filter(centre=slot.centre_id)
    list(week.select_for_update().order_by("pk"))
    _take_version(slot, version)
    week.exclude(pk=slot.pk).update(version=F("version") + 1)


def _settle(
    assignment: Assignment, state: str, first_day: date, last_day: date, note: str | None, entry: book.Entry
) -> Assignment:
    """Write the assignment and its duty days; the database refuses a day taken twice."""
    before = book.snapshot(assignment) if assignment.pk else None
    assignment.state = state
    assignment.first_day, assignment.last_day = first_day, last_day
    assignment.note = assignment.note if note is None else note
    assignment.option_expires_at = option_deadline() if state == AssignmentState.OPTION else None
    assignment.version += 1 if before else 0
    assignment.save()
    try:
        with transaction.atomic():
            write_duty_days([assignment])
    except IntegrityError as error:
        raise Refusal(why_busy(assignment.doctor, first_day, last_day)) from error
    if before:
        entry.changed(assignment, before)
    else:
        entry.made(assignment)
    return assignment


def _cancel(assignment: Assignment, entry: book.Entry) -> None:
    """End an assignment: its days are free again, its history stays, and who knew of it is told."""
    before = book.snapshot(assignment)
    expected = assignment.state == AssignmentState.CONFIRMED
    assignment.state = AssignmentState.CANCELLED
    assignment.option_expires_at = None
    assignment.version += 1
    assignment.save(update_fields=["state", "option_expires_at", "version"])
    assignment.duty_days.all().delete()
    entry.changed(assignment, before)
    knew = (assignment.first_day, assignment.last_day) if expected else None
    notices.reconcile(assignment.slot, assignment.doctor, knew=knew)
    events.assignment_changed.send(sender=Assignment, assignment=assignment)


def _finish(entry: book.Entry, slot: Slot, assignment: Assignment) -> Assignment:
    """What ends each gesture on a place: a past week no longer missed, messages, event, book, stamp."""
    if slot.missed:
        before = book.snapshot(slot)
        slot.missed = False
        slot.save(update_fields=["missed"])
        entry.changed(slot, before)
    notices.reconcile(slot, assignment.doctor)
    events.assignment_changed.send(sender=Assignment, assignment=assignment)
    assignment.change_set = entry.close()
    public.bump()
    return assignment


def option_deadline(at: datetime | None = None) -> datetime:
    """When a proposal made at `at` expires; it never frees the place by itself."""
    return (at or timezone.now()) + timedelta(hours=OPTION_HOURS)


def why_busy(doctor: Doctor, first_day: date, last_day: date) -> str:
    """Where a doctor is already on duty these days, in words."""
    day = (
        DutyDay.objects.filter(doctor=doctor, date__range=(first_day, last_day))
        .select_related("slot__centre")
        .order_by("date")
        .first()
    )
    where = f"{day.slot.centre} ({weeks.label(day.slot.monday)})" if day else "une autre place"
    return f"{doctor} est déjà à {where} : choisissez quelqu’un d’autre ou libérez cette place."
