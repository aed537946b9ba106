"""`manage.py jobs`: dead jobs are seen, and can be asked for again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from huey_tasks.models import Job
from huey_tasks.queries import dead_lately
from huey_tasks.runner import run_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead(make_job):
    """Makes a job that was given up."""

    def make(**values):
        values = {"state": "dead", "finished_at": timezone.now(), "error": "KeyError (rotas/slots.py:41)", **values}
        return make_job(failures=8, claims=8, **values)

    return make


def said(capsys, *words) -> list[str]:
    call_command("jobs", *words)
    return capsys.readouterr().out.splitlines()


def test_states_are_counted_and_the_dead_are_named(make_job, dead, capsys):
    make_job()
    first = dead(finished_at=datetime(2026, 11, 2, 8, 0, tzinfo=UTC))
    assert said(capsys) == [
        "en attente\u00a0: 1",
        "en cours\u00a0: 0",
        "fait\u00a0: 0",
        "abandonné\u00a0: 1",
        "annulé\u00a0: 0",
        f"n° {first.pk} test, abandonnée le 02/11/2026 09:00\u00a0: KeyError (rotas/slots.py:41)",
    ]


def test_a_dead_job_asked_for_again_runs_as_if_new(dead, handler, capsys, rings, django_capture_on_commit_callbacks):
    handler(lambda: None)
    one, other = dead(), dead()
    with django_capture_on_commit_callbacks(execute=True):
        assert said(capsys, "--retry", str(one.pk)) == [f"n° {one.pk} test\u00a0: redemandée", "1 tâche à refaire"]
    one.refresh_from_db()
    assert (one.state, one.failures, one.claims, one.error, one.finished_at) == ("queued", 0, 0, "", None)
    assert ([ring[0] for ring in rings], run_job(one.pk), run_job(other.pk)) == ([one.pk], True, False)


def test_all_dead_jobs_can_be_asked_for_at_once(make_job, dead, capsys):
    done = make_job(state="done")
    dead(), dead()
    assert said(capsys, "--retry-dead")[-1] == "2 tâches à refaire"
    assert dict(Job.objects.values_list("pk", "state"))[done.pk] == "done"
    assert Job.objects.filter(state="queued").count() == 2


def test_a_job_that_is_not_dead_is_not_run_twice(make_job, dead):
    left, done = dead(), make_job(state="done")
    with pytest.raises(CommandError, match=f"pas de tâche abandonnée de ce numéro\u00a0: {done.pk}."):
        call_command("jobs", "--retry", str(left.pk), str(done.pk))
    assert Job.objects.get(pk=left.pk).state == "dead"


@pytest.mark.parametrize(("days", "counted"), [(6, 1), (8, 0)])
def test_the_dead_of_the_last_week_are_counted(days, counted, dead):
    now = timezone.now()
    dead(finished_at=now - timedelta(days=days))
    assert dead_lately(now) == counted
