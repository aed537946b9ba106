"""The ledger does not grow for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from huey_tasks.jobs import purge
from huey_tasks.models import Job, WorkerBeat

pytestmark = pytest.mark.django_db


def test_what_ended_a_month_ago_is_forgotten_and_dead_jobs_stay(make_job):
    now = timezone.now()
    for state, days in [("done", 31), ("cancelled", 31), ("done", 29), ("dead", 31)]:
        make_job(key=f"{state} {days}", state=state, finished_at=now - timedelta(days=days))
    make_job(key="waiting", due_at=now - timedelta(days=40))
    purge()
    assert sorted(Job.objects.values_list("key", flat=True)) == ["dead 31", "done 29", "waiting"]


def test_workers_not_seen_for_a_month_are_forgotten():
    for name, days in [("old", 31), ("new", 0)]:
        WorkerBeat.objects.create(worker=name, seen_at=timezone.now() - timedelta(days=days))
    purge()
    assert [beat.worker for beat in WorkerBeat.objects.all()] == ["new"]
