"""Proposals past their deadline: a reminder is raised, once each; the place is never freed by itself."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from directory import book, french, tasks, weeks
from directory.models import Task, User
from directory.refusals import Refusal
from directory.retrying import retried
from rotas import moves
from rotas.models import Assignment, AssignmentState
from rotas.slots import place_subject

KIND = "rotas.option_expired"
VERB = "rotas.follow_deadlines"


def expired(at: datetime | None = None) -> QuerySet[Assignment]:
    """The proposals past their deadline whose week is not over."""
    at = at or timezone.now()
    proposed = Assignment.objects.filter(state=AssignmentState.OPTION, option_expires_at__lte=at)
    return proposed.filter(slot__monday__gte=weeks.monday_of(weeks.today(at)))


def key(assignment: Assignment) -> str:
    """The reminder's own key: a proposal that is prolonged and expires again raises another one."""
    return f"{KIND}:{assignment.pk}:{int(assignment.option_expires_at.timestamp())}"


@retried
@transaction.atomic
def follow_deadlines(at: datetime | None = None) -> list[Task]:
    """Raise the reminders that are missing, end those that nothing calls for; returns the new ones.

    One that went by itself comes back when the proposal stands again, by an undo. Safe to run twice, or twice at once.
    """
    standing = {key(row): row for row in expired(at).select_related("slot__centre").order_by("pk")}
    known = Task.objects.filter(Q(done_at=None) | Q(key__in=standing), kind=KIND).select_for_update().order_by("pk")
    turned = [task for task in known if tasks.is_out_of_step(task, called_for=task.key in standing)]
    missing = [standing[name] for name in standing.keys() - {task.key for task in known}]
    if not turned and not missing:
        return []
    entry = book.open_entry(by=None, verb=VERB)
    for task in turned:
        tasks.follow(entry, task)
    made = [_raise(entry, row) for row in sorted(missing, key=lambda row: row.pk)]
    entry.close()
    return made


def _raise(entry: book.Entry, assignment: Assignment) -> Task:
    """The reminder of one proposal; it names the place, and screens the doctor."""
    slot = assignment.slot
    place = f", place {slot.place}" if slot.place > 1 else ""
    return tasks.raise_once(
        entry,
        key=key(assignment),
        kind=KIND,
        about=place_subject(slot.pk),
        title=f"Proposition échue à {slot.centre}{place}, {french.day_range(slot.monday, slot.sunday)}",
        due_on=weeks.today(assignment.option_expires_at),
        centre=slot.centre,
    )


def of_tasks(found: list[Task]) -> dict[int, Assignment]:
    """The proposals that these reminders are about, by reminder id, while they still stand as expired. One query."""
    named = {task.key: task.pk for task in found if task.kind == KIND}
    rows = expired().filter(pk__in={int(name.split(":")[1]) for name in named})
    standing = {key(row): row for row in rows.select_related("slot__centre", "doctor")}
    return {pk: standing[name] for name, pk in named.items() if name in standing}


@retried
@transaction.atomic
def prolong(*, assignment: Assignment, by: User, version: int) -> Assignment:
    """Give a proposal its full time again from now on; `version` is that of the place. Its reminder is over."""
    row = Assignment.objects.select_related("slot__centre", "doctor").get(pk=assignment.pk)
    if row.state != AssignmentState.OPTION:
        raise Refusal("Ce n’est plus une proposition\u00a0: rechargez la page.")
    moves.take_place(row.slot, version, to_fill=True)
    reason = f"Proposition prolongée de {moves.OPTION_HOURS}\u00a0h"
    gesture = moves.Gesture(book.open_entry(by=by, verb=f"rotas.{AssignmentState.OPTION}", reason=reason))
    done = moves.put_in(row.slot, row.doctor, AssignmentState.OPTION, (row.first_day, row.last_day), None, gesture)
    _end_reminders(row)
    done.change_set = gesture.close()
    return done


def _end_reminders(assignment: Assignment) -> None:
    """After the place and before the public stamp, which is held last: nothing is left to remind of."""
    waiting = Task.objects.filter(kind=KIND, key__startswith=f"{KIND}:{assignment.pk}:").open()
    entry = book.open_entry(by=None, verb=VERB)
    for task in waiting.select_for_update().order_by("pk"):
        tasks.follow(entry, task)
    entry.close()
