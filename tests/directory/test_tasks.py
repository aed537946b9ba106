"""Reminders: called done by a person with the version they read, taken up again, true in the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory import book, tasks
from directory.models import Task
from directory.refusals import Refusal, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(member):
    return member("logistics")


@pytest.fixture
def task(ajain):
    entry = book.open_entry(by=None, verb="test")
    return tasks.raise_once(
        entry, key="once", kind="test", about="rotas.slot:5", title="Rappeler", due_on=date(2026, 12, 1), centre=ajain
    )


def test_the_same_key_raises_one(task, ajain):
    entry = book.open_entry(by=None, verb="test")
    again = tasks.raise_once(
        entry, key="once", kind="test", about="x", title="Autre", due_on=date(2026, 12, 1), centre=None
    )
    assert (again, again.title, entry.close()) == (task, "Rappeler", None)


def test_done_then_taken_up_again(task, by):
    done = tasks.finish(task=task, by=by, version=1)
    assert (done.done_by, done.done_at is None, done.change_set.actor_id) == (by.pk, False, by.pk)
    again = tasks.reopen(task=task, by=by, version=2)
    assert (again.done_by, again.done_at, Task.objects.get().version) == (None, None, 3)


def test_a_version_that_is_not_the_one_that_stands_is_refused(task, by):
    with pytest.raises(Stale):
        tasks.finish(task=task, by=by, version=2)
    assert Task.objects.get().done_at is None


def test_twice_the_same_word_is_refused(task, by):
    with pytest.raises(Refusal, match="encore à faire"):
        tasks.reopen(task=task, by=by, version=1)
    tasks.finish(task=task, by=by, version=1)
    with pytest.raises(Refusal, match="déjà fait"):
        tasks.finish(task=task, by=by, version=2)


def test_an_undo_brings_the_word_back(task, by):
    done = tasks.finish(task=task, by=by, version=1)
    book.undo(done.change_set, by=by)
    assert (Task.objects.get().done_at, Task.objects.get().done_by) == (None, None)


@pytest.mark.parametrize(
    "fields", [{"key": "once"}, {"done_by": 1}, {"key": ""}, {"about": ""}, {"title": ""}], ids=str
)
def test_the_database_refuses_what_cannot_be(fields, task):
    values = {"key": "two", "kind": "test", "about": "a", "title": "t", "due_on": timezone.localdate()} | fields
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(**values)
