"""How the clock is doing, for `/healthz`."""

from datetime import datetime

from django.db.models import Max, Min
from django.db.models.functions import Coalesce

from huey_tasks.models import Job, WorkerBeat


def waiting_since(now: datetime) -> datetime | None:
    """Since when the oldest job that nobody works on could have been; None when no job waits."""
    since = Coalesce("lease_until", "due_at")
    return Job.objects.takeable(now).aggregate(since=Min(since))["since"]


def worker_seen_at() -> datetime | None:
    """When a worker last gave a sign of life; None when none ever did."""
    return WorkerBeat.objects.aggregate(last=Max("seen_at"))["last"]
