"""How the clock is doing, for `/healthz` and for `manage.py jobs`."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, QuerySet

from huey_tasks.models import Job, JobState, WorkerBeat

RECENT = timedelta(days=7)


def waiting_since(now: datetime) -> datetime | None:
    """Since when the oldest due job waits for a worker; None when none does.

    A running job does not wait, even past its lease: it may be a long one in a single transaction, and if its worker
    is dead the next sweep hands it to another.
    """
    return Job.objects.filter(state=JobState.QUEUED, due_at__lte=now).aggregate(since=Min("due_at"))["since"]


def dead_lately(now: datetime) -> int:
    """How many jobs were given up in the last seven days."""
    return Job.objects.filter(state=JobState.DEAD, finished_at__gte=now - RECENT).count()


def dead() -> QuerySet[Job]:
    """The jobs that were given up and that nobody has asked for again, oldest first."""
    return Job.objects.filter(state=JobState.DEAD).order_by("finished_at", "pk")


def count_by_state() -> dict[str, int]:
    """State → how many jobs, those of no job included."""
    found = dict(Job.objects.order_by().values_list("state").annotate(jobs=Count("pk")))
    return {state: found.get(state, 0) for state in JobState.values}


def worker_seen_at() -> datetime | None:
    """When a worker last gave a sign of life; None when none ever did."""
    return WorkerBeat.objects.aggregate(last=Max("seen_at"))["last"]
