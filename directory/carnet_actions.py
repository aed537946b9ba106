"""The gestures on the carnet. Each is one transaction with its change set; the public sees none of it."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import F

from directory import book, carnet_words, weeks
from directory.models import (
    Centre,
    CentreLink,
    Change,
    ChangeSet,
    EmergencyLine,
    Practice,
    Professional,
    Structure,
    User,
)
from directory.models.carnet import refuse_patient_mailbox
from directory.refusals import Refusal, Stale
from directory.retrying import retried

Row = TypeVar("Row", bound=models.Model)
STALE = "Quelqu’un a modifié cette fiche depuis que vous l’avez lue : rien n’a été enregistré."
TWICE = "Cette personne ou cette structure est déjà dans le carnet, peut-être archivée : cherchez-la d’abord."
LINK_FIRST = "Cette fiche n’est pas liée à ce centre : donnez d’abord sa distance."


@retried
@transaction.atomic
def correct(*, row: Row, values: dict, by: User, version: int) -> ChangeSet | None:
    """Put new values on a person, a structure or an entry, whose `version` was read; None when nothing differs."""
    fresh = _take(row, version)
    entry = book.open_entry(by=by, verb="carnet.correct")
    _put(fresh, values, entry)
    carnet_words.refresh(_entries_of(fresh))
    return entry.close()


@retried
@transaction.atomic
def confirm(*, practice: Practice, by: User, version: int) -> ChangeSet | None:
    """« Toujours exact » : say today that the entry is right."""
    fresh = _take(practice, version)
    entry = book.open_entry(by=by, verb="carnet.confirm")
    _put(fresh, {"confirmed_on": weeks.today(), "confirmed_by": by}, entry)
    return entry.close()


@retried
@transaction.atomic
def archive(*, practice: Practice, by: User, version: int) -> ChangeSet | None:
    """Put an entry away: no list shows it, its history stays."""
    fresh = _take(practice, version)
    entry = book.open_entry(by=by, verb="carnet.archive")
    _put(fresh, {"archived_on": weeks.today()}, entry)
    return entry.close()


@retried
@transaction.atomic
def bring_back(*, practice: Practice, by: User, version: int) -> ChangeSet | None:
    """Show an archived entry again."""
    fresh = _take(practice, version)
    entry = book.open_entry(by=by, verb="carnet.bring_back")
    _put(fresh, {"archived_on": None}, entry)
    return entry.close()


@retried
@transaction.atomic
def set_distance(*, practice: Practice, centre: Centre, km: Decimal | None, by: User, version: int) -> ChangeSet | None:
    """Tie an entry to a centre, `km` away (None: unknown)."""
    return _change_link(practice, version, centre, {"km": _tenths(km)}, book.open_entry(by=by, verb="carnet.distance"))


@retried
@transaction.atomic
def pin(*, practice: Practice, centre: Centre, pinned: bool, by: User, version: int) -> ChangeSet | None:
    """Keep an entry on top of its centre's list, or no longer."""
    if not CentreLink.objects.filter(practice=practice, centre=centre).exists():
        raise Refusal(LINK_FIRST)
    verb = "carnet.pin" if pinned else "carnet.unpin"
    return _change_link(practice, version, centre, {"pinned": pinned}, book.open_entry(by=by, verb=verb))


@retried
@transaction.atomic
def untie(*, practice: Practice, centre: Centre, by: User, version: int) -> ChangeSet | None:
    """A centre no longer uses an entry, which stays for the others."""
    fresh = _take(practice, version)
    entry = book.open_entry(by=by, verb="carnet.untie")
    for link in CentreLink.objects.filter(practice=fresh, centre=centre):
        before = book.snapshot(link)
        link.delete()
        entry.removed(link, before)
    return _next_version(fresh, entry)


@retried
def create(*, row: Practice, centre: Centre, km: Decimal | None, by: User) -> Practice:
    """Add a person (`row.professional`), at a structure or not, or a structure alone, as `centre` uses it."""
    refuse_patient_mailbox(row.secure_mailbox)
    try:
        with transaction.atomic():
            return _create(row, centre, km, by)
    except IntegrityError as error:
        raise Refusal(TWICE) from error


def links_restored(changes: list[Change], change_set: ChangeSet) -> None:
    """After an undo: whoever read an entry whose links came back or went must read it again."""
    touched = {values["practice_id"] for change in changes for values in (change.before, change.after) if values}
    Practice.objects.filter(pk__in=touched).update(version=F("version") + 1)


@retried
@transaction.atomic
def set_emergency(*, centre: Centre, kind: str, values: dict, by: User, version: int) -> ChangeSet | None:
    """Give a centre its own line of the emergency sheet; `version` is 0 when the national one was read."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    line = EmergencyLine.objects.select_for_update().filter(centre=centre, kind=kind).first()
    if version != (line.version if line else 0):
        raise Stale("Quelqu’un a modifié cette ligne depuis que vous l’avez lue : rien n’a été enregistré.")
    entry = book.open_entry(by=by, verb="carnet.emergency")
    if line:
        _put(line, values, entry)
    else:
        entry.made(EmergencyLine.objects.create(centre=centre, kind=kind, **values))
    return entry.close()


def _create(row: Practice, centre: Centre, km: Decimal | None, by: User) -> Practice:
    entry = book.open_entry(by=by, verb="carnet.create")
    if row.professional:
        row.professional.save()
        entry.made(row.professional)
    if row.structure:
        row.structure = _structure_like(row.structure, entry)
    row.confirmed_on, row.confirmed_by = weeks.today(), by
    row.keep_words()
    row.save()
    entry.made(row)
    entry.made(CentreLink.objects.create(practice=row, centre=centre, km=_tenths(km)))
    entry.close()
    return row


def _tenths(km: Decimal | None) -> Decimal | None:
    """As the column keeps it, so that the book and the row say the same."""
    return None if km is None else km.quantize(Decimal("0.1"))


def _structure_like(given: Structure, entry: book.Entry) -> Structure:
    """The structure of the same kind, name and town when the carnet has it, else the given one, stored."""
    given.keep_key()
    standing = Structure.objects.filter(key=given.key).first()
    if standing:
        return standing
    given.save()
    entry.made(given)
    return given


def _take(row: Row, version: int) -> Row:
    """The row as it stands, held until the transaction ends; Stale when it has moved since `version` was read."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    fresh = rows.filter(pk=row.pk, version=version).first()
    if fresh is None:
        raise Stale(STALE)
    return fresh


def _put(row: Row, values: dict, entry: book.Entry) -> None:
    """Store values that differ, with the next version; Refusal when the database says that it is there already."""
    before = book.snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    if book.snapshot(row) == before:
        return
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refusal(TWICE) from error
    entry.changed(row, before)


def _change_link(practice: Practice, version: int, centre: Centre, values: dict, entry: book.Entry) -> ChangeSet | None:
    """Change what ties an entry to a centre; whoever read the entry before must read it again."""
    fresh = _take(practice, version)
    link = CentreLink.objects.filter(practice=fresh, centre=centre).first()
    before = book.snapshot(link) if link else None
    link = link or CentreLink(practice=fresh, centre=centre)
    for name, value in values.items():
        setattr(link, name, value)
    link.save()
    if before is None:
        entry.made(link)
    else:
        entry.changed(link, before)
    return _next_version(fresh, entry)


def _next_version(fresh: Practice, entry: book.Entry) -> ChangeSet | None:
    """Close a gesture on the links of an entry; its version moves when the gesture changed something."""
    done = entry.close()
    if done:
        Practice.objects.filter(pk=fresh.pk).update(version=fresh.version + 1)
    return done


_ENTRIES: dict[type, Callable[[models.Model], dict]] = {
    Professional: lambda row: {"professional": row},
    Structure: lambda row: {"structure": row},
    Practice: lambda row: {"pk": row.pk},
}


def _entries_of(row: models.Model) -> models.QuerySet[Practice]:
    """The entries whose words a change of `row` may change."""
    return Practice.objects.whole().filter(**_ENTRIES[type(row)](row))
