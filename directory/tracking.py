"""Says which tables the book of changes follows, and how a row of each is written in it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from directory.models import Change, ChangeSet


@dataclass(frozen=True)
class Tracked:
    """How one table is written in the book, and what an undo owes it.

    `lock(changes)` takes, before an undo reads anything, the locks that the gestures on these rows take first; it
    receives all the changes of the gesture, and is called once when several tables share it.
    `leaving(rows)` is told which rows an undo is about to delete, so that what was derived from them goes first.
    `restored(changes, change_set)` puts right what follows from the rows (duty days, versions, messages) once an
    undo of `change_set` has brought them back or removed them.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    subject: Callable[[dict], str] | None = None
    lock: Callable[[list[Change]], None] | None = None
    leaving: Callable[[list[int]], None] | None = None
    restored: Callable[[list[Change], ChangeSet], None] | None = None

    @property
    def versioned(self) -> bool:
        """True when its rows carry a version."""
        return any(field.name == "version" for field in self.model._meta.concrete_fields)


# In the order in which they were given: owners first, so that locks are taken in one order.
TRACKED: dict[str, Tracked] = {}
DERIVED: dict[str, Callable[[models.Model], bool]] = {}


def track(model: type[models.Model], *, but: tuple[str, ...] = (), **ways) -> None:
    """Have the book follow all columns of `model` but `version`; `ways` are those of Tracked. Owners come first.

    `but` names the columns that are computed from others: nobody reads their history, `restored` makes them again.
    """
    fields = tuple(f.attname for f in model._meta.concrete_fields if f.name not in {"version", *but})
    TRACKED[model._meta.label_lower] = Tracked(model, fields, **ways)


def derive(model: type[models.Model], is_derived: Callable[[models.Model], bool]) -> None:
    """Let an undo delete, with what they hang on, the rows of `model` that nobody wrote: `is_derived(row)` tells."""
    DERIVED[model._meta.label_lower] = is_derived


class _Exact(DjangoJSONEncoder):
    """Instants to the microsecond and in UTC: an undo brings back the very value."""

    def default(self, o: object) -> object:
        """JSON of what JSON has no word for."""
        return o.astimezone(UTC).isoformat() if isinstance(o, datetime) else super().default(o)


def snapshot(row: models.Model) -> dict:
    """The tracked columns of `row` as JSON values."""
    tracked = TRACKED[row._meta.label_lower]
    return json.loads(json.dumps({name: getattr(row, name) for name in tracked.fields}, cls=_Exact))


def columns(tracked: Tracked, values: dict) -> dict:
    """What the book holds of a row, as the columns' own types, without its primary key."""
    meta = tracked.model._meta
    names = [name for name in tracked.fields if name in values and name != meta.pk.attname]
    return {name: meta.get_field(name).to_python(values[name]) for name in names}


def in_parts(rows: Iterable[int], size: int = 500) -> list[list[int]]:
    """Primary keys in ascending order, in lists that one statement can carry."""
    ordered = sorted(rows)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
