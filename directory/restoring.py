"""Puts rows back as the book holds them, after looking whether somebody has worked on them or under them since."""

from dataclasses import dataclass, field
from itertools import groupby

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, ProtectedError
from django.db.models.deletion import Collector

from directory.models import Change
from directory.refusals import ChangedSince
from directory.tracking import DERIVED, TRACKED, Tracked, columns, in_parts, snapshot

Key = tuple[str, int]


@dataclass
class Gesture:
    """The changes of a gesture, last first, and its rows as they stand, locked until the transaction ends."""

    changes: list[Change]
    standing: dict[Key, models.Model] = field(default_factory=dict)

    @property
    def made(self) -> set[Key]:
        """The rows that it made."""
        return {(change.table, change.row) for change in self.changes if change.before is None}

    def of(self, table: str) -> list[Change]:
        """Its changes of one table."""
        return [change for change in self.changes if change.table == table]


def take(changes: list[Change]) -> Gesture:
    """Lock what the gesture touched in the order of every gesture, then read it; ChangedSince unless it still stands.

    The read comes after the locks: what others commit meanwhile is seen, never overwritten.
    """
    gesture = Gesture(changes)
    tables = [table for table in TRACKED if gesture.of(table)]
    for lock in dict.fromkeys(TRACKED[table].lock for table in tables):
        if lock:
            lock(changes)
    for table in tables:
        for part in in_parts({change.row for change in gesture.of(table)}):
            rows = TRACKED[table].model._base_manager.select_for_update().filter(pk__in=part).order_by("pk")
            gesture.standing |= {(table, row.pk): row for row in rows}
    _refuse_drift(gesture)
    return gesture


def put_back(gesture: Gesture) -> None:
    """Write the `before` of each change, last change first: what was made goes, what was removed comes back."""
    for table, tracked in TRACKED.items():
        gone = [row for name, row in gesture.made if name == table]
        if gone and tracked.leaving:
            tracked.leaving(sorted(gone))
    for (table, made), run in groupby(gesture.changes, key=lambda change: (change.table, change.before is None)):
        changes = list(run)
        if made:
            for part in in_parts(change.row for change in changes):
                _delete(TRACKED[table], part, gesture.made)
        else:
            for change in changes:
                _write(TRACKED[table], change)


def reversed_change(change: Change, gesture: Gesture) -> Change:
    """What the book says of a change that was put back; the last version of a row that goes is kept with it."""
    before, after = change.after, change.before
    row = gesture.standing.get((change.table, change.row))
    if after is None and row is not None and TRACKED[change.table].versioned:
        before = before | {"version": row.version}
    if after is not None:
        after = {name: value for name, value in after.items() if name != "version"}
    return Change(table=change.table, row=change.row, subject=change.subject, before=before, after=after)


def _refuse_drift(gesture: Gesture) -> None:
    """ChangedSince unless each row stands as its last change in this gesture left it."""
    drift, seen = [], set()
    for change in gesture.changes:
        key = (change.table, change.row)
        if key in seen:
            continue
        seen.add(key)
        row = gesture.standing.get(key)
        if not _stands(row, change.after):
            what = TRACKED[change.table].model._meta.verbose_name
            drift.append(f"{what} « {row} » a changé depuis" if row else f"{what} n° {change.row} n’existe plus")
    if drift:
        raise ChangedSince(drift)


def _stands(row: models.Model | None, after: dict | None) -> bool:
    """True when a row is what the book says; columns that came after that page of the book say nothing."""
    if row is None or after is None:
        return row is None and after is None
    held = snapshot(row)
    return all(held.get(name) == value for name, value in after.items())


def _delete(tracked: Tracked, rows: list[int], made: set[Key]) -> None:
    """Delete rows with their links and what was derived; ChangedSince when the database would take others along."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    try:
        collector.collect(tracked.model._base_manager.filter(pk__in=rows))
    except ProtectedError as error:
        followed = [row for row in error.protected_objects if row._meta.label_lower in TRACKED]
        raise _attached(followed or error.protected_objects, tracked.model) from error
    found = [row for found in (*collector.data.values(), *collector.fast_deletes) for row in found]
    own = {link.remote_field.through for link in tracked.model._meta.many_to_many}
    if others := [row for row in found if type(row) not in own and not _goes_along(row, made)]:
        raise _attached(others, tracked.model)
    collector.delete()


def _goes_along(row: models.Model, made: set[Key]) -> bool:
    """True for a row that this gesture made, or that nobody wrote."""
    label = row._meta.label_lower
    return (label, row.pk) in made or (label in DERIVED and DERIVED[label](row))


def _attached(rows, model: type[models.Model]) -> ChangedSince:
    """What hangs on rows that should go, each named."""
    return ChangedSince(sorted({f"{_named(row, model)} s’y rattache désormais" for row in rows}))


def _named(row: models.Model, model: type[models.Model]) -> str:
    """A row in words; a link between two rows is named by its other end."""
    if row._meta.auto_created:
        ends = [f.name for f in row._meta.fields if f.is_relation and not issubclass(model, f.related_model)]
        row = getattr(row, ends[0])
    return f"{row._meta.verbose_name} « {row} »"


def _write(tracked: Tracked, change: Change) -> None:
    """Bring a row back, or its columns; whoever read its version before must read it again."""
    values = columns(tracked, change.before)
    version = {"version": F("version") + 1} if tracked.versioned else {}
    if change.after is None:
        version = {"version": change.before.get("version", 1) + 1} if tracked.versioned else {}
        tracked.model._base_manager.bulk_create([tracked.model(pk=change.row, **values)])
    # Also after an insertion, which dates `auto_now_add` columns of today.
    tracked.model._base_manager.filter(pk=change.row).update(**values, **version)
