"""Asking for a job: a row in the caller's transaction, then a ring of the bell once it is committed."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from huey_tasks.models import Job, JobState
from huey_tasks.registry import HANDLERS


def enqueue(kind: str, *, key: str = "", due_at: datetime | None = None, **arguments) -> Job:
    """Ask for `kind` with JSON `arguments`, not before `due_at`. The same `key` twice gives the first job.

    Must be called in the transaction that writes what the job is about: it is then exactly as durable.
    """
    handler = HANDLERS[kind]
    job = Job(
        key=key or f"{kind}:{uuid.uuid4()}",
        kind=kind,
        arguments=arguments,
        priority=handler.priority,
        due_at=due_at or timezone.now(),
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        return Job.objects.get(key=job.key)
    ring_after_commit(job)
    return job


def cancel(key: str) -> bool:
    """Cancel the job of this `key` if nobody has started it; True when it was stopped in time."""
    stopped = Job.objects.filter(key=key, state=JobState.QUEUED).update(
        state=JobState.CANCELLED, finished_at=timezone.now()
    )
    return stopped == 1


@transaction.atomic
def retry(jobs: Iterable[int]) -> list[Job]:
    """Ask again for the given up jobs of these ids, as if they had never failed; those that were, in order."""
    again = Job.objects.filter(pk__in=list(jobs), state=JobState.DEAD).select_for_update().order_by("pk")
    found = list(again)
    anew = {"state": JobState.QUEUED, "due_at": timezone.now(), "finished_at": None}
    Job.objects.filter(pk__in=[job.pk for job in found]).update(claims=0, failures=0, error="", **anew)
    for job in found:
        job.due_at = anew["due_at"]
        ring_after_commit(job)
    return found


def ring_after_commit(job: Job) -> None:
    """Wake a worker for `job` once the transaction stands; a bell that does not ring is made good by the sweep."""

    def ring_now() -> None:
        from huey_tasks.tasks import ring  # reads settings.HUEY, which is not there yet when Django loads the apps

        ring(job.pk, at=job.due_at, priority=job.priority)

    transaction.on_commit(ring_now)
