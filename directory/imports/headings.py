"""Finds the heading row of a list and which column is which, by the words that people use for each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from directory import names
from directory.imports.files import Source, read_sheets
from directory.imports.reports import Fix, Unreadable, cell, fix
from directory.imports.sheets import Sheet
from directory.imports.values import text

HEAD_ROWS = 50


@dataclass(frozen=True)
class Column:
    """What one column may be called, best word first; `label` names it in messages."""

    field: str
    label: str
    words: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class Line:
    """One row of a list: the file's line number and its raw cells by field."""

    number: int
    cells: dict[str, object]
    too_long: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet whose columns are known."""

    sheet: Sheet
    heading: int
    columns: dict[str, list[int]]
    labels: dict[str, str]

    def fix(self, number: int, field: str) -> Fix:
        """What to correct for the `field` of a row to read otherwise: its first filled cell."""
        row, columns = self.sheet.rows[number], self.columns[field]
        index = next((i for i in columns if i < len(row) and text(row[i])), columns[0])
        value = text(row[index]) if index < len(row) else ""
        return fix(cell(self.sheet.name, number, index), self.labels[field], value)

    def lines(self) -> Iterator[Line]:
        """The rows under the heading; a missing cell is None, of two columns for a field the first filled one."""
        heading = self.sheet.rows[self.heading]
        width = len(heading)
        for number, row in self.sheet.rows.items():
            if number > self.heading and row != heading:  # some repeat it at each page
                cells = {field: _first(row, columns) for field, columns in self.columns.items()}
                beyond = self.sheet.is_text and any(text(value) for value in row[width:])
                yield Line(number, cells, beyond)


def read_table(source: Source, columns: tuple[Column, ...], cells: Mapping[str, str] | None = None) -> Table:
    """The list in a file; Unreadable when there is no heading row, or says which columns are missing.

    `cells` are those that somebody corrected, by their address.
    """
    sheets = read_sheets(source, score=lambda cells: len(match(cells, columns)))
    sheet, heading, found = max(
        ((sheet, number, match(row, columns)) for sheet in sheets for number, row in _head(sheet)),
        key=lambda candidate: len(candidate[2]),
    )
    missing = [column.label for column in columns if column.required and column.field not in found]
    if not found:
        raise Unreadable(f"aucune ligne d’en-tête reconnue ; colonnes attendues : {', '.join(missing)}.")
    if missing:
        raise Unreadable(f"colonnes manquantes : {', '.join(missing)}.")
    sheet.correct(cells or {})
    return Table(sheet, heading, found, {column.field: column.label for column in columns})


def match(cells: list[object], columns: tuple[Column, ...]) -> dict[str, list[int]]:
    """The indexes of the cells that name each field, best word first."""
    readings = [_readings(value) for value in cells]
    found = {}
    for column in columns:
        ranked = sorted(
            (column.words.index(word), index)
            for index, words in enumerate(readings)
            for word in words
            if word in column.words
        )
        if ranked:
            found[column.field] = list(dict.fromkeys(index for _, index in ranked))
    return found


def _readings(value: object) -> tuple[str, ...]:
    """A heading folded, with and without what stands in brackets: `Inscrit(e) le`, `Date (jj/mm/aaaa)`."""
    if not isinstance(value, str):
        return ()
    typed = text(value)
    return tuple({names.fold(typed), names.fold(re.sub(r"\([^)]*\)", "", typed))} - {""})


def _head(sheet: Sheet) -> list[tuple[int, list[object]]]:
    """The first rows, among which the heading is."""
    return list(sheet.rows.items())[:HEAD_ROWS]


def _first(row: list[object], columns: list[int]) -> object:
    """The first filled cell among these columns."""
    filled = (row[index] for index in columns if index < len(row) and text(row[index]))
    return next(filled, None)
