"""What waits for a person on the first page: the reminders of the centres that they may edit."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from directory import rights
from directory.models import Task, User
from rotas import options
from rotas.models import Assignment

SHOWN = 20
REGRET = timedelta(hours=24)  # how long a reminder called done can be taken up again here


@dataclass(frozen=True)
class Reminder:
    """A reminder and, when it is about a proposal that still stands, that proposal."""

    task: Task
    proposal: Assignment | None


def visible(user: User) -> QuerySet[Task]:
    """The reminders of the centres that `user` edits; those of no centre are for who edits them all."""
    mine = rights.reach(user, "rota", "E")
    return Task.objects.all() if mine.everywhere else Task.objects.filter(centre__in=mine.centres)


def of(user: User) -> list[Reminder]:
    """Those that still call for something, then those that `user` has just called done. Two queries, or none.

    A proposal may be confirmed or freed a few minutes before its reminder goes: meanwhile it is not shown.
    """
    if not rights.reach(user, "rota", "E"):
        return []
    regret = Q(done_by=user.pk, done_at__gte=timezone.now() - REGRET)
    found = list(visible(user).filter(Q(done_at=None) | regret).in_reading_order())
    proposals = options.of_tasks(found)
    kept = [task for task in found if task.kind != options.KIND or task.pk in proposals]
    return [Reminder(task, proposals.get(task.pk)) for task in kept[:SHOWN]]
