"""Writes the book of changes and undoes gestures from it. History, audit and undo are three readings of it."""

from dataclasses import dataclass, field

from django.db import IntegrityError, models, transaction

from directory import public, restoring
from directory.models import Change, ChangeSet
from directory.models.book import Source
from directory.refusals import ChangedSince, Refusal
from directory.retrying import retried
from directory.tracking import TRACKED, derive, snapshot, track

__all__ = ["Entry", "derive", "history", "open_entry", "origin", "record", "snapshot", "track", "undo"]


@dataclass
class Entry:
    """A gesture being written: note each row, the whole is stored by `close`."""

    change_set: ChangeSet
    changes: list[Change] = field(default_factory=list)

    def made(self, row: models.Model) -> None:
        """`row` was just inserted."""
        self._note(row, None, snapshot(row))

    def removed(self, row: models.Model, before: dict) -> None:
        """`row` was just deleted; `before` is the snapshot taken while it stood.

        Its last version is kept beside: were the row brought back, nobody could take it for the one they had read.
        """
        last = {"version": row.version} if TRACKED[row._meta.label_lower].versioned else {}
        self._note(row, before | last, None)

    def changed(self, row: models.Model, before: dict) -> None:
        """`row` was just updated; nothing is noted when nothing differs."""
        after = snapshot(row)
        if after != before:
            self._note(row, before, after)

    def _note(self, row: models.Model, before: dict | None, after: dict | None) -> None:
        table = row._meta.label_lower
        pk = (after or before)[row._meta.pk.attname]
        subject = TRACKED[table].subject
        name = subject(after or before) if subject else f"{table}:{pk}"
        self.changes.append(Change(table=table, row=pk, subject=name, before=before, after=after))

    def close(self) -> ChangeSet | None:
        """Store the changes, and leave them at hand in `change_set.written`.

        None for a gesture that changed nothing, which leaves no trace.
        """
        if not self.changes:
            self.change_set.delete()
            return None
        for change in self.changes:
            change.change_set = self.change_set
        Change.objects.bulk_create(self.changes, batch_size=500)
        self.change_set.written = self.changes
        return self.change_set


def open_entry(
    *, by, verb: str, reason: str = "", source: Source | None = None, undoes: ChangeSet | None = None
) -> Entry:
    """Start a gesture in the caller's transaction; without a `source` it is by hand, or the clock's without `by`."""
    source = source or (Source.HAND if by else Source.CLOCK)
    return Entry(
        ChangeSet.objects.create(
            actor_id=getattr(by, "pk", None), verb=verb, reason=reason[:280], source=source, undoes=undoes
        )
    )


def record(*, by, verb: str, reason: str) -> ChangeSet:
    """A gesture that changes no row and must be known all the same, such as an export: `reason` says what of."""
    return open_entry(by=by, verb=verb, reason=reason).change_set


def history(subject: str) -> models.QuerySet[Change]:
    """The changes of a subject, newest first, with their gestures."""
    return Change.objects.filter(subject=subject).select_related("change_set").order_by("-pk")


def origin(change_set: ChangeSet) -> Source:
    """Where the first gesture came from, through any number of undoes of undoes."""
    while change_set.undoes:
        change_set = change_set.undoes
    return Source(change_set.source)


def undo(change_set: ChangeSet, *, by, reason: str = "") -> ChangeSet:
    """Put every row of a gesture back as it was, in a new gesture; ChangedSince when one no longer stands as left."""
    try:
        return _put_back(change_set, by=by, reason=reason)
    except IntegrityError as error:
        raise ChangedSince(["ce qui est venu depuis occupe la place de ce qu’il faudrait remettre"]) from error


@retried
@transaction.atomic
def _put_back(change_set: ChangeSet, *, by, reason: str) -> ChangeSet:
    """Restore the rows, then what follows from them; the database refuses what would stand in two places."""
    change_set = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if ChangeSet.objects.filter(undoes=change_set).exists():
        raise Refusal("Ce geste a déjà été annulé.")
    gesture = restoring.take(list(change_set.changes.order_by("-pk")))
    entry = open_entry(by=by, verb="undo", reason=reason, source=Source.UNDO, undoes=change_set)
    restoring.put_back(gesture)
    entry.changes = [restoring.reversed_change(change, gesture) for change in gesture.changes]
    for table, tracked in TRACKED.items():
        mine = gesture.of(table)
        if mine and tracked.restored:
            tracked.restored(mine, change_set)
    done = entry.close()
    public.bump()
    return done
