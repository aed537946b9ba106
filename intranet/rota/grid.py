"""Assembles the grid of centres × weeks from tuples: the quick way to a page of two thousand cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from directory import rights, weeks
from directory.french import opening_days_in_short
from directory.models import User
from intranet.rota import cells
from rotas import open_days, queries
from rotas.models import Slot
from rotas.permissions import can_see_names
from rotas.queries import CENTRE, MONDAY, NUMBER, SLOT, CentreRow
from rotas.states import State

NEXT_WEEKS = 4  # what a phone shows without leaving the page


@dataclass(frozen=True)
class Line:
    """A place of a centre through the weeks: (slot id, face, link, marks) a week, None where there is no place."""

    centre: CentreRow
    place: int
    cells: list[tuple[int, cells.Face, str, str] | None]


def render_table(user: User, first: date, count: int, *, state: str = "") -> SafeString:
    """The whole grid of `count` weeks from Monday `first`, as `user` may see it. Three queries with the rights."""
    mondays = weeks.mondays(first, count)
    centres, shut = queries.centres_and_closures(mondays[0], mondays[-1])
    return table(lines(user, mondays, centres, shut, state=state), mondays)


def lines(
    user: User,
    mondays: list[date],
    centres: list[CentreRow],
    shut: set[tuple[int, date]],
    *,
    state: str = "",
    limited: bool = False,
) -> list[Line]:
    """The lines of `centres`; with `state`, only those in which a week stands so. One query and the rights.

    `limited` says that `centres` are not all of them, so that the query reads only theirs.
    """
    names = can_see_names(user)
    editable = rights.reach(user, "rota", "E")
    link = reverse("intranet:slot", args=[0]).removesuffix("0/")
    column = {monday: i for i, monday in enumerate(mondays)}
    this_week, at = weeks.monday_of(weeks.today()), timezone.now()
    ids = [centre.pk for centre in centres] if limited else None
    short = {one.pk: open_days.shortened(mondays, one.department, one.opening_days) for one in centres}
    rows, others = _one_row_a_place(queries.places(mondays[0], mondays[-1], ids, names=names))
    found: dict[tuple[int, int], list] = {}
    for row in rows:
        pk, centre, monday, place = row[SLOT], row[CENTRE], row[MONDAY], row[NUMBER]
        more = others.get(pk, [])
        left = short[centre].get(monday) if centre in short else None
        shown = cells.face(row, more, (centre, monday) in shut, monday < this_week, at, names=names, days=left)
        line = found.get((centre, place))
        if line is None:
            line = found[centre, place] = [None] * len(mondays)
        mine = editable.covers(centre)
        line[column[monday]] = (pk, shown, f"{link}{pk}/" if mine else "", cells.marks(row, more) if mine else "")
    return list(_in_order(found, centres, state))


def _one_row_a_place(rows: list[tuple]) -> tuple[list[tuple], dict[int, list[tuple]]]:
    """The first row of each place, and by slot id the rows of further people in it."""
    seen, first, others = set(), [], {}
    for row in rows:
        if row[SLOT] in seen:
            others.setdefault(row[SLOT], []).append(row)
        else:
            seen.add(row[SLOT])
            first.append(row)
    return first, others


def is_editable(found: Iterable[Line]) -> bool:
    """True when one of these cells can be edited by who asked for them."""
    return any(mark for line in found for _, _, _, mark in filter(None, line.cells))


def _in_order(found: dict[tuple[int, int], list], centres: list[CentreRow], state: str) -> Iterable[Line]:
    """The lines by centre then place, without those that have no week in `state`."""
    places: dict[int, list[int]] = {}
    for centre, place in sorted(found):
        places.setdefault(centre, []).append(place)
    for centre in centres:
        for place in places.get(centre.pk, ()):
            line = found[centre.pk, place]
            if not state or any(cell[1].state == state for cell in filter(None, line)):
                yield Line(centre, place, line)


def table(found: list[Line], mondays: list[date]) -> SafeString:
    """The grid's head and body, to stand inside `<table>`; empty when there is no line."""
    if not found:
        return SafeString("")
    said = [cells.week_said(monday) for monday in mondays]
    parts = [_head(mondays)]
    groups: dict[CentreRow, list[Line]] = {}
    for line in found:
        groups.setdefault(line.centre, []).append(line)
    for centre, mine in groups.items():
        parts.append("<tbody>")
        head = _centre_heading(centre, len(mine))
        for line in mine:
            parts.append(f"<tr>{head}{_cells(line, said)}</tr>")
            head = ""
        parts.append("</tbody>")
    parts.append(_foot(found, len(mondays)))
    return mark_safe("".join(parts))  # noqa: S308 — names are escaped in `cells` and `_centre_heading`


def _cells(line: Line, said: list[str]) -> str:
    """The cells of a line."""
    where = f", {escape(line.centre.name)}, place {line.place}"
    td, parts = cells.td, []
    for cell, week in zip(line.cells, said, strict=True):
        if cell is None:
            parts.append(cells.NO_PLACE)
        else:
            slot, shown, link, mark = cell
            parts.append(td(slot, shown, week + where, link, mark))
    parts.append(cells.end(_holes(line.cells)))
    return "".join(parts)


def _holes(found: Iterable[tuple | None]) -> int:
    """How many of these cells are to be filled."""
    return sum(1 for cell in found if cell and cell[1].state == State.OPEN)


def _foot(found: list[Line], count: int) -> str:
    """The holes of each of the `count` weeks, and of all."""
    columns = [_holes(line.cells[i] for line in found) for i in range(count)]
    ends = "".join(map(cells.end, [*columns, sum(columns)]))
    return f'<tfoot><tr><th scope="row" class="end">À pourvoir</th>{ends}</tr></tfoot>'


def _centre_heading(centre: CentreRow, places: int) -> str:
    """The heading of a centre's lines: its name, its department, the days on which it opens."""
    days = opening_days_in_short(centre.opening_days)
    scope = f'scope="rowgroup" rowspan="{places}"' if places > 1 else 'scope="row"'
    name, department = escape(centre.name), escape(centre.department)
    return f'<th {scope}>{name} <small>{department}</small><small class="days">{days}</small></th>'


def _head(mondays: list[date]) -> str:
    """One heading a week, with the year where it changes and a mark on the current week."""
    this_week, year, parts = weeks.monday_of(weeks.today()), None, []
    for monday in mondays:
        iso = monday.isocalendar()
        shown = f" <em>{iso.year}</em>" if iso.year != year else ""
        year = iso.year
        now = '<span class="now">cette semaine</span>' if monday == this_week else ""
        mark = ' class="current"' if now else ""
        feast = open_days.names_of_week(monday)
        now += f'<span class="feast">{escape(feast)}</span>' if feast else ""
        parts.append(
            f'<th scope="col"{mark}>S{iso.week:02d}{shown}<small>{cells.day_of_heading(monday)}</small>{now}</th>'
        )
    parts.append('<th scope="col" class="end">À pourvoir</th>')
    return f'<thead><tr><th scope="col">Centre</th>{"".join(parts)}</tr></thead>'


def alone(user: User, slots: Iterable[int], *, swap: str = "") -> dict[int, SafeString]:
    """Slot id → its cell as the whole table has it, for answers of a few cells. One query and the rights."""
    names = can_see_names(user)
    found: dict[int, tuple[list[tuple], CentreRow, bool]] = {}
    for row, centre, closed in queries.places_alone(slots, names=names):
        found.setdefault(row[SLOT], ([], centre, closed))[0].append(row)
    return {pk: _alone(user, *place, names=names, swap=swap) for pk, place in found.items()}


def changed(user: User, slot: Slot) -> SafeString:
    """The same for a place that a gesture has just changed and that `user` may edit: nothing is read."""
    rows = [queries.row_of(slot, holder) for holder in slot.holders or [None]]
    centre = CentreRow(slot.centre_id, slot.centre.name, slot.centre.department, slot.centre.opening_days)
    return _alone(user, rows, centre, slot.closed, names=True)


def _alone(
    user: User, rows: list[tuple], centre: CentreRow, closed: bool, *, names: bool, swap: str = ""
) -> SafeString:
    """The cell of a place: its rows of `queries.places`."""
    row, *others = rows
    over = row[MONDAY] < weeks.monday_of(weeks.today())
    left = open_days.days_left(centre.department, centre.opening_days, row[MONDAY])
    shown = cells.face(row, others, closed, over, timezone.now(), names=names, days=left)
    where = f"{cells.week_said(row[MONDAY])}, {escape(centre.name)}, place {row[NUMBER]}"
    mine = rights.reach(user, "rota", "E").covers(centre.pk)
    link, mark = (reverse("intranet:slot", args=[row[SLOT]]), cells.marks(row, others)) if mine else ("", "")
    return mark_safe(cells.td(row[SLOT], shown, where, link, mark, swap))  # noqa: S308 — escaped in `cells`


def weeks_as_cards(found: list[Line], mondays: list[date]) -> list[tuple[str, date, SafeString]]:
    """The first weeks to come as (label, Monday, items of a list), for screens too narrow for a table."""
    this_week = weeks.monday_of(weeks.today())
    start = mondays.index(this_week) if this_week in mondays else 0
    cards = []
    for i, monday in enumerate(mondays[start : start + NEXT_WEEKS], start=start):
        items = "".join(_card(line, i) for line in found if line.cells[i])
        cards.append((weeks.label(monday), monday, mark_safe(items)))  # noqa: S308 — names are escaped in `_card`
    return cards


def _card(line: Line, week: int) -> str:
    """One place of one week."""
    _, shown, link, _ = line.cells[week]
    place = f", place {line.place}" if line.place > 1 else ""
    seen = f'<a href="{link}">{shown.seen}</a>' if link else f"<span>{shown.seen}</span>"
    where = f'<span class="where">{escape(line.centre.name)}{place}</span>'
    return f'<li class="{cells.CSS[shown.state]}">{where} {seen}</li>'
