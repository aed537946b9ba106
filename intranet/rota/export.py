"""Writes the rota as a workbook: the grid as on screen, and one line a place and week, without a formula anywhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from directory import weeks
from intranet.rota import cells
from intranet.rota.shown import Shown
from rotas import queries
from rotas.queries import CENTRE, FIRST_DAY, FIRST_NAME, HELD, LAST_NAME, MISSED, MONDAY, NEED, NOTE, NUMBER, SLOT
from rotas.states import State, state_of, strongest

FILLS = {
    State.OPEN: "FBE3DC",
    State.OPTION: "FDF3D8",
    State.CONFIRMED: "E6F1EA",
    State.CLOSED: "E3DDD1",
    State.WANTED: "FFF7F4",
    State.UNKNOWN: "EEF1EF",
    State.MISSED: "E9B7AB",
}
HEAD = "F4F0E6"
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
A4 = Worksheet.PAPERSIZE_A4
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# What a spreadsheet takes for the start of a formula when somebody types in the cell.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST = 32_767  # signs that a cell can hold
LISTED = ("Semaine", "Du", "Au", "Centre", "Département", "Place", "État", "Médecin", "Note")
LIST_WIDTHS = (11, 12, 12, 24, 13, 7, 16, 34, 40)


@dataclass(frozen=True)
class Place:
    """A place in a week: what both sheets say of it."""

    centre: int
    monday: date
    number: int
    state: State
    people: str
    notes: str


def workbook(shown: Shown, *, names: bool) -> tuple[BytesIO, int]:
    """A file at its start, and how many places it holds; people are in it only with `names`. One query.

    Rows go to disk as they are written: only the finished file, a megabyte for 200 centres and a year, is in memory.
    """
    places = list(_places(shown, names=names))
    book = Workbook(write_only=True)
    _grid(book.create_sheet("Rotation"), shown, places)
    kept = _list(book.create_sheet("Liste"), shown, places, names=names)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file, kept


def _places(shown: Shown, *, names: bool) -> Iterator[Place]:
    """The places that are shown, one each whatever the number of people in them."""
    rows: dict[int, list[Sequence]] = {}
    for row in queries.places(shown.first, shown.last, shown.ids, names=names):
        rows.setdefault(row[SLOT], []).append(row)
    this_week = weeks.monday_of(weeks.today())
    for mine in rows.values():
        row, held = mine[0], strongest(one[HELD] for one in mine)
        state = state_of(
            held=held,
            closed=(row[CENTRE], row[MONDAY]) in shown.shut,
            missed=row[MISSED],
            wanted=row[NEED] == "wanted",
            past=row[MONDAY] < this_week,
        )
        people = sorted(mine, key=lambda one: one[FIRST_DAY]) if held and names else []
        said = " et ".join(map(_person, people))
        notes = "\u202f; ".join(one[NOTE] for one in people if one[NOTE])
        yield Place(row[CENTRE], row[MONDAY], row[NUMBER], state, said, notes)


def _person(row: Sequence) -> str:
    """`Dr Zoé Roy`, with the days when they are not the whole week, and what is only proposed."""
    facts = []
    if not cells.is_whole_week(row):
        facts.append(cells.days_in_short(row))
    if row[HELD] == "option":
        facts.append(State.OPTION.label)
    name = cells.full_name(row[FIRST_NAME], row[LAST_NAME])
    return f"{name} ({', '.join(facts)})" if facts else name


def _grid(sheet, shown: Shown, places: list[Place]) -> None:
    """Centre, place, then a column a week; as on screen, only lines in which a week stands in the state asked."""
    mondays = _mondays(shown, places)
    column = {monday: i for i, monday in enumerate(mondays)}
    lines: dict[tuple[int, int], list[Place | None]] = {}
    for place in places:
        line = lines.setdefault((place.centre, place.number), [None] * len(mondays))
        line[column[place.monday]] = place
    _frame(sheet, (24, 13, 7, *(22 for _ in mondays)), freeze="D2")
    sheet.append([_head(sheet, name) for name in LISTED[3:6]] + [_head(sheet, monday) for monday in mondays])
    for centre in shown.centres:
        for (_, number), line in sorted(item for item in lines.items() if item[0][0] == centre.pk):
            if not shown.state or any(place and place.state == shown.state for place in line):
                first = [_text(sheet, centre.name), _text(sheet, centre.department), number]
                sheet.append(first + [_state(sheet, place) for place in line])


def _mondays(shown: Shown, places: list[Place]) -> list[date]:
    """The weeks of the grid: those asked, or for an open end those in which there is a place."""
    if shown.last - shown.first < 60 * weeks.WEEK:
        return list(weeks.mondays_between(shown.first, shown.last))
    found = [place.monday for place in places]
    return list(weeks.mondays_between(min(found), max(found))) if found else []


def _list(sheet, shown: Shown, places: list[Place], *, names: bool) -> int:
    """One line a place and week, in reading order; returns how many."""
    order = {centre.pk: (number, centre) for number, centre in enumerate(shown.centres)}
    kept = [place for place in places if place.centre in order and shown.state in ("", place.state)]
    count = len(LISTED) if names else len(LISTED) - 2
    _frame(sheet, LIST_WIDTHS[:count], freeze="A2")
    sheet.auto_filter.ref = f"A1:{get_column_letter(count)}{len(kept) + 1}"
    sheet.append([_head(sheet, name) for name in LISTED[:count]])
    for place in sorted(kept, key=lambda one: (one.monday, order[one.centre][0], one.number)):
        centre = order[place.centre][1]
        days = [_day(sheet, place.monday), _day(sheet, place.monday + timedelta(days=6))]
        where = [_text(sheet, centre.name), _text(sheet, centre.department), place.number]
        people = [_text(sheet, place.people), _text(sheet, place.notes)] if names else []
        state = _text(sheet, place.state.label, fill=FILLS[place.state])
        sheet.append([_text(sheet, weeks.label(place.monday)), *days, *where, state, *people])
    return len(kept)


def _frame(sheet, widths: Iterable[int], *, freeze: str) -> None:
    """What must be said of a sheet before its first row: widths, what stays in sight, and how it prints."""
    sheet.freeze_panes = freeze
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = "1:1"


def _head(sheet, value: str | date) -> Cell:
    """A heading: a word, or a Monday shown with its week."""
    cell = _day(sheet, value) if isinstance(value, date) else _text(sheet, value)
    if isinstance(value, date):
        cell.number_format = f'"{weeks.label(value)} ("dd/mm/yyyy")"'
    cell.font, cell.fill = BOLD, _fill(HEAD)
    return cell


def _state(sheet, place: Place | None) -> Cell | None:
    """A cell of the grid: who, or the state in words, on the state's colour; nothing where there is no place."""
    if place is None:
        return None
    words = place.people or place.state.label
    cell = _text(sheet, f"{words}\n{place.notes}" if place.notes else words, fill=FILLS[place.state])
    cell.alignment = WRAPPED
    return cell


def _day(sheet, day: date) -> Cell:
    """A real date."""
    cell = WriteOnlyCell(sheet, value=day)
    cell.number_format = "dd/mm/yyyy"
    return cell


@cache
def _fill(colour: str) -> PatternFill:
    """One fill a colour, shared by thousands of cells."""
    return PatternFill("solid", fgColor=colour)


def _text(sheet, text: str, *, fill: str = "") -> Cell:
    """A text that stays one: typed as such, and marked so when it would become a formula once edited by hand."""
    cell = WriteOnlyCell(sheet)
    cell.value = UNWRITABLE.sub(" ", text)[:LONGEST]
    cell.data_type = "s"
    if text.startswith(RISKY):
        cell.quotePrefix = True
    if fill:
        cell.fill = _fill(fill)
    return cell
