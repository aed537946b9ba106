"""Running a job: its effect and its mark together, or another try later."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from huey_tasks import lease
from huey_tasks.models import Job, ScheduleEntry
from huey_tasks.runner import run_job

pytestmark = pytest.mark.django_db
SECRET = "Dr Martin, 06 39 98 00 00"


def write_row(name="effect"):
    ScheduleEntry.objects.create(name=name)


def write_then_break():
    write_row()
    raise ValueError(SECRET)


def test_a_due_job_runs_once(handler, make_job):
    handler(write_row)
    job = make_job(arguments={"name": "asked"})
    assert (run_job(job.pk), run_job(job.pk)) == (True, False)
    job.refresh_from_db()
    assert (job.state, job.claims, job.lease_until, ScheduleEntry.objects.get().name) == ("done", 1, None, "asked")


def test_a_job_is_not_run_before_it_is_due(handler, make_job):
    handler(write_row)
    job = make_job(due_at=timezone.now() + timedelta(seconds=60))
    assert run_job(job.pk) is False
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert run_job(job.pk) is True


def test_an_error_takes_the_effect_back_and_the_job_waits(handler, make_job, caplog):
    handler(write_then_break)
    job = make_job()
    with time_machine.travel("2026-11-02T08:00:00Z", tick=False):
        Job.objects.update(due_at=timezone.now())
        run_job(job.pk)
        job.refresh_from_db()
        assert job.due_at == timezone.now() + timedelta(seconds=10)
    assert (job.state, job.failures, ScheduleEntry.objects.count()) == ("queued", 1, 0)


def test_an_error_is_kept_without_its_message(handler, make_job, caplog):
    handler(write_then_break)
    job = make_job()
    run_job(job.pk)
    job.refresh_from_db()
    line = write_then_break.__code__.co_firstlineno + 2
    assert job.error == f"ValueError (tests/huey_tasks/test_runner.py:{line})"
    assert SECRET not in caplog.text


def test_the_wait_doubles_up_to_an_hour():
    assert [lease.backoff(n).total_seconds() for n in (1, 2, 3, 9, 10, 500)] == [10, 20, 40, 2560, 3600, 3600]


def test_a_job_dies_after_its_last_try(handler, make_job):
    handler(write_then_break, max_failures=2)
    job = make_job(failures=1, claims=1)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failures, job.finished_at is None) == ("dead", 2, False)


def test_a_failed_job_is_rung_again(handler, make_job, rings, django_capture_on_commit_callbacks):
    handler(write_then_break)
    job = make_job(priority=3)
    with django_capture_on_commit_callbacks(execute=True):
        run_job(job.pk)
    job.refresh_from_db()
    assert rings == [(job.pk, job.due_at, 3)]


def test_a_handler_that_talks_to_the_outside_keeps_what_it_did(handler, make_job):
    handler(write_then_break, atomic=False)
    job = make_job()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, ScheduleEntry.objects.count()) == ("queued", 1)


def test_a_kind_of_a_newer_version_waits_for_a_worker_that_knows_it(make_job, handler, rings, caplog):
    job = make_job(kind="newer")
    with time_machine.travel(timezone.now() + timedelta(seconds=1), tick=False):
        assert run_job(job.pk) is False
        job.refresh_from_db()
        assert (job.state, job.claims, job.due_at) == ("queued", 0, timezone.now() + timedelta(minutes=1))
    assert (job.error, caplog.messages) == (lease.UNKNOWN, [f"tâche {job.pk} (newer) laissée\u00a0: {lease.UNKNOWN}"])
    handler(lambda: None, kind="newer")
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert run_job(job.pk) is True
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


def test_a_kind_that_a_dead_worker_knew_waits_too(make_job):
    lapsed = {"lease_until": timezone.now() - timedelta(seconds=1), "lease_token": uuid.uuid4()}
    job = make_job(kind="newer", state="running", claims=1, **lapsed)
    assert run_job(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.lease_token, job.lease_until) == ("queued", None, None)


def test_a_job_that_kills_its_worker_is_given_up_with_a_sentence(handler, make_job):
    handler(write_row)
    job = make_job(claims=23, failures=3)
    assert run_job(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.error) == ("dead", lease.DEADLY)
