"""What the gestures of the rota are made of: a version taken, a doctor put in a place, a doctor taken out of it."""

import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from directory import book, public, weeks
from directory.models import ChangeSet, Doctor, OutgoingMessage
from directory.refusals import Refusal, Stale
from rotas import events, notices
from rotas.duty import add_duty_days, write_duty_days
from rotas.models import Assignment, AssignmentState, Closure, DutyDay, Slot

OPTION_HOURS = 72


class Busy(Refusal):
    """The doctor is on duty elsewhere one of these days."""


@dataclass
class Gesture:
    """A gesture being made: its entry in the book, the mails that it has written, the doctors whom it concerns."""

    entry: book.Entry
    mails: list[OutgoingMessage] = field(default_factory=list)
    doctors: dict[int, Doctor] = field(default_factory=dict)

    def mark(self) -> tuple[int, int]:
        """Where it stands, for `go_back`."""
        return len(self.entry.changes), len(self.mails)

    def go_back(self, mark: tuple[int, int]) -> None:
        """Forget what was noted since: its transaction was rolled back."""
        changes, mails = mark
        del self.entry.changes[changes:], self.mails[mails:]

    def close(self) -> ChangeSet | None:
        """Store it; the change set carries `mails` and `doctors`, for who tells what was done. Bumps the stamp, last.

        None for a gesture that changed nothing.
        """
        done = self.entry.close()
        if done is not None:
            done.mails, done.doctors = self.mails, self.doctors
        public.bump()
        return done


def take_place(slot: Slot, version: int, *, to_fill: bool = False) -> None:
    """Compare and set: of two writers that read the same version one passes, the other gets Stale.

    Who stands in the place is then in `slot.holders`. What was loaded with this very version (`holders`, `closed`)
    still holds, since whoever writes them raises it; else they are read anew. `to_fill` refuses a closed week.
    """
    taken = Slot.objects.filter(pk=slot.pk, version=version).update(version=F("version") + 1)
    if not taken:
        raise Stale("Quelqu’un a modifié cette place entre-temps\u00a0: relisez-la avant de continuer.")
    current = slot.version == version
    if to_fill and _is_closed(slot, current):
        raise Refusal(f"{slot.centre} est fermé cette semaine-là\u00a0: rouvrez la semaine d’abord.")
    if current and hasattr(slot, "holders"):
        slot.holders = [copy.copy(held) for held in slot.holders]  # a gesture started again finds them untouched
    else:
        slot.untold = frozenset()
        slot.holders = list(slot.assignments.holding())
    slot.version = version + 1


def _is_closed(slot: Slot, current: bool) -> bool:
    """True in a closed week; what the place was loaded with is enough when it is current."""
    if current and hasattr(slot, "closed"):
        return slot.closed
    return Closure.objects.filter(centre=slot.centre_id, monday=slot.monday).exists()


def put_in(
    slot: Slot, doctor: Doctor, state: str, days: tuple[date, date], note: str | None, gesture: Gesture
) -> Assignment:
    """Have `doctor` hold a taken place these days; whoever held one of them leaves."""
    mine = None
    for held in [one for one in slot.holders if one.first_day <= days[1] and one.last_day >= days[0]]:
        if held.doctor_id == doctor.pk and mine is None:
            mine = held
        else:
            take_out(slot, held, gesture)
    assignment = mine or Assignment(slot=slot, doctor=doctor)
    knew = _days_known(mine) if mine else None
    _settle(assignment, state, days, note, gesture.entry)
    if mine is None:
        slot.holders = sorted([*slot.holders, assignment], key=lambda one: one.first_day)
    if slot.missed:
        before = book.snapshot(slot)
        slot.missed = False
        slot.save(update_fields=["missed"])
        gesture.entry.changed(slot, before)
    _tell(slot, assignment, knew, gesture)
    return assignment


def _days_known(assignment: Assignment) -> notices.Days | None:
    """The days for which somebody who is confirmed counts on coming, whether or not a mail of ours said so."""
    confirmed = assignment.state == AssignmentState.CONFIRMED
    return (assignment.first_day, assignment.last_day) if confirmed else None


def take_out(
    slot: Slot, assignment: Assignment, gesture: Gesture, *, cancelled_by: str = "", cancel_reason: str = ""
) -> None:
    """End an assignment of a taken place: its days are free again, its history stays, and who knew of it is told."""
    before = book.snapshot(assignment)
    knew = _days_known(assignment)
    assignment.state = AssignmentState.CANCELLED
    assignment.option_expires_at = None
    assignment.cancelled_by, assignment.cancel_reason = cancelled_by, cancel_reason
    assignment.version += 1
    assignment.save(update_fields=["state", "option_expires_at", "cancelled_by", "cancel_reason", "version"])
    assignment.duty_days.all().delete()
    gesture.entry.changed(assignment, before)
    slot.holders = [one for one in slot.holders if one.pk != assignment.pk]
    _tell(slot, assignment, knew, gesture)


def _settle(
    assignment: Assignment, state: str, days: tuple[date, date], note: str | None, entry: book.Entry
) -> Assignment:
    """Write the assignment and its duty days; the database refuses a day taken twice."""
    before = book.snapshot(assignment) if assignment.pk else None
    assignment.state = state
    assignment.first_day, assignment.last_day = days
    assignment.note = assignment.note if note is None else note
    assignment.option_expires_at = option_deadline() if state == AssignmentState.OPTION else None
    assignment.version += 1 if before else 0
    assignment.save()
    try:
        with transaction.atomic():
            write_duty_days([assignment]) if before else add_duty_days([assignment])
    except IntegrityError as error:
        raise Busy(why_busy(assignment.doctor, *days)) from error
    if before:
        entry.changed(assignment, before)
    else:
        entry.made(assignment)
    return assignment


def _tell(slot: Slot, assignment: Assignment, knew: notices.Days | None, gesture: Gesture) -> None:
    """Write the mail that the gesture owes this doctor, if any, and announce the change."""
    gesture.doctors[assignment.doctor_id] = assignment.doctor
    mail = notices.reconcile(slot, assignment.doctor, knew=knew)
    if mail is not None:
        gesture.mails.append(mail)
    events.assignment_changed.send(sender=Assignment, assignment=assignment)


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
    return f"{doctor} est déjà à {where}\u00a0: choisissez quelqu’un d’autre ou libérez cette place."
