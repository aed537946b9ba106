"""The worker's sign of life."""

import os
import time

import pytest
from django.db import OperationalError
from huey.consumer import Consumer

from huey_tasks import worker
from huey_tasks.models import WorkerBeat


@pytest.fixture(autouse=True)
def _keep_the_tests_connection(monkeypatch):
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


@pytest.mark.django_db
def test_a_worker_has_one_row_that_moves():
    worker.beat()
    first = WorkerBeat.objects.get()
    worker.beat()
    assert (first.worker.endswith(f":{os.getpid()}"), WorkerBeat.objects.get().seen_at > first.seen_at) == (True, True)


def test_a_database_that_does_not_answer_stops_no_worker(monkeypatch, caplog):
    def broken(**values):
        raise OperationalError

    monkeypatch.setattr(WorkerBeat.objects, "update_or_create", broken)
    worker.beat()
    assert [record.message for record in caplog.records] == ["signe de vie non écrit (OperationalError)"]


def test_it_beats_from_the_main_loop_every_half_minute(monkeypatch):
    beats, clock = [], object.__new__(worker.Clock)
    monkeypatch.setattr(worker, "beat", lambda: beats.append(1))
    monkeypatch.setattr(Consumer, "loop", lambda self, health_check_ts=None: health_check_ts)
    for now in (100.0, 100.1, 129.9, 130.0):
        monkeypatch.setattr(time, "monotonic", lambda now=now: now)
        clock.loop()
    assert len(beats) == 2
