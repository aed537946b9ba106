"""The bell: what Huey carries from the web process to the worker."""

import logging
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from huey.contrib.djhuey import db_task

# By its name: whoever asks for a job needs the bell, and whoever runs one may ask for another.
ANSWER = "huey_tasks.runner.run_job"

logger = logging.getLogger(__name__)


@db_task()
def run(job_id: int) -> None:
    """Somebody rang for this job."""
    import_string(ANSWER)(job_id)


def ring(job_id: int, *, at: datetime, priority: int) -> None:
    """Have a worker look at this job at the instant `at`. A bell that is out of order is not an error."""
    eta = at if at > timezone.now() else None
    try:
        settings.HUEY.enqueue(run.s(job_id, eta=eta, priority=priority))
    except Exception as error:  # Redis is down, the queue's file is locked…: the sweep rings again within a minute
        logger.warning("la sonnette ne répond pas (%s) : la tâche %s attend le balayage", type(error).__name__, job_id)


def rings_waiting() -> int:
    """How many rings no worker has heard yet; 0 when the bell is out of order."""
    try:
        return settings.HUEY.pending_count()
    except Exception as error:  # as above
        logger.warning("la sonnette ne répond pas (%s)", type(error).__name__)
        return 0
