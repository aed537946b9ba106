"""Writes one cell of the grid as HTML: the only place that does, for a page of thousands and for one alone.

Plain f-strings, since a template per cell is twenty times slower. Names are the only free text and are escaped
here; all else is our own words, numbers and dates.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from django.utils.html import escape

from directory.french import DAYS, week_days
from rotas.queries import (
    DOCTOR,
    EXPIRES,
    FIRST_DAY,
    FIRST_NAME,
    HELD,
    LAST_DAY,
    LAST_NAME,
    MISSED,
    MONDAY,
    NEED,
    NOTE,
    VERSION,
)
from rotas.states import State, state_of, strongest

SIGNS = {
    State.OPEN: "+",
    State.OPTION: "?",
    State.CONFIRMED: "✓",
    State.CLOSED: "×",
    State.WANTED: "+",
    State.UNKNOWN: "…",
    State.MISSED: "!",
}
CSS = {
    State.OPEN: "open",
    State.OPTION: "option",
    State.CONFIRMED: "sure",
    State.CLOSED: "shut",
    State.WANTED: "wanted",
    State.UNKNOWN: "unknown",
    State.MISSED: "missed",
}
# What a cell shows when nobody's name is in it.
ALONE = {state: f"<b>{sign}\u00a0{state.label.capitalize()}</b>" for state, sign in SIGNS.items()}
CONFIRMED, PROPOSED = State.CONFIRMED.label, State.OPTION.label
SEEN_CONFIRMED, SEEN_PROPOSED = f"{SIGNS[State.CONFIRMED]} {CONFIRMED}", f"{SIGNS[State.OPTION]} {PROPOSED}"
NO_PLACE = '<td class="none"><span class="visually-hidden">pas de place</span><span aria-hidden="true">—</span></td>'
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_INITIALS = re.compile(r"[^\s-]+")


class Face(NamedTuple):
    """What a place shows: its class, what is seen, and the same said in full to those who do not see."""

    state: State
    seen: str
    said: str


@lru_cache(maxsize=4096)
def short_name(first_name: str, last_name: str) -> str:
    """`J.-P. Gallet`, as typed, not escaped; the name alone when the first name is unknown."""
    initials = _INITIALS.sub(lambda word: f"{word[0][0]}.", first_name.strip())
    return f"{initials} {last_name}".strip()


@lru_cache(maxsize=4096)
def _escaped_names(first_name: str, last_name: str) -> tuple[str, str]:
    """The short and the full name, ready for HTML."""
    return escape(short_name(first_name, last_name)), escape(full_name(first_name, last_name))


def full_name(first_name: str, last_name: str) -> str:
    """`Dr Jean-Paul Gallet`, as `Doctor` says it, from two columns."""
    return f"Dr {first_name} {last_name}".replace("  ", " ")


@lru_cache(maxsize=1024)
def day_of_heading(day: date) -> str:
    """`23 nov.`, `1er févr.`: a day where room is short."""
    return f"{'1er' if day.day == 1 else day.day} {SHORT_MONTHS[day.month - 1]}"


@lru_cache(maxsize=1024)
def week_said(monday: date) -> str:
    """`S12, du 16 au 22 mars`: the year only when the week is in two of them."""
    return f"S{monday.isocalendar().week:02d}, {week_days(monday)}"


def face(
    row: Sequence,
    others: list[Sequence],
    closed: bool,
    past: bool,
    at: datetime,
    *,
    names: bool,
    days: int | None = None,
) -> Face:
    """What the place of `row` shows; `others` are the rows of further people in it (two halves of a week).

    Rows are tuples of `rotas.queries.places`. Without `names` nothing of a person is read. `days` are those that a
    public holiday leaves of the week.
    """
    state, seen, said = _face(row, others, closed, past, at, names=names)
    if days is None or state == State.CLOSED:
        return Face(state, seen, said)
    left = f"{days}\u00a0jour{'s' if days > 1 else ''}"
    return Face(state, f"{seen}<small>{left}</small>", f"{said}, semaine de {left}")


def _face(
    row: Sequence, others: list[Sequence], closed: bool, past: bool, at: datetime, *, names: bool
) -> tuple[State, str, str]:
    """The same of a whole week."""
    held = strongest(one[HELD] for one in (row, *others)) if others else row[HELD]
    state = state_of(held=held, closed=closed, missed=row[MISSED], wanted=row[NEED] == "wanted", past=past)
    if not held or not names:
        return state, ALONE[state], state.label
    people = [row] if not others else sorted([row, *others], key=itemgetter(FIRST_DAY))
    seen, said = [], []
    for one in people:
        short, full = _escaped_names(one[FIRST_NAME], one[LAST_NAME])
        seen.append(f"<b>{short}</b><i>{_standing(one, at)}</i>")
        said.append(f"{full}, {_standing_said(one)}")
    return state, "".join(seen), " et ".join(said)


def _standing(row: Sequence, at: datetime) -> str:
    """`✓ confirmé`, `? proposé · 3 j`, `✓ confirmé · lun.–mer. · note`."""
    text = f"{SEEN_PROPOSED}{_days_left(row[EXPIRES], at)}" if row[HELD] == "option" else SEEN_CONFIRMED
    if not is_whole_week(row):
        text += f" · {days_in_short(row)}"
    return f"{text} · note" if row[NOTE] else text


def _standing_said(row: Sequence) -> str:
    """The same in full: `proposé, du lundi au mercredi, avec une note`."""
    text = PROPOSED if row[HELD] == "option" else CONFIRMED
    if not is_whole_week(row):
        text += f", du {DAYS[row[FIRST_DAY].weekday()]} au {DAYS[row[LAST_DAY].weekday()]}"
    return f"{text}, avec une note" if row[NOTE] else text


def is_whole_week(row: Sequence) -> bool:
    """True when who holds the place of `row` does so from Monday to Sunday."""
    return row[FIRST_DAY] == row[MONDAY] and (row[LAST_DAY] - row[MONDAY]).days == 6


def days_in_short(row: Sequence) -> str:
    """`lun.–mer.`"""
    return f"{DAYS[row[FIRST_DAY].weekday()][:3]}.–{DAYS[row[LAST_DAY].weekday()][:3]}."


def _days_left(expires: datetime | None, at: datetime) -> str:
    """` · 3 j` before a proposal's deadline, ` · échu` after it, nothing when it has none."""
    if expires is None:
        return ""
    left = (expires - at).total_seconds()
    return f" ·\u00a0{-int(-left // 86400)}\u00a0j" if left > 0 else " ·\u00a0échu"


def marks(row: Sequence, others: list[Sequence]) -> str:
    """What an editor needs to know of a place: the version that it read, and who holds it alone."""
    mark = f' data-v="{row[VERSION]}"'
    return f'{mark} data-d="{row[DOCTOR]}"' if row[HELD] and not others else mark


def td(slot: int, shown: Face, where: str, link: str, mark: str = "", swap: str = "") -> str:
    """The cell of place `slot`. `where` is its week, centre and number, escaped; `link` its page, empty for none.

    `mark` is what `marks` says of it, for those who may edit it; `swap` has htmx put it in the page by its id.
    """
    css = CSS[shown.state]
    label = f"{where}\u00a0: {shown.said}"
    if link:
        return f'<td id="s{slot}" class="{css}"{mark}{swap}><a href="{link}" aria-label="{label}">{shown.seen}</a></td>'
    return (
        f'<td id="s{slot}" class="{css}"{swap}><span class="visually-hidden">{label}</span>'
        f'<span aria-hidden="true">{shown.seen}</span></td>'
    )


def end(holes: int) -> str:
    """The end of a line or a column: how many of its places are to be filled."""
    return f'<td class="end"><b>{holes}</b><span class="visually-hidden"> à pourvoir</span></td>'


def legend() -> list[tuple[str, str, str]]:
    """(class, sign, word) of each state, in the order of the screens."""
    return [(CSS[state], SIGNS[state], state.label) for state in State]
