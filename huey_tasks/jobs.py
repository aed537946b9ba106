"""What the clock does for itself and for Wagtail: run its tasks, forget what is long done."""

from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string

from huey_tasks.backend import KIND
from huey_tasks.models import Job, JobState, WorkerBeat
from huey_tasks.registry import every, job

KEPT = timedelta(days=30)
ONE_AT_A_TIME = 20_221_031  # any number that no other lock of this database uses


@job(KIND)
def run_django_task(path: str, positional: list, named: dict) -> None:
    """Call a `django_tasks` task by its path. An object deleted since (Wagtail looks it up again) needs nothing.

    Atomic, though Wagtail does not ask for it: two tasks that index one page at once would collide on SQLite. And one
    at a time: each also touches the index of the others' pages, in any order, so two would end in a deadlock.
    """
    _wait_for_the_others()
    try:
        import_string(path).call(*positional, **named)
    except ObjectDoesNotExist:
        return


def _wait_for_the_others() -> None:
    """Until the transaction ends nobody else passes; SQLite lets one transaction write at a time already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


@every("huey_tasks.purge", minute="40", hour="3")
@job("huey_tasks.purge")
def purge() -> None:
    """Forget jobs ended for 30 days and workers not seen for as long; dead jobs stay until someone has looked."""
    before = timezone.now() - KEPT
    Job.objects.filter(state__in=[JobState.DONE, JobState.CANCELLED], finished_at__lt=before).delete()
    WorkerBeat.objects.filter(seen_at__lt=before).delete()
