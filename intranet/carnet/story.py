"""Tells the story of an entry from the book of changes: who changed what, from what to what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from directory import french
from directory.models import Centre, CentreLink, Change, ChangeSet, Practice, Professional, Structure, User
from directory.models.book import Source

SHOWN = 40
MODELS = {model._meta.label_lower: model for model in (Professional, Structure, Practice, CentreLink)}
HIDDEN = {"id", "key", "practice_id", "professional_id", "structure_id", "confirmed_by_id", "centre_id"}
VERBS = {
    "carnet.create": "fiche créée",
    "carnet.confirm": "confirmée « toujours exact »",
    "carnet.archive": "fiche archivée",
    "carnet.bring_back": "fiche rétablie",
}


@dataclass(frozen=True)
class Told:
    """One gesture of the story."""

    at: datetime
    who: str
    what: list[str]
    gesture: int | None  # the id of a gesture that the reader may take back


def subjects_of(practice: Practice) -> list[str]:
    """What the book calls the rows of an entry."""
    owners = [row for row in (practice.professional, practice.structure) if row]
    return [f"{row._meta.label_lower}:{row.pk}" for row in (practice, *owners)]


def story(practice: Practice, reader: User) -> list[Told]:
    """What happened to an entry, newest first, as `reader` may take it back. Four queries."""
    found = Change.objects.filter(subject__in=subjects_of(practice)).select_related("change_set").order_by("-pk")
    changes = list(found[:SHOWN])
    people = User.objects.in_bulk({change.change_set.actor_id for change in changes} - {None})
    centres = dict(Centre.objects.values_list("pk", "name"))
    gestures = {change.change_set_id for change in changes}
    undone = set(ChangeSet.objects.filter(undoes__in=gestures).values_list("undoes", flat=True))
    told = []
    for _, run in groupby(changes, key=lambda change: change.change_set_id):
        rows = list(run)
        gesture = rows[0].change_set
        mine = gesture.pk not in undone and _is_own(gesture, reader)
        what = list(dict.fromkeys(_what(gesture, rows, centres)))
        told.append(Told(gesture.at, _who(gesture, people), what, gesture.pk if mine else None))
    return told


def own_gestures(user: User) -> QuerySet[ChangeSet]:
    """The gestures on the carnet that `user` made by hand: the only ones that they may undo."""
    return ChangeSet.objects.filter(actor_id=user.pk, source=Source.HAND, verb__startswith="carnet.")


def _is_own(gesture: ChangeSet, user: User) -> bool:
    """The same, of a gesture that is read already."""
    return gesture.actor_id == user.pk and gesture.source == Source.HAND and gesture.verb.startswith("carnet.")


def entries_of(change_set: ChangeSet) -> list[Practice]:
    """The entries that a gesture concerned, with their links."""
    rows: dict[str, set[int]] = {label: set() for label in MODELS}
    for change in change_set.changes.all():
        values = change.after or change.before
        if change.table == "directory.centrelink":
            rows["directory.practice"].add(values["practice_id"])
        elif change.table in rows:
            rows[change.table].add(change.row)
    everyone = Practice.objects.whole().prefetch_related("links")
    found = everyone.filter(pk__in=rows["directory.practice"])
    found |= everyone.filter(professional__in=rows["directory.professional"])
    found |= everyone.filter(structure__in=rows["directory.structure"])
    return list(found.order_by("pk"))


def let_go_by(change_set: ChangeSet, centres: set[int]) -> set[int]:
    """The ids of the entries that this gesture took from one of these centres."""
    gone = change_set.changes.filter(table="directory.centrelink", after__isnull=True)
    return {change.before["practice_id"] for change in gone if change.before["centre_id"] in centres}


def sheets_of(change_set: ChangeSet) -> set[int]:
    """The ids of the centres whose emergency sheet a gesture changed."""
    lines = change_set.changes.filter(table="directory.emergencyline")
    return {(change.after or change.before)["centre_id"] for change in lines}


def _who(gesture: ChangeSet, people: dict[int, User]) -> str:
    """The person, or what acted without one."""
    if gesture.actor_id is None:
        return "Relais"
    return str(people.get(gesture.actor_id, "Une personne partie depuis"))


def _what(gesture: ChangeSet, changes: list[Change], centres: dict[int, str]) -> Iterator[str]:
    """The gesture in words: its name, or each field that it changed."""
    prefix = {Source.UNDO: "annulation : ", Source.IMPORT: "import d’un fichier : "}.get(gesture.source, "")
    if gesture.verb in VERBS:
        yield VERBS[gesture.verb]
        return
    for change in reversed(changes):
        if change.table == "directory.centrelink":
            yield prefix + _link(change, centres)
        elif change.before is None or change.after is None:
            yield prefix + ("fiche créée" if change.before is None else "fiche retirée")
        else:
            yield from (prefix + said for said in _fields(change))


def _link(change: Change, centres: dict[int, str]) -> str:
    """What ties the entry to a centre."""
    before, after = change.before, change.after
    centre = centres.get((after or before)["centre_id"], "un centre parti depuis")
    if after is None:
        return f"n’est plus liée à {centre}"
    if before and before["pinned"] != after["pinned"]:
        return f"épinglée par {centre}" if after["pinned"] else f"n’est plus épinglée par {centre}"
    return f"à {_said(after['km'])} km de {centre}" if after["km"] else f"liée à {centre}"


def _fields(change: Change) -> Iterator[str]:
    """Each column that changed, from what to what."""
    meta = MODELS[change.table]._meta
    for name, after in change.after.items():
        before = change.before.get(name)
        if name in HIDDEN or before == after:
            continue
        column = meta.get_field(name)
        choices = dict(column.flatchoices)
        yield f"{column.verbose_name} : {_said(choices.get(before, before))} → {_said(choices.get(after, after))}"


def _said(value: object) -> str:
    """A value of the book as people write it."""
    if value in (None, ""):
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    text = str(value)
    try:
        return french.short_day(date.fromisoformat(text))
    except ValueError:
        return text.replace(".", ",") if text.replace(".", "", 1).isdigit() else text
