"""One worker holds a job at a time; the job of a dead one is taken over, and a late one leaves no effect."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from huey_tasks import lease
from huey_tasks.models import Job, ScheduleEntry
from huey_tasks.registry import job
from huey_tasks.runner import run_job

pytestmark = pytest.mark.django_db


def test_a_held_job_is_nobody_elses(handler, make_job):
    handler(print, lease_seconds=60)
    mine = lease.take(make_job().pk)
    assert (mine.state, mine.claims, lease.take(mine.pk)) == ("running", 1, None)


def test_a_lease_that_ran_out_is_taken_over(handler, make_job):
    handler(print, lease_seconds=60)
    first = lease.take(make_job().pk)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        second = lease.take(first.pk)
    assert (second.claims, second.lease_token == first.lease_token) == (2, False)


def test_a_late_worker_can_neither_finish_nor_report_nor_fail(handler, make_job):
    handler(print, lease_seconds=60)
    late = lease.take(make_job().pk)
    Job.objects.update(lease_token="6f1c0cf8-5b0c-4f5a-8e3e-0d3b5f7f3a11")
    for gesture in (lease.finish, lease.hold, lambda job: lease.renew(job, 1, 2)):
        with pytest.raises(lease.LeaseLost):
            gesture(late)
    lease.fail(late, "KeyError")
    assert (Job.objects.get().state, Job.objects.get().failures) == ("running", 0)


def test_the_effect_of_a_late_worker_is_rolled_back(handler, make_job, caplog):
    def effect():
        ScheduleEntry.objects.create(name="effect")
        Job.objects.update(lease_token="6f1c0cf8-5b0c-4f5a-8e3e-0d3b5f7f3a11")

    handler(effect)
    run_job(make_job().pk)
    assert ScheduleEntry.objects.count() == 0
    assert "reprise par un autre" in caplog.text


def test_progress_is_stored_and_renews_the_lease(handler, make_job):
    def count(pages, progress):
        with time_machine.travel(timezone.now() + timedelta(seconds=50)):
            progress(2, pages)
            row = Job.objects.get()
            seen.append((row.progress_done, row.progress_total, row.lease_until > first + timedelta(seconds=100)))

    seen, first = [], timezone.now()
    handler(count, atomic=False, lease_seconds=60)
    run_job(make_job(arguments={"pages": 9}).pk)
    assert (seen, Job.objects.get().state) == ([(2, 9, True)], "done")


def test_progress_inside_one_transaction_is_refused():
    with pytest.raises(ValueError, match="avancement"):
        job("test")(lambda progress: None)


def test_the_default_lease_is_the_setting(handler, make_job, settings):
    settings.JOB_LEASE_SECONDS = 7
    handler(print)
    assert lease.lease_of(make_job()) == timedelta(seconds=7)
