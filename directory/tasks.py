"""Raises reminders once, and ends them: by somebody's hand, or by themselves when nothing calls for them any more."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from directory import book
from directory.models import Centre, Task, User
from directory.refusals import Refusal, Stale
from directory.retrying import retried


def raise_once(
    entry: book.Entry, *, key: str, kind: str, about: str, title: str, due_on: date, centre: Centre | None
) -> Task:
    """The reminder of this `key`, made in the gesture `entry` unless it was ever made before."""
    values = {"kind": kind, "about": about, "title": title, "due_on": due_on, "centre": centre}
    task, created = Task.objects.get_or_create(key=key, defaults=values)
    if created:
        entry.made(task)
    return task


def is_out_of_step(task: Task, *, called_for: bool) -> bool:
    """True for one to close that nothing calls for, or to open that had gone by itself; a person's « fait » stands."""
    return called_for != (task.done_at is None) and not task.done_by


def follow(entry: book.Entry, task: Task) -> None:
    """Turn a reminder that is out of step: close it by itself, or open it again."""
    _write(task, entry, None if task.done_at else timezone.now(), None)


@retried
@transaction.atomic
def finish(*, task: Task, by: User, version: int) -> Task:
    """Somebody says that it is done."""
    _take_version(task, version)
    if task.done_at:
        raise Refusal("Ce rappel est déjà fait.")
    return _settle(task, by, "directory.task_done", done=True)


@retried
@transaction.atomic
def reopen(*, task: Task, by: User, version: int) -> Task:
    """Somebody takes that back."""
    _take_version(task, version)
    if not task.done_at:
        raise Refusal("Ce rappel est encore à faire.")
    return _settle(task, by, "directory.task_reopened", done=False)


def _settle(task: Task, by: User, verb: str, *, done: bool) -> Task:
    """Write the person's word, as one gesture."""
    entry = book.open_entry(by=by, verb=verb)
    _write(task, entry, timezone.now() if done else None, by.pk if done else None)
    task.change_set = entry.close()
    return task


def _write(task: Task, entry: book.Entry, done_at: datetime | None, done_by: int | None) -> None:
    """Store when and by whom, and note it in the gesture; the version moves."""
    before = book.snapshot(task)
    task.done_at, task.done_by = done_at, done_by
    Task.objects.filter(pk=task.pk).update(done_at=done_at, done_by=done_by, version=F("version") + 1)
    task.version += 1
    entry.changed(task, before)


def _take_version(task: Task, version: int) -> None:
    """Hold the row as it stands; Stale when it is not the one that the person read."""
    standing = Task.objects.select_for_update().get(pk=task.pk)
    if standing.version != version:
        raise Stale("Quelqu’un a modifié ce rappel entre-temps\u00a0: rechargez la page.")
    task.done_at, task.done_by, task.version = standing.done_at, standing.done_by, standing.version
