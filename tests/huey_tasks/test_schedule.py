"""The schedule follows the clock on the wall in Paris, on the two odd nights too."""

from datetime import UTC, datetime, timedelta

import pytest

from huey_tasks.models import Job, ScheduleEntry
from huey_tasks.registry import every
from huey_tasks.schedule import last_due, make_due_jobs


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "now", "due"),
    [
        ({"minute": "10", "hour": "3"}, "2026-01-15T02:10", "2026-01-15T02:10"),
        ({"minute": "10", "hour": "3"}, "2026-07-15T02:10", "2026-07-15T01:10"),
        ({"minute": "10", "hour": "3"}, "2026-01-15T02:09", "2026-01-14T02:10"),
        ({"minute": "*/5"}, "2026-01-15T02:09", "2026-01-15T02:05"),
        ({"hour": "0", "weekday": "1"}, "2026-11-22T12:00", "2026-11-15T23:00"),
        ({"hour": "0", "day": "31"}, "2026-03-30T12:00", "2026-01-30T23:00"),
    ],
    ids=["winter", "summer", "a minute early", "every five minutes", "on Mondays", "on the 31st"],
)
def test_a_recurrence_falls_due_at_paris_hours(recurrence, fields, now, due):
    assert last_due(recurrence(**fields), utc(now)) == utc(due)


def instants(recurrence, first: str, hours: int) -> list[str]:
    minutes = [utc(first) + timedelta(minutes=n) for n in range(hours * 60)]
    return sorted({last_due(recurrence, now).strftime("%d %H:%M") for now in minutes})


@pytest.mark.parametrize(
    ("night", "fields", "expected"),
    [
        ("2026-03-29T00:31", {"minute": "30", "hour": "2"}, ["28 01:30", "29 01:30"]),
        ("2026-10-24T23:00", {"minute": "30", "hour": "2"}, ["24 00:30", "25 00:30"]),
        ("2026-10-24T23:30", {"minute": "30"}, ["24 23:30", "25 00:30", "25 01:30", "25 02:30"]),
        ("2026-03-29T00:30", {"minute": "30"}, ["29 00:30", "29 01:30", "29 02:30", "29 03:30"]),
    ],
    ids=["spring, the hour that is not", "autumn, the hour that is twice", "autumn, each hour", "spring, each hour"],
)
def test_the_odd_nights_run_once(recurrence, night, fields, expected):
    assert instants(recurrence(**fields), night, 4) == expected


@pytest.mark.django_db
def test_a_new_recurrence_waits_for_its_hour(recurrence):
    recurrence(minute="10", hour="3")
    make_due_jobs(utc("2026-01-15T09:00"))
    assert (Job.objects.count(), ScheduleEntry.objects.get().last_due) == (0, utc("2026-01-15T02:10"))


@pytest.mark.django_db
def test_several_workers_make_one_job(recurrence):
    recurrence(minute="10", hour="3")
    for minute in ("2026-01-15T02:09", "2026-01-15T02:10", "2026-01-15T02:10", "2026-01-15T02:11"):
        make_due_jobs(utc(minute))
    assert [job.key for job in Job.objects.all()] == ["test:2026-01-15T02:10:00+00:00"]


@pytest.mark.django_db
def test_runs_missed_during_a_stop_are_made_up_for_once(recurrence):
    recurrence(minute="10", hour="3")
    make_due_jobs(utc("2026-01-15T09:00"))
    make_due_jobs(utc("2026-01-19T09:00"))
    make_due_jobs(utc("2026-01-19T09:01"))
    assert [job.key for job in Job.objects.all()] == ["test:2026-01-19T02:10:00+00:00"]


@pytest.mark.parametrize(("kind", "minute"), [("nobody", "0"), ("test", "61"), ("test", "noon")])
def test_a_recurrence_that_could_not_run_is_refused(handler, kind, minute):
    handler(print)
    with pytest.raises(ValueError, match=r"."):
        every(kind, minute=minute)(print)
