"""Runs one job: takes it, calls its handler, marks it done with its effect or has it tried again."""

import logging
import traceback
from contextlib import nullcontext
from pathlib import Path

from django.db import transaction

from huey_tasks import lease
from huey_tasks.models import Job
from huey_tasks.registry import HANDLERS, Handler

ROOT = Path(__file__).resolve().parents[1]

logger = logging.getLogger(__name__)


def run_job(job_id: int) -> bool:
    """Run the job if it can be taken; True when its handler was called, whatever became of it."""
    job = lease.take(job_id)
    if job is None:
        return False
    handler = HANDLERS[job.kind]
    try:
        with transaction.atomic() if handler.atomic else nullcontext():
            if handler.atomic:
                lease.hold(job)
            handler.function(**_arguments(job, handler))
            lease.finish(job)
    except lease.LeaseLost:
        logger.warning("tâche %s (%s) reprise par un autre : ce qu’elle faisait ici est laissé", job.pk, job.kind)
    except Exception as error:  # any error of any handler: the ledger decides whether to try again
        lease.fail(job, where(error))
    return True


def where(error: Exception) -> str:
    """What to store and log of an error: its class and the last line of our own code, `KeyError (rotas/slots.py:41)`.

    Its message may hold a name or an address: it is never kept.
    """
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    path, line = [
        (path.relative_to(ROOT), line)
        for path, line in frames
        if path.is_relative_to(ROOT) and "site-packages" not in path.parts
    ][-1]
    return f"{type(error).__name__} ({path}:{line})"


def _arguments(job: Job, handler: Handler) -> dict:
    """The stored arguments, and the way to report progress for the handlers that ask for it."""
    if not handler.reports:
        return job.arguments
    return {**job.arguments, "progress": lambda done, total: lease.renew(job, done, total)}
