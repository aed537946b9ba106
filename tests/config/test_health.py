"""`/healthz` says whether the house stands, to whoever asks, without a word about anyone."""

import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.utils import timezone

from config import health
from huey_tasks.models import Job, WorkerBeat

pytestmark = pytest.mark.django_db
GIB = 1024**3


@pytest.fixture(autouse=True)
def _roomy_disk(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(total=100 * GIB, free=50 * GIB))


@pytest.fixture
def _worker():
    WorkerBeat.objects.create(worker="here:1", seen_at=timezone.now() - timedelta(seconds=20))


@pytest.mark.usefixtures("_worker")
def test_all_is_well(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        response = client.get("/healthz")
    assert response.json() == {
        "ok": True,
        "wrong": [],
        "database": True,
        "queue_age_seconds": None,
        "dead_jobs": 0,
        "worker_seen_seconds": 20,
        "disk_free_bytes": 50 * GIB,
        "disk_free_percent": 50.0,
    }
    assert (response.status_code, response.headers["Cache-Control"], len(response.cookies)) == (200, "no-store", 0)


@pytest.mark.usefixtures("_worker")
@pytest.mark.parametrize(("seconds", "wrong"), [(590, []), (610, ["queue"])])
def test_a_due_job_may_wait_ten_minutes(client, seconds, wrong):
    now = timezone.now()
    Job.objects.create(kind="test", key="due", due_at=now - timedelta(seconds=seconds))
    Job.objects.create(kind="test", key="later", due_at=now + timedelta(hours=1))
    Job.objects.create(kind="test", key="done", due_at=now - timedelta(hours=1), state="done", finished_at=now)
    response = client.get("/healthz")
    assert (response.json()["queue_age_seconds"] // 10, response.json()["wrong"]) == (seconds // 10, wrong)
    assert response.status_code == (503 if wrong else 200)


@pytest.mark.usefixtures("_worker")
def test_a_running_job_does_not_wait_even_past_its_lease(client):
    values = {"state": "running", "lease_token": "6f1c0cf8-5b0c-4f5a-8e3e-0d3b5f7f3a11"}
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.create(kind="test", key="long", due_at=long_ago, lease_until=long_ago, **values)
    answer = client.get("/healthz").json()
    assert (answer["queue_age_seconds"], answer["wrong"]) == (None, [])


@pytest.mark.usefixtures("_worker")
def test_a_dead_job_is_shown_without_being_wrong(client):
    Job.objects.create(kind="test", key="dead", due_at=timezone.now(), state="dead", finished_at=timezone.now())
    response = client.get("/healthz")
    assert (response.status_code, response.json()["dead_jobs"], response.json()["wrong"]) == (200, 1, [])


@pytest.mark.parametrize(("seconds", "wrong"), [(170, []), (190, ["worker"]), (None, ["worker"])])
def test_a_worker_may_be_silent_three_minutes(client, seconds, wrong):
    if seconds:
        WorkerBeat.objects.create(worker="here:1", seen_at=timezone.now() - timedelta(seconds=seconds))
    assert client.get("/healthz").json()["wrong"] == wrong


@pytest.mark.usefixtures("_worker")
@pytest.mark.parametrize(("total", "free"), [(100 * GIB, 4 * GIB), (GIB, GIB // 8)])
def test_a_full_disk_is_wrong(client, monkeypatch, total, free):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(total=total, free=free))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["wrong"]) == (503, ["disk"])


def test_a_database_that_does_not_answer_is_said(client, monkeypatch):
    def broken(now):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(health, "waiting_since", broken)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["database"], response.json()["wrong"]) == (503, False, ["database"])
    assert "connect" not in response.content.decode()


@pytest.mark.usefixtures("_worker")
def test_a_probe_of_the_same_machine_needs_no_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200


def test_it_only_answers_reading(client):
    assert client.post("/healthz").status_code == 405
