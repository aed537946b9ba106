"""Tells the story of a place from the book of changes: who did what, when, and about whom."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from directory import book, french
from directory.models import Change, ChangeSet, Doctor, User
from directory.models.book import Source
from rotas.models import AssignmentState, CancelledBy, CancelReason, Slot
from rotas.slots import place_subject, week_subject

SHOWN = 20
GONE = "Un médecin parti depuis"
WORDS = {state.value: state.label for state in (AssignmentState.OPTION, AssignmentState.CONFIRMED)}


@dataclass(frozen=True)
class Told:
    """One line of the story: who did what, when, how, from what to what, and why."""

    at: datetime
    who: str
    what: str
    how: str  # by hand, by an import, by an undo, by itself
    before: str
    after: str
    reason: str
    gesture: int | None  # the id of a gesture that the reader may take back


def story(slot: Slot, reader: User) -> list[Told]:
    """What happened to a place and to its week, newest first, as `reader` may take it back. Four queries."""
    changes = [
        *book.history(place_subject(slot.pk))[:SHOWN],
        *book.history(week_subject(slot.centre_id, slot.monday))[:SHOWN],
    ]
    changes = sorted(changes, key=lambda change: -change.pk)[:SHOWN]
    people = User.objects.in_bulk({change.change_set.actor_id for change in changes} - {None})
    doctors = Doctor.objects.in_bulk(
        {side["doctor_id"] for change in changes for side in (change.before, change.after) if _is_held(side)}
    )
    undone = {change.change_set.undoes_id for change in changes}
    return [
        Told(
            at=change.change_set.at,
            who=_who(change, people),
            what=_what(change, doctors),
            how=Source(change.change_set.source).label,
            before=_side(change.table, change.before, doctors),
            after=_side(change.table, change.after, doctors),
            reason=_why(change),
            gesture=_own(change.change_set, reader) if change.change_set_id not in undone else None,
        )
        for change in changes
    ]


def _side(table: str, values: dict | None, doctors: dict[int, Doctor]) -> str:
    """What stood before a change, or after it: a doctor and their state, « libre », « fermé », « ouvert »."""
    if table == "rotas.closure":
        return "fermé" if values else "ouvert"
    if table == "rotas.slot":
        return ("manquée" if values["missed"] else "non manquée") if values else "aucune place"
    state = (values or {}).get("state")
    if state not in WORDS:
        return "libre"
    return f"{doctors.get(values['doctor_id'], GONE)}, {WORDS[state]}{_days(values)}"


def _days(values: dict) -> str:
    """`, du 16 au 18 mars 2026` when it is not the whole week."""
    first, last = date.fromisoformat(values["first_day"]), date.fromisoformat(values["last_day"])
    return "" if (last - first).days == 6 else f", {french.day_range(first, last)}"


def _why(change: Change) -> str:
    """The reason that was given; for a week that was called off, who did and why."""
    after = change.after or {}
    if after.get("cancelled_by"):
        return f"{CancelledBy(after['cancelled_by']).label}\u00a0: {CancelReason(after['cancel_reason']).label}"
    return change.change_set.reason


def who_changed(slot: Slot, reader: User) -> str:
    """« Claire Roux a mis Dr Petit ici il y a 20 s. », of the last change of a place; « Vous avez … » for oneself."""
    change = book.history(place_subject(slot.pk)).first()
    if change is None:
        return "Cette place a changé depuis que vous l’avez lue."
    people = User.objects.in_bulk({change.change_set.actor_id} - {None})
    after = change.after or {}
    doctor = Doctor.objects.filter(pk=(after or change.before).get("doctor_id")).first()
    done = "modifié cette place"
    if doctor:
        put = after.get("state") in WORDS
        done = f"mis {doctor} ici" if put else f"retiré {doctor} d’ici"
    who = "Vous avez" if change.change_set.actor_id == reader.pk else f"{_who(change, people)} a"
    return f"{who} {done} {ago(change.change_set.at)}."


def what_stands(slot: Slot) -> str:
    """Who holds a place loaded with its holders, in words."""
    return " et ".join(f"{one.doctor}, {one.get_state_display()}" for one in slot.holders) or "personne"


def ago(at: datetime, now: datetime | None = None) -> str:
    """`il y a 20 s`, `il y a 5 min`, `il y a 3 h`, `le 21/11/2026 à 14 h 32`."""
    seconds = int(((now or timezone.now()) - at).total_seconds())
    if seconds < 60:
        return f"il y a {max(1, seconds)}\u00a0s"
    if seconds < 3600:
        return f"il y a {seconds // 60}\u00a0min"
    if seconds < 12 * 3600:
        return f"il y a {seconds // 3600}\u00a0h"
    return f"le {french.moment(at)}"


def _own(gesture: ChangeSet, reader: User) -> int | None:
    """The id of a gesture made by hand by who reads."""
    mine = gesture.actor_id == reader.pk and gesture.source == Source.HAND
    return gesture.pk if mine else None


def _is_held(side: dict | None) -> bool:
    return bool(side) and "doctor_id" in side


def _who(change: Change, people: dict[int, User]) -> str:
    """The person, or what acted without one."""
    gesture = change.change_set
    if gesture.actor_id is None:
        return "Relais"
    return str(people.get(gesture.actor_id, "Une personne partie depuis"))


def _what(change: Change, doctors: dict[int, Doctor]) -> str:
    """The change in words; an undo or an import says so."""
    source = change.change_set.source
    prefix = {Source.UNDO: "annulation, ", Source.IMPORT: "import d’un fichier, "}.get(source, "")
    before, after = change.before, change.after
    if change.table == "rotas.closure":
        return f"{prefix}semaine {'fermée' if after else 'rouverte'}"
    if change.table == "rotas.slot":
        return prefix + _slot_words(before, after)
    doctor = doctors.get((after or before)["doctor_id"], GONE)
    state = WORDS.get((after or {}).get("state", ""), "")
    return f"{prefix}{doctor} {state or 'retiré'}"


def _slot_words(before: dict | None, after: dict | None) -> str:
    """What happened to the place itself."""
    if before is None or after is None:
        return "place créée" if before is None else "place supprimée"
    if before["missed"] != after["missed"]:
        return "semaine notée manquée" if after["missed"] else "semaine qui n’est plus manquée"
    return "place modifiée"
