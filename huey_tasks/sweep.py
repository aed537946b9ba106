"""Each minute: make what the schedule asks for, then ring again for whatever was forgotten."""

from datetime import datetime

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from huey_tasks import schedule
from huey_tasks.models import Job
from huey_tasks.tasks import ring, rings_waiting

MOST_RINGS = 2000


@db_periodic_task(crontab(), priority=100)
def tick() -> None:
    """What Huey has done each minute, before any waiting job."""
    now = timezone.now()
    schedule.make_due_jobs(now)
    ring_again(now)


def ring_again(now: datetime) -> None:
    """Ring for each job that is due or that a dead worker left, and for each leased one when its lease ends.

    A ring too many is skipped by whoever hears it. A long queue is left to empty first: its rings are still there.
    """
    room = max(MOST_RINGS - rings_waiting(), 0)
    for job in Job.objects.takeable(now).order_by("-priority", "due_at")[:room]:
        ring(job.pk, at=now, priority=job.priority)
    for job in Job.objects.leased(now):
        ring(job.pk, at=job.lease_until, priority=job.priority)
