"""Who holds a job: taken by one worker at a time, for a lease that a dead worker cannot renew."""

import logging
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from huey_tasks.ledger import ring_after_commit
from huey_tasks.models import Job, JobState
from huey_tasks.registry import HANDLERS

MOST_UNFINISHED = 20
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
UNKNOWN_DELAY = timedelta(minutes=1)
UNKNOWN = "Cette horloge ne sait pas faire cette sorte de tâche\u00a0: elle attend une version qui sache."
DEADLY = f"Abandonnée : {MOST_UNFINISHED} fois commencée sans jamais finir, elle semble arrêter l’horloge."

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker has taken the job over: what this one did must be rolled back or left."""


@transaction.atomic
def take(job_id: int) -> Job | None:
    """Take the job for the time of a lease; None when it is done, not due, or in other hands.

    Of two workers that are rung for the same job one passes the compare-and-set. A job whose transaction is still
    open elsewhere (its row is locked) is skipped rather than waited for, so that a long job never blocks them all.
    """
    now = timezone.now()
    job = Job.objects.takeable(now).select_for_update(skip_locked=True).filter(pk=job_id).first()
    if job is None:
        return None
    if job.kind not in HANDLERS:
        _leave(job)
        return None
    if job.claims - job.failures >= MOST_UNFINISHED:
        _bury(job, DEADLY)
        return None
    taken = Job.objects.takeable(now).filter(pk=job_id)
    token = uuid.uuid4()
    taken.update(state=JobState.RUNNING, lease_token=token, lease_until=now + lease_of(job), claims=F("claims") + 1)
    return Job.objects.filter(pk=job_id, lease_token=token).first()


def hold(job: Job) -> None:
    """Inside an atomic handler's transaction: lock the row, so that a job longer than its lease is not taken over."""
    if not _mine(job).select_for_update().exists():
        raise LeaseLost(job.pk)


def renew(job: Job, done: int, total: int) -> None:
    """Store how far a job is and start its lease anew; LeaseLost when it was taken over meanwhile."""
    until = timezone.now() + lease_of(job)
    if not _mine(job).update(progress_done=done, progress_total=total, lease_until=until):
        raise LeaseLost(job.pk)


def finish(job: Job) -> None:
    """Mark the job done, if it is still this worker's; LeaseLost when it was taken over meanwhile."""
    if not _end(job, JobState.DONE, error=""):
        raise LeaseLost(job.pk)


def fail(job: Job, what: str) -> None:
    """Have a job that raised `what` tried again, later each time; dead after its last try."""
    handler = HANDLERS[job.kind]
    failures = job.failures + 1
    if failures >= handler.max_failures:
        if _end(job, JobState.DEAD, error=what, failures=failures):
            logger.error("tâche %s (%s) abandonnée : %s", job.pk, job.kind, what)
        return
    due_at = timezone.now() + backoff(failures)
    again = {"state": JobState.QUEUED, "due_at": due_at, "failures": failures, "error": what}
    if _mine(job).update(lease_token=None, lease_until=None, **again):
        logger.warning("tâche %s (%s) à refaire : %s", job.pk, job.kind, what)
        job.due_at = due_at
        ring_after_commit(job)


def backoff(failures: int) -> timedelta:
    """How long to wait after that many failures: 10 s, 20 s, 40 s… an hour at most."""
    return min(FIRST_DELAY * 2 ** min(failures - 1, 20), LONGEST_DELAY)


def lease_of(job: Job) -> timedelta:
    """How long a worker may hold this sort of job without a word."""
    return timedelta(seconds=HANDLERS[job.kind].lease_seconds or settings.JOB_LEASE_SECONDS)


def _mine(job: Job):
    """The row, as long as this worker holds it."""
    return Job.objects.filter(pk=job.pk, lease_token=job.lease_token)


def _end(job: Job, state: str, **values) -> bool:
    """Close the job if this worker still holds it."""
    now: datetime = timezone.now()
    return bool(_mine(job).update(state=state, finished_at=now, lease_token=None, lease_until=None, **values))


def _leave(job: Job) -> None:
    """Have a job of a kind that we do not know wait: while a version is put in place, newer code may have asked for
    it, and a newer worker will know it."""
    logger.warning("tâche %s (%s) laissée\u00a0: %s", job.pk, job.kind, UNKNOWN)
    due_at = timezone.now() + UNKNOWN_DELAY
    waiting = {"state": JobState.QUEUED, "lease_token": None, "lease_until": None}
    if _mine(job).update(due_at=due_at, error=UNKNOWN, **waiting):
        job.due_at = due_at
        ring_after_commit(job)


def _bury(job: Job, why: str) -> None:
    """Give up a job that nobody holds any more, and say why."""
    logger.error("tâche %s (%s) abandonnée : %s", job.pk, job.kind, why)
    _end(job, JobState.DEAD, error=why)
