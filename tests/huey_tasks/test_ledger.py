"""Asking for a job and taking it back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from huey_tasks import tasks
from huey_tasks.ledger import cancel, enqueue
from huey_tasks.models import Job
from huey_tasks.queue import make_queue_tables, queue_from_url

pytestmark = pytest.mark.django_db


def test_the_same_key_twice_is_one_job(handler):
    handler(print)
    first, second = enqueue("test", key="once", value=1), enqueue("test", key="once", value=2)
    assert (second.pk, Job.objects.get().arguments) == (first.pk, {"value": 1})


def test_a_job_is_as_durable_as_what_asks_for_it(handler):
    handler(print)
    with transaction.atomic():
        enqueue("test")
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


def test_the_bell_rings_once_the_transaction_stands(handler, rings, django_capture_on_commit_callbacks):
    handler(print, priority=10)
    later = timezone.now() + timedelta(minutes=10)
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue("test", due_at=later)
        enqueue("test", key=job.key)
        assert rings == []
    assert rings == [(job.pk, later, 10)]


def test_urgent_rings_are_heard_first_and_early_ones_wait(settings, tmp_path):
    known, settings.HUEY = settings.HUEY._registry, queue_from_url(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    settings.HUEY._registry = known
    make_queue_tables(settings.HUEY)
    now, later = timezone.now(), datetime(2099, 1, 1, tzinfo=UTC)
    for job_id, at, priority in [(1, now, 0), (2, now, 10), (3, later, 0)]:
        tasks.ring(job_id, at=at, priority=priority)
    heard = [settings.HUEY.dequeue() for _ in range(3)]
    assert [(task.args[0], task.eta) for task in heard] == [(2, None), (1, None), (3, datetime(2099, 1, 1))]
    settings.HUEY.storage.close()


def test_a_bell_out_of_order_fails_nobody(monkeypatch, settings, caplog):
    monkeypatch.setattr(settings.HUEY.storage, "enqueue", lambda data, priority=None: 1 / 0)
    monkeypatch.setattr(settings.HUEY.storage, "queue_size", lambda: 1 / 0)
    tasks.ring(7, at=timezone.now(), priority=0)
    assert (tasks.rings_waiting(), len(caplog.records)) == (0, 2)
    assert "la tâche 7 attend le balayage" in caplog.records[0].message


def test_a_job_that_nobody_started_can_be_cancelled(make_job):
    job = make_job(key="mail")
    assert (cancel("mail"), cancel("mail"), cancel("other")) == (True, False, False)
    job.refresh_from_db()
    assert (job.state, job.finished_at is None) == ("cancelled", False)
