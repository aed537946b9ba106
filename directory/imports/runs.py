"""What a person does with an import on a screen: begin it, decide, confirm, take it back. The work itself is jobs'."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from directory import patient_data, weeks
from directory.imports.kinds import KINDS
from directory.imports.reports import printable
from directory.models import ImportFile, ImportLine, ImportRun, User
from directory.models.imports import RunState
from directory.refusals import Refusal, Stale
from directory.retrying import retried
from huey_tasks.ledger import enqueue
from huey_tasks.models import Job, JobState

READ, WRITE, UNDO = "directory.read_import", "directory.write_import", "directory.undo_import"
WORK = {RunState.READING: READ, RunState.WRITING: WRITE, RunState.UNDOING: UNDO}
KEPT = timedelta(days=90)
LONGEST = 200
MOVED = "Quelqu’un a agi sur cet import entre-temps : relisez-le avant de continuer."
FORGOTTEN = "Le fichier n’est plus conservé (90 jours) : envoyez-le de nouveau."
UNWELCOME = "Ce texte ressemble à des données de patient : il n’a pas été gardé."


@retried
@transaction.atomic
def start(*, kind: str, year: int | None, file_name: str, content: bytes, by: User) -> ImportRun:
    """Keep a file and have it read."""
    file = ImportFile.objects.create(content=content, kept_until=weeks.today() + KEPT)
    run = ImportRun.objects.create(
        kind=kind,
        year=year if KINDS[kind].dated else None,
        file=file,
        file_name=file_name,
        sha256=hashlib.sha256(content).hexdigest(),
        actor_id=by.pk,
    )
    _ask(run)
    return run


@retried
@transaction.atomic
def again(*, run: ImportRun, by: User) -> ImportRun:
    """Begin anew on the same file with what was decided: it only adds what was not taken the first time."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in {RunState.DONE, RunState.UNREADABLE}:
        raise Stale(MOVED)
    if run.file_id is None:
        raise Refusal(FORGOTTEN)
    fields = ("kind", "year", "file_id", "file_name", "sha256", "decisions")
    new = ImportRun.objects.create(**{name: getattr(run, name) for name in fields}, follows=run, actor_id=by.pk)
    _ask(new)
    return new


@retried
@transaction.atomic
def decide(
    *,
    run: ImportRun,
    version: int,
    cells: Mapping[str, str | None],
    ignored: Mapping[str, bool],
    applied: Mapping[str, bool],
) -> ImportRun:
    """Note decisions, by address in the file, and have the preview computed anew; what is not named stays as it was.

    `cells` are the texts that the file should have held; None gives back what it holds.
    """
    run = _hold(run, version, RunState.READY)
    if run.file_id is None:
        raise Refusal(FORGOTTEN)
    kept = dict(run.decisions.get("cells", {}))
    for address, text in cells.items():
        kept.pop(address, None)
        if text is not None:
            kept[address] = _clean(text)
    run.decisions = {
        "cells": kept,
        "ignored": _toggled(run.decisions.get("ignored", []), ignored),
        "applied": _toggled(run.decisions.get("applied", []), applied),
    }
    return _move(run, RunState.READING, decisions=run.decisions, note="")


@retried
@transaction.atomic
def confirm(*, run: ImportRun, version: int, by: User) -> ImportRun:
    """Have what the preview shows be written, in the name of who confirms."""
    run = _hold(run, version, RunState.READY)
    if run.file_id is None:
        raise Refusal(FORGOTTEN)
    return _move(run, RunState.WRITING, actor_id=by.pk, note="")


@retried
@transaction.atomic
def take_back(*, run: ImportRun, version: int, by: User) -> ImportRun:
    """Have all that the import wrote be undone, in the name of who asks."""
    run = _hold(run, version, RunState.DONE)
    if run.change_set is None or run.undone:
        raise Refusal("Il n’y a rien à annuler.")
    return _move(run, RunState.UNDOING, note="", decisions=run.decisions | {"undone_by": by.pk})


@retried
@transaction.atomic
def resume(*, run: ImportRun, version: int) -> ImportRun:
    """Take up work that was given up: an import that was not written is previewed again first."""
    run = _hold(run, version, *WORK)
    if not given_up(run):
        raise Stale(MOVED)
    return _move(run, RunState.UNDOING if run.state == RunState.UNDOING else RunState.READING)


@transaction.atomic
def forget_files() -> int:
    """Drop the files that were kept long enough; the imports that still needed theirs say so."""
    old = ImportFile.objects.filter(kept_until__lt=weeks.today())
    waiting = ImportRun.objects.filter(file__in=old, state__in=[RunState.READY, RunState.READING])
    waiting.update(state=RunState.UNREADABLE, note=FORGOTTEN, ended_at=timezone.now(), version=F("version") + 1)
    return old.delete()[1].get(ImportFile._meta.label, 0)


def job_of(run: ImportRun) -> Job | None:
    """The job that works on an import now; None when nothing is to be done."""
    return Job.objects.filter(key=_key(run)).first() if run.state in WORK else None


def given_up(run: ImportRun) -> bool:
    """True when the work was tried without success to the end."""
    job = job_of(run)
    return job is not None and job.state == JobState.DEAD


def lines(run: ImportRun, kind: str):
    """The lines of a report in reading order."""
    return ImportLine.objects.filter(run=run, kind=kind).order_by("row", "column", "pk")


def _hold(run: ImportRun, version: int, *states: str) -> ImportRun:
    """The import, locked; Stale when it is no longer the one that was read."""
    held = ImportRun.objects.select_for_update().filter(pk=run.pk, version=version, state__in=states).first()
    if held is None:
        raise Stale(MOVED)
    return held


def _move(run: ImportRun, state: str, **values) -> ImportRun:
    """Another state, a new version, and the job that it asks for."""
    values |= {"state": state, "version": run.version + 1}
    values["ended_at"] = run.ended_at if state == RunState.UNDOING else None
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=list(values))
    _ask(run)
    return run


def _ask(run: ImportRun) -> None:
    """The job of the state that the import has entered."""
    enqueue(WORK[run.state], key=_key(run), run=run.pk, version=run.version)


def _key(run: ImportRun) -> str:
    return f"import:{run.pk}:{run.version}"


def _clean(text: str) -> str:
    """A correction on one line; Refusal when it cannot be kept."""
    clean = " ".join(printable(text).split())
    if patient_data.found(clean):
        raise Refusal(UNWELCOME)
    if len(clean) > LONGEST:
        raise Refusal(f"Une correction a {LONGEST} caractères au plus.")
    return clean


def _toggled(before: list[str], said: Mapping[str, bool]) -> list[str]:
    """The addresses that stay or come in."""
    return sorted({address for address in before if said.get(address, True)} | {a for a, yes in said.items() if yes})
