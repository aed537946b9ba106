"""What was forgotten is rung for again."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from huey_tasks import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def _empty_bell(monkeypatch):
    monkeypatch.setattr(sweep, "rings_waiting", lambda: 0)


def running(until):
    return {"state": "running", "lease_until": until, "lease_token": uuid.uuid4()}


@pytest.mark.usefixtures("_empty_bell")
def test_due_and_left_jobs_are_rung_for_now_held_ones_when_their_lease_ends(make_job, rings):
    now = timezone.now()
    late, urgent = make_job(due_at=now), make_job(due_at=now, priority=10)
    left = make_job(due_at=now - timedelta(hours=1), **running(now - timedelta(seconds=1)))
    held = make_job(**running(now + timedelta(seconds=30)))
    make_job(due_at=now + timedelta(hours=1))
    for state in ("done", "dead", "cancelled"):
        make_job(state=state)
    sweep.ring_again(now)
    assert rings == [
        (urgent.pk, now, 10),
        (left.pk, now, 0),
        (late.pk, now, 0),
        (held.pk, held.lease_until, 0),
    ]


def test_a_long_queue_is_left_to_empty_first(make_job, rings, monkeypatch):
    monkeypatch.setattr(sweep, "rings_waiting", lambda: sweep.MOST_RINGS - 1)
    first = make_job(priority=1)
    make_job()
    sweep.ring_again(timezone.now())
    assert [ring[0] for ring in rings] == [first.pk]


@pytest.mark.usefixtures("_empty_bell")
def test_each_minute_makes_the_scheduled_jobs_and_sweeps(recurrence, make_job, rings):
    recurrence(minute="*")
    sweep.tick.call_local()
    lost = make_job()
    sweep.tick.call_local()
    assert [ring[0] for ring in rings] == [lost.pk]
