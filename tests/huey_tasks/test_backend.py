"""Wagtail's own tasks are jobs of the ledger."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django_tasks import task
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Page
from wagtail.search.models import IndexEntry
from wagtail.tasks import update_reference_index_task

from huey_tasks.models import Job, ScheduleEntry
from huey_tasks.runner import run_job
from tests.processes import together
from website.tree import ensure_tree

pytestmark = pytest.mark.django_db


@task()
def write_row(name, last_due=None):
    ScheduleEntry.objects.create(name=name)


def test_a_task_is_a_job_and_runs_with_its_arguments(run_due_jobs):
    result = write_row.enqueue("asked", last_due=None)
    assert (result.id, result.status) == (str(Job.objects.get().pk), "READY")
    assert run_due_jobs() == 1
    assert (Job.objects.get().state, ScheduleEntry.objects.get().name) == ("done", "asked")


def test_a_deferred_task_waits(run_due_jobs):
    later = timezone.now() + timedelta(hours=1)
    write_row.using(run_after=later).enqueue("later")
    assert (run_due_jobs(), Job.objects.get().due_at) == (0, later)


def test_an_object_deleted_meanwhile_needs_nothing(run_due_jobs):
    update_reference_index_task.enqueue("wagtailcore", "page", 10_000)
    assert run_due_jobs() == 1
    assert Job.objects.get().state == "done"


def test_saving_a_page_puts_wagtails_tasks_on_the_ledger(run_due_jobs, django_capture_on_commit_callbacks, rings):
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(depth=1).save()
    paths = {job.arguments["path"] for job in Job.objects.all()}
    assert paths >= {"wagtail.tasks.update_reference_index_task", "modelsearch.tasks.insert_or_update_object_task"}
    run_due_jobs()
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db(transaction=True)
def test_workers_who_index_the_same_pages_at_once_do_not_collide():
    """Each task looks, inserts and then touches the others' rows: collisions on SQLite, deadlocks on PostgreSQL."""
    ContentType.objects.clear_cache()
    ensure_tree()
    pages = set(Page.objects.filter(depth__gt=1).values_list("pk", flat=True))
    IndexEntry.objects.all().delete()
    Job.objects.all().delete()
    for pk in sorted(pages) * 6:
        insert_or_update_object_task.enqueue("wagtailcore", "page", pk)
    ids = Job.objects.order_by("pk").values_list("pk")
    assert set(together(run_job, list(ids))) == {True}
    assert set(Job.objects.values_list("state", "failures", "error")) == {("done", 0, "")}
    assert {int(entry.object_id) for entry in IndexEntry.objects.all()} == pages
