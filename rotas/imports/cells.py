"""Reads one cell of the charity's rota: who is in the place, firmly or not, or that it is open or closed."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from directory import names, patient_data
from directory.imports.reports import BadValue
from directory.imports.values import is_error, text
from directory.imports.workbooks import UNCOMPUTED

NOTE_LENGTH = 280
REASON_LENGTH = 120


class Kind(Enum):
    """What a cell says of its place."""

    OPEN = "open"
    CLOSED = "closed"
    HELD = "held"


@dataclass(frozen=True)
class Cell:
    """A cell as it reads. `note` is what stood in brackets; `lost` says what of it is not kept."""

    kind: Kind
    name: str = ""
    proposed: bool = False
    note: str = ""
    lost: str = ""


_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_UNCLOSED = re.compile(r"[(\[]([^()\[\]]*)$")
_MARKER = re.compile(r"(?:en )?(?:option|opt|a confirmer|a conf|confirmer|propose|proposee|provisoire)")
_TAIL = re.compile(
    r"[\s\-–—,:/.]*(?:(?<![^\W_])(?:en\s+)?(?:option|opt\.?|(?:à|a)\s+conf(?:irmer|\.)?|proposée?|provisoire)|[?？]+)\s*$",
    re.IGNORECASE,
)
_DASHES = re.compile(r"[\s?？\-–—‐‑−./…_]*")
_OPEN_WORDS = {
    *("a pourvoir", "libre", "vacant", "vacante", "place libre", "place vacante", "a trouver", "personne", "vide"),
    *("non pourvu", "non pourvue", "pas pourvu", "pas pourvue", "rien", "poste a pourvoir", "place a pourvoir"),
    *("semaine a pourvoir", "recherche", "en recherche", "ouvert", "ouverte"),
}
_CLOSED = re.compile(r"(?:centre |semaine )?ferme(?:e|s|es)?(?: annuel(?:le)?(?:ment)?| pour .*)?|fermeture\b.*")
_BARE_CLOSED = re.compile(r"(?:centre |semaine )?ferme(?:e|s|es)?|fermeture")


def read_cell(value: object) -> Cell:
    """What a cell says; BadValue when it cannot be a name, an open or a closed place."""
    if is_error(value) or value == UNCOMPUTED:
        raise BadValue("erreur de formule")
    if isinstance(value, int | float | date | datetime):
        raise BadValue("ce n’est pas un nom")
    typed, notes = _take_brackets(text(value))
    markers = [note for note in notes if _is_marker(note)]
    note, lost = _note([note for note in notes if note not in markers])
    typed, proposed = _take_endings(typed, bool(markers))
    folded = names.fold(typed)
    if _CLOSED.fullmatch(folded):
        if proposed:
            raise BadValue("fermeture incertaine : écrivez « fermé », ou laissez la place à pourvoir")
        reason = _reason(typed, folded, note)
        if patient_data.found(reason):
            return Cell(Kind.CLOSED, lost=f"raison non gardée\u00a0: {patient_data.REASON}")
        return Cell(Kind.CLOSED, note=reason, lost=lost)
    if folded in _OPEN_WORDS or _DASHES.fullmatch(typed):
        if markers and not folded:
            raise BadValue("proposé, mais sans nom")
        return Cell(Kind.OPEN, lost=lost or ("note sans médecin, non gardée" if note else ""))
    return Cell(Kind.HELD, typed, proposed, note, lost)


def is_open(value: object) -> bool:
    """True when a cell only says that its place is open."""
    try:
        return read_cell(value).kind is Kind.OPEN
    except BadValue:
        return False


def _reason(typed: str, folded: str, note: str) -> str:
    """Why a place is closed: the words beside « fermé », if any."""
    words = "" if _BARE_CLOSED.fullmatch(folded) else typed.lower() if typed.isupper() else typed
    reason = ", ".join(filter(None, [words, note]))[:REASON_LENGTH]
    return reason[:1].upper() + reason[1:]


def _take_brackets(typed: str) -> tuple[str, list[str]]:
    """The text outside brackets and what stood in each; a bracket that never closes ends with the cell."""
    notes = []

    def take(found: re.Match) -> str:
        notes.append(" ".join(next(filter(None, found.groups()), "").split()))
        return " "

    while _BRACKETS.search(typed):
        typed = _BRACKETS.sub(take, typed)
    typed = _UNCLOSED.sub(take, typed)
    return typed.strip(), [note for note in notes if note]


def _is_marker(note: str) -> bool:
    """True for brackets that say « proposé » rather than a note."""
    return bool(_MARKER.fullmatch(names.fold(note))) or bool(re.fullmatch(r"[?？]+", note))


def _note(notes: list[str]) -> tuple[str, str]:
    """The note to keep and what to say of what is not kept."""
    note = ", ".join(notes)
    if patient_data.found(note):
        return "", f"note non gardée : {patient_data.REASON}"
    if len(note) > NOTE_LENGTH:
        return note[:NOTE_LENGTH].rstrip(), f"note coupée ({NOTE_LENGTH} caractères au plus)"
    return note, ""


def _take_endings(typed: str, proposed: bool) -> tuple[str, bool]:
    """The text without its final `?`, `- option`, `à confirmer`; True when there was one, or was one in brackets."""
    while typed and not _DASHES.fullmatch(typed) and (found := _TAIL.search(typed)):
        typed, proposed = typed[: found.start()].rstrip(), True
    return typed, proposed
