"""Finds the rota in a workbook: which sheet, which heading row, which column is which place, which row which week."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from directory import names
from directory.imports.files import Source, read_sheets
from directory.imports.near import nearest
from directory.imports.reports import BadValue, Report, Unreadable, cell, fix
from directory.imports.sheets import Sheet
from directory.imports.values import text
from directory.models import Centre
from rotas.imports.cells import is_open
from rotas.imports.week_labels import is_week, read_week

HEAD_ROWS = 40
FEWEST_WEEKS = 4  # one row in four at least is a week; the others are titles, totals, legends
_PLACE = re.compile(
    r"(.+?)(?: (?:place|poste|medecin|no|n))* ?([1-9])(?: ?(?:er|ere|e|eme|nd|nde))?(?: (?:place|poste|medecin))?"
)
_WEEK_WORDS = ("semaine", "semaines", "sem", "s", "n semaine", "no semaine", "n de semaine", "numero de semaine")
_WEEK_WORDS += ("num semaine", "semaine n", "semaine no", "week", "semaine iso", "semaine du", "lundi")
_HELPERS = {
    *("date", "dates", "du", "au", "jours", "mois", "annee", "periode", "vacances", "vacances scolaires", "feries"),
    *("jours feries", "zone", "total", "totaux", "note", "notes", "commentaire", "commentaires", "remarque"),
    *("remarques", "observation", "observations", "divers", "info", "infos", "semaine", "sem"),
}

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_FULL_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{1,2}(?:er)? [^\W\d]+ \d{4}")


@dataclass(frozen=True)
class Column:
    """A column of the rota: the place of a centre."""

    index: int
    centre: Centre
    place: int


@dataclass(frozen=True)
class Row:
    """A week of the rota: the raw cell of each place column."""

    number: int
    monday: date
    cells: dict[Column, object]


@dataclass
class Layout:
    """A sheet whose places are known."""

    sheet: Sheet
    heading: int
    week_index: int
    columns: list[Column] = field(default_factory=list)

    def where(self, row: int, index: int):
        """A cell, as the report names it."""
        return cell(self.sheet.name, row, index)


class CentreNames:
    """The centres by what a heading says of them."""

    def __init__(self, centres: list[Centre]) -> None:
        self._centres: dict[str, list[Centre]] = {}
        for centre in centres:
            self._centres.setdefault(names.fold(centre.name), []).append(centre)

    def find(self, heading: object) -> tuple[Centre, int | None] | None:
        """The centre and the place that a heading names (`Nièvre (2)`); None when it names none, or several."""
        folded = names.fold(text(heading))
        found = re.fullmatch(_PLACE, folded)
        for name, place in ((folded, None), (found.group(1), int(found.group(2))) if found else ("", None)):
            if len(self._centres.get(name, ())) == 1:
                return self._centres[name][0], place
        return None

    def near(self, heading: object) -> tuple[str, ...]:
        """The names of centres that a heading may have meant."""
        return nearest(text(heading), [str(centre) for found in self._centres.values() for centre in found])

    def score(self, row: list[object]) -> int:
        """How many cells of a row name a centre."""
        return sum(self.find(value) is not None for value in row)


def read_layout(source: Source, centres: list[Centre], cells: Mapping[str, str] | None = None) -> Layout:
    """The first sheet whose headings name centres of Relais, above rows of weeks; Unreadable when there is none.

    `cells` are those that somebody corrected, by their address.
    """
    if not centres:
        raise Unreadable("Relais n’a encore aucun centre : importez d’abord les centres.")
    by_name = CentreNames(centres)
    named = False
    for sheet in read_sheets(source, score=by_name.score, merged=True):
        heading, score = _heading(sheet, by_name)
        named = named or bool(score)
        index = _week_index(sheet, heading, by_name) if score else None
        if index is not None:
            sheet.correct(cells or {})
            return Layout(sheet, heading, index)
    if named:
        raise Unreadable("colonne manquante : Semaine (S01, 1, 2026-S01 ou une date par ligne).")
    raise Unreadable(
        "aucune ligne d’en-tête ne nomme un centre de Relais ; colonnes attendues : Semaine, puis les centres."
    )


def _heading(sheet: Sheet, by_name: CentreNames) -> tuple[int, int]:
    """The row, among the first, that names most centres, and how many."""
    rows = list(sheet.rows.items())[:HEAD_ROWS]
    number, row = max(rows, key=lambda item: by_name.score(item[1]))
    return number, by_name.score(row)


def _week_index(sheet: Sheet, heading: int, by_name: CentreNames) -> int | None:
    """The column of the weeks: the one called so, else the first that holds weeks; None when no column does."""
    row = sheet.rows[heading]
    called = [names.fold(text(value)) for value in row]
    candidates = [called.index(word) for word in _WEEK_WORDS if word in called]
    candidates += [index for index in range(_width(sheet)) if _may_head_weeks(_at(row, index), by_name)]
    rows = sum(number > heading for number in sheet.rows)
    for index in candidates:
        if sum(map(is_week, _below(sheet, heading, index))) >= max(1, rows / FEWEST_WEEKS):
            return index
    return None


def _may_head_weeks(value: object, by_name: CentreNames) -> bool:
    """True for a heading that may stand above weeks: blank, words or a year, but no figure of a list of centres."""
    typed = text(value)
    year_or_words = not re.search(r"\d", typed) or bool(re.fullmatch(r"\D*20\d\d\D*", typed))
    return by_name.find(value) is None and year_or_words


def _width(sheet: Sheet) -> int:
    """How many columns the widest row has."""
    return max(len(row) for row in sheet.rows.values())


def _below(sheet: Sheet, heading: int, index: int) -> list[object]:
    """The filled cells of a column under the heading."""
    rows = (row for number, row in sheet.rows.items() if number > heading and index < len(row))
    return [row[index] for row in rows if text(row[index])]


def remark_other_year(layout: Layout, year: int, report: Report) -> None:
    """Say so when the sheet's name or its title speak of other years only: the wrong file is easily taken."""
    titles = [text(value) for n, row in layout.sheet.rows.items() if n < layout.heading for value in row]
    years = {int(y) for title in [layout.sheet.name, *titles] for y in _YEAR.findall(_FULL_DATE.sub("", title))}
    if years and year not in years:
        said = ", ".join(map(str, sorted(years)))
        report.remark(layout.where(layout.heading, 0), f"le titre dit {said}, le fichier est lu pour {year}")


def find_columns(layout: Layout, centres: list[Centre], report: Report) -> None:
    """Name the place of each column; refuse headings that name no centre, or a place named before, if not empty."""
    by_name = CentreNames(centres)
    row = _spread(layout.sheet, layout.heading)
    named = {i: by_name.find(value) for i, value in enumerate(row) if i != layout.week_index}
    claimed = {(found[0].pk, found[1]) for found in named.values() if found and found[1]}
    taken: set[tuple[int, int]] = set()
    for index in range(max(_width(layout.sheet), len(row))):
        value = row[index] if index < len(row) else None
        found = named.get(index)
        if index == layout.week_index or (not found and names.fold(text(value)) in _HELPERS):
            continue
        if found is None:
            why, near = ("centre inconnu", by_name.near(value)) if text(value) else ("colonne sans en-tête", ())
            _refuse_heading(layout, index, value, why, report, near)
            continue
        centre, place = found
        place = place or next(n for n in range(1, 100) if (centre.pk, n) not in claimed | taken)
        if (centre.pk, place) in taken:
            _refuse_heading(layout, index, value, "cette place a déjà une colonne", report)
            continue
        taken.add((centre.pk, place))
        layout.columns.append(Column(index, centre, place))


def _refuse_heading(
    layout: Layout, index: int, value: object, why: str, report: Report, near: tuple[str, ...] = ()
) -> None:
    """One line for the whole column, when something stands in it."""
    if _below(layout.sheet, layout.heading, index):
        where = layout.where(layout.heading, index)
        report.refuse(where, text(value), f"{why} : la colonne est laissée de côté", near=near)


def _spread(sheet: Sheet, number: int) -> list[object]:
    """A row in which each merged cell is repeated over its columns."""
    row = list(sheet.rows[number])
    for merge in sheet.merges:
        if merge.top == number:
            row += [None] * (merge.right + 1 - len(row))
            row[merge.left : merge.right + 1] = [row[merge.left]] * (merge.right + 1 - merge.left)
    return row


def read_rows(layout: Layout, year: int, report: Report) -> list[Row]:
    """The weeks in order; the cells of a row whose week cannot be read, or came before, are refused."""
    heading = [text(value) for value in layout.sheet.rows[layout.heading]]
    merged = _merged_values(layout)
    found: dict[date, Row] = {}
    for number, raw in layout.sheet.rows.items():
        if number <= layout.heading or [text(value) for value in raw] == heading:
            continue
        cells = {c: merged.get((number, c.index), _at(raw, c.index)) for c in layout.columns}
        label = _at(raw, layout.week_index)
        try:
            monday = read_week(label, year)
            if monday in found:
                raise BadValue(f"la semaine {text(label)} est déjà à la ligne {found[monday].number}")
        except BadValue as error:
            if names.fold(text(label)) not in _HELPERS:
                _refuse_row(layout, number, cells, str(error), report)
            continue
        found[monday] = Row(number, monday, cells)
    return list(found.values())


def _refuse_row(layout: Layout, number: int, cells: dict[Column, object], why: str, report: Report) -> None:
    """One line a cell that asks for something: an open place asks for nothing. The week is what to correct."""
    label = _at(layout.sheet.rows[number], layout.week_index)
    week = fix(layout.where(number, layout.week_index), "Semaine", text(label))
    for column, value in cells.items():
        if not is_open(value):
            report.refuse(layout.where(number, column.index), text(value), why, at=week)


def _at(row: list[object], index: int) -> object:
    return row[index] if index < len(row) else None


def _merged_values(layout: Layout) -> dict[tuple[int, int], object]:
    """Cells merged within the place columns: each says what the first says. Wider ones are titles."""
    places = {column.index for column in layout.columns}
    values = {}
    for merge in layout.sheet.merges:
        columns = range(merge.left, merge.right + 1)
        if merge.top > layout.heading and places.issuperset(columns):
            value = _at(layout.sheet.rows.get(merge.top, []), merge.left)
            values |= {(row, i): value for row in range(merge.top, merge.bottom + 1) for i in columns}
    return {place: value for place, value in values.items() if place not in layout.sheet.corrected}
