"""Tells the story of a place from the book of changes: who did what, when, and about whom."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from directory import book
from directory.models import Change, ChangeSet, Doctor, User
from directory.models.book import Source
from rotas.models import Slot
from rotas.slots import week_subject

SHOWN = 20
WORDS = {"option": "proposé", "confirmed": "confirmé"}


@dataclass(frozen=True)
class Told:
    """One line of the story."""

    at: datetime
    who: str
    what: str
    reason: str
    gesture: int | None  # the id of a gesture that the reader may take back


def story(slot: Slot, reader: User) -> list[Told]:
    """What happened to a place and to its week, newest first, as `reader` may take it back. Four queries."""
    changes = [
        *book.history(f"rotas.slot:{slot.pk}")[:SHOWN],
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
            reason=change.change_set.reason,
            gesture=_own(change.change_set, reader) if change.change_set_id not in undone else None,
        )
        for change in changes
    ]


def who_changed(slot: Slot, reader: User) -> str:
    """« Claire Roux a mis Dr Petit ici il y a 20 s. », of the last change of a place; « Vous avez … » for oneself."""
    change = book.history(f"rotas.slot:{slot.pk}").first()
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
    local = timezone.localtime(at)
    return f"le {local:%d/%m/%Y} à {local.hour}\u00a0h\u00a0{local:%M}"


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
    doctor = doctors.get((after or before)["doctor_id"], "Un médecin parti depuis")
    state = WORDS.get((after or {}).get("state", ""), "")
    return f"{prefix}{doctor} {state or 'retiré'}"


def _slot_words(before: dict | None, after: dict | None) -> str:
    """What happened to the place itself."""
    if before is None or after is None:
        return "place créée" if before is None else "place supprimée"
    if before["missed"] != after["missed"]:
        return "semaine notée manquée" if after["missed"] else "semaine qui n’est plus manquée"
    return "place modifiée"
