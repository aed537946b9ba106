"""Writes the book of changes and undoes gestures from it. History, audit and undo are three readings of it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from directory import public
from directory.models import Change, ChangeSet
from directory.models.book import Source
from directory.refusals import ChangedSince, Refusal

HIDDEN = "modifié"


@dataclass(frozen=True)
class Tracked:
    """How one table is written in the book.

    `restored(rows, change_set)` puts right what follows from the rows (duty days, versions, messages) once an
    undo has brought them back or removed them; it receives (before, after) pairs as the book holds them.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    secret: frozenset[str]
    subject: Callable[[dict], str] | None
    restored: Callable[[list[Change], ChangeSet], None] | None


_TRACKED: dict[str, Tracked] = {}


def track(
    model: type[models.Model],
    *,
    leave_out: Iterable[str] = (),
    secret: Iterable[str] = (),
    subject: Callable[[dict], str] | None = None,
    restored: Callable[[list[Change], ChangeSet], None] | None = None,
) -> None:
    """Have the book follow `model`: all columns but `version` and `leave_out`; `secret` ones as « modifié »."""
    skipped = {"version", *leave_out}
    fields = tuple(f.attname for f in model._meta.concrete_fields if f.attname not in skipped)
    _TRACKED[model._meta.label_lower] = Tracked(model, fields, frozenset(secret), subject, restored)


def snapshot(row: models.Model) -> dict:
    """The tracked columns of `row` as JSON values."""
    tracked = _TRACKED[row._meta.label_lower]
    values = {name: HIDDEN if name in tracked.secret else getattr(row, name) for name in tracked.fields}
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


@dataclass
class Entry:
    """A gesture being written: note each row, the whole is stored by `close`."""

    change_set: ChangeSet
    changes: list[Change] = field(default_factory=list)

    def made(self, row: models.Model) -> None:
        """`row` was just inserted."""
        self._note(row, None, snapshot(row))

    def removed(self, row: models.Model, before: dict) -> None:
        """`row` was just deleted; `before` is the snapshot taken while it stood."""
        self._note(row, before, None)

    def changed(self, row: models.Model, before: dict) -> None:
        """`row` was just updated; nothing is noted when nothing differs."""
        after = snapshot(row)
        if after != before:
            self._note(row, before, after)

    def _note(self, row: models.Model, before: dict | None, after: dict | None) -> None:
        table = row._meta.label_lower
        pk = (after or before)[row._meta.pk.attname]
        subject = _TRACKED[table].subject
        name = subject(after or before) if subject else f"{table}:{pk}"
        self.changes.append(
            Change(change_set=self.change_set, table=table, row=pk, subject=name, before=before, after=after)
        )

    def close(self) -> ChangeSet:
        """Store the changes; a gesture that changed nothing leaves no trace."""
        Change.objects.bulk_create(self.changes, batch_size=500)
        if not self.changes:
            self.change_set.delete()
        return self.change_set


def open_entry(*, by, verb: str, reason: str = "", source: str = Source.HAND, undoes: ChangeSet | None = None) -> Entry:
    """Start a gesture of user `by` (None for the clock), inside the caller's transaction."""
    return Entry(
        ChangeSet.objects.create(
            actor_id=getattr(by, "pk", None), verb=verb, reason=reason[:280], source=source, undoes=undoes
        )
    )


def history(subject: str) -> models.QuerySet[Change]:
    """The changes of a subject, newest first, with their gestures."""
    return Change.objects.filter(subject=subject).select_related("change_set").order_by("-pk")


def undo(change_set: ChangeSet, *, by, reason: str = "") -> ChangeSet:
    """Put every row of a gesture back as it was, in a new gesture; ChangedSince when one no longer stands as left."""
    try:
        return _put_back(change_set, by=by, reason=reason)
    except IntegrityError as error:
        raise ChangedSince(["ce qui est venu depuis occupe la place de ce qu’il faudrait remettre"]) from error


@transaction.atomic
def _put_back(change_set: ChangeSet, *, by, reason: str) -> ChangeSet:
    """Restore the rows, then what follows from them; the database refuses what would stand in two places."""
    change_set = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if ChangeSet.objects.filter(undoes=change_set).exists():
        raise Refusal("Ce geste a déjà été annulé.")
    changes = list(change_set.changes.order_by("-pk"))
    _refuse_drift(changes)
    entry = open_entry(by=by, verb="undo", reason=reason, source=Source.UNDO, undoes=change_set)
    for table, run in groupby(changes, key=lambda change: change.table):
        _restore(_TRACKED[table], list(run))
    for change in changes:
        entry.changes.append(
            Change(
                change_set=entry.change_set,
                table=change.table,
                row=change.row,
                subject=change.subject,
                before=change.after,
                after=change.before,
            )
        )
    for table, tracked in _TRACKED.items():
        mine = [change for change in changes if change.table == table]
        if mine and tracked.restored:
            tracked.restored(mine, change_set)
    public.bump()
    return entry.close()


def _standing(table: str, rows: list[int]) -> dict[int, models.Model]:
    """The rows of a table that still exist, by primary key."""
    found = {}
    for start in range(0, len(rows), 500):
        found.update(apps.get_model(table)._base_manager.in_bulk(rows[start : start + 500]))
    return found


def _refuse_drift(changes: list[Change]) -> None:
    """ChangedSince unless each row stands as its last change in this gesture left it."""
    drift, seen = [], set()
    for table in {change.table for change in changes}:
        mine = [change for change in changes if change.table == table]
        standing = _standing(table, [change.row for change in mine])
        for change in mine:
            if (table, change.row) in seen:
                continue
            seen.add((table, change.row))
            row = standing.get(change.row)
            if (snapshot(row) if row else None) != change.after:
                what = apps.get_model(table)._meta.verbose_name
                drift.append(f"{what} « {row} » a changé depuis" if row else f"{what} n° {change.row} n’existe plus")
    if drift:
        raise ChangedSince(drift)


def _restore(tracked: Tracked, changes: list[Change]) -> None:
    """Write the `before` of each change: delete what was made, bring back what was removed or changed."""
    made = [change.row for change in changes if change.before is None]
    try:
        for start in range(0, len(made), 500):
            tracked.model._base_manager.filter(pk__in=made[start : start + 500]).delete()
    except ProtectedError as error:
        told = [row for row in error.protected_objects if row._meta.label_lower in _TRACKED]
        others = sorted({str(row) for row in told or error.protected_objects})
        raise ChangedSince([f"{row} s’y rattache désormais" for row in others]) from error
    for change in changes:
        if change.before is None:
            continue
        values = {name: value for name, value in change.before.items() if name not in tracked.secret}
        if change.after is None:
            tracked.model._base_manager.bulk_create([_row_of(tracked.model, values)])
        else:
            tracked.model._base_manager.filter(pk=change.row).update(**_pythonic(tracked.model, values))


def _pythonic(model: type[models.Model], values: dict) -> dict:
    """JSON values as the columns' own types."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in values.items() if name != "id"}


def _row_of(model: type[models.Model], values: dict) -> models.Model:
    """A row with its old primary key."""
    return model(pk=values["id"], **_pythonic(model, values))
