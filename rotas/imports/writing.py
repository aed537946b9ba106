"""Writes the plan of an import: assignments, duty days and closures in bulk, each in the book, without any message."""

from django.db.models import F

from directory import book
from rotas import events, notices
from rotas.duty import write_duty_days
from rotas.imports.plan import Plan, Step
from rotas.models import Assignment, AssignmentState, Closure, DutyDay, Slot
from rotas.rules import week_range

BATCH = 500


def write_plan(plan: Plan, entry: book.Entry) -> None:
    """Carry out the plan in the caller's transaction: first who leaves, then who comes."""
    changed = _free([a for change in [*plan.steps, *plan.shuts] for a in change.leaving], entry)
    touched = {assignment.slot_id for assignment in changed}
    _close_and_open(plan, entry)
    staying = [_settle(step, entry) for step in plan.steps if step.standing]
    coming = _create([step for step in plan.steps if step.ask.doctor and not step.standing], entry)
    for start in range(0, len(coming), BATCH):
        write_duty_days(coming[start : start + BATCH])
    write_duty_days([step.standing for step in plan.steps if step.standing and step.enters])
    _no_longer_missed([step.slot for step in plan.steps if step.ask.doctor], entry)
    touched |= {step.slot.pk for step in plan.steps}
    _raise_versions(touched, plan)
    for assignment in [*changed, *staying, *coming]:
        events.assignment_changed.send(sender=Assignment, assignment=assignment)


def _free(leaving: list[Assignment], entry: book.Entry) -> list[Assignment]:
    """End assignments without telling their doctors; a mail that says the contrary and has not left is stopped."""
    for assignment in leaving:
        before = book.snapshot(assignment)
        assignment.state = AssignmentState.CANCELLED
        assignment.option_expires_at = None
        assignment.version += 1
        assignment.save(update_fields=["state", "option_expires_at", "version"])
        entry.changed(assignment, before)
        notices.withdraw_confirmation(assignment)
    DutyDay.objects.filter(assignment__in=leaving).delete()
    return leaving


def _close_and_open(plan: Plan, entry: book.Entry) -> None:
    """Closures taken back and made."""
    for closure in plan.reopened:
        entry.removed(closure, book.snapshot(closure))
        closure.delete()
    shut = [Closure(centre=s.centre, monday=s.monday, reason=s.reason) for s in plan.shuts]
    for closure in Closure.objects.bulk_create(shut, batch_size=BATCH):
        entry.made(closure)


def _settle(step: Step, entry: book.Entry) -> Assignment:
    """Change the doctor's own assignment to what the file says; alone from now on, they hold the whole week."""
    assignment = step.standing
    before = book.snapshot(assignment)
    if assignment.state != step.ask.state:
        assignment.state, assignment.option_expires_at = step.ask.state, None
    assignment.note = step.ask.cell.note or assignment.note
    if step.leaving:
        assignment.first_day, assignment.last_day = week_range(step.ask.monday)
    assignment.version += 1
    assignment.save()
    entry.changed(assignment, before)
    return assignment


def _create(steps: list[Step], entry: book.Entry) -> list[Assignment]:
    """New assignments for the whole week; a proposal has no deadline, since nobody has been asked by Relais."""
    made = []
    for step in steps:
        first_day, last_day = week_range(step.ask.monday)
        made.append(
            Assignment(
                slot=step.slot,
                doctor=step.ask.doctor,
                state=step.ask.state,
                first_day=first_day,
                last_day=last_day,
                note=step.ask.cell.note,
            )
        )
    for assignment in Assignment.objects.bulk_create(made, batch_size=BATCH):
        entry.made(assignment)
    return made


def _no_longer_missed(slots: list[Slot], entry: book.Entry) -> None:
    """A place that was said missed and turns out to be held is not."""
    for slot in slots:
        if slot.missed:
            before = book.snapshot(slot)
            slot.missed = False
            slot.save(update_fields=["missed"])
            entry.changed(slot, before)


def _raise_versions(touched: set[int], plan: Plan) -> None:
    """Whoever read these places before must read them again."""
    rows = sorted(touched)
    for start in range(0, len(rows), BATCH):
        Slot.objects.filter(pk__in=rows[start : start + BATCH]).update(version=F("version") + 1)
    for week in [*plan.shuts, *plan.reopened]:
        places = Slot.objects.filter(centre=week.centre, monday=week.monday).exclude(pk__in=touched)
        places.update(version=F("version") + 1)
