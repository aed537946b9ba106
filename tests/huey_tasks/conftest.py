"""Handlers that live for one test, and jobs in any state."""

import pytest
from django.utils import timezone

from huey_tasks.models import Job
from huey_tasks.registry import HANDLERS, SCHEDULE, every, job


@pytest.fixture
def handler():
    """Registers a function as the handler of a kind for the time of a test: `handler(function, "kind", …)`."""
    kinds = []

    def register(function, kind="test", **options):
        job(kind, **options)(function)
        kinds.append(kind)

    yield register
    for kind in kinds:
        HANDLERS.pop(kind)


@pytest.fixture
def recurrence(handler):
    """Has the schedule make only one job, named `test`, at the given crontab fields."""
    others = dict(SCHEDULE)
    SCHEDULE.clear()

    def register(**fields):
        handler(print)
        every("test", **fields)(print)
        return SCHEDULE["test"]

    yield register
    SCHEDULE.clear()
    SCHEDULE.update(others)


@pytest.fixture
def make_job(db):
    """A row of the ledger, due now unless told otherwise."""

    def make(kind="test", **values):
        values = {"key": f"{kind}:{Job.objects.count()}", "due_at": timezone.now(), **values}
        return Job.objects.create(kind=kind, **values)

    return make


@pytest.fixture
def rings(monkeypatch):
    """The jobs that the bell was rung for, instead of a real ring: `(job, instant, priority)`."""
    heard = []
    for module in ("tasks", "sweep"):
        monkeypatch.setattr(
            f"huey_tasks.{module}.ring", lambda job_id, *, at, priority: heard.append((job_id, at, priority))
        )
    return heard
