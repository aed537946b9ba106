"""Reads Excel workbooks with openpyxl, after a look at their size: a small file may unpack to fill a machine."""

import io
import re
import warnings
import zipfile

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from directory.french import thousands
from directory.imports.reports import Unreadable
from directory.imports.sheets import Merge, Sheet

MAX_UNPACKED = 150_000_000
MAX_GRID = 20_000_000  # unpacked, of a workbook whose merged cells are read: each cell then is an object
MAX_ROWS = 100_000
MAX_CELLS = 5_000_000
MAX_MERGED_CELLS = 100_000
UNCOMPUTED = "(formule sans valeur)"
_MERGE = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
NOT_A_WORKBOOK = "ce n’est pas un classeur Excel lisible (.xlsx)."


def read(data: bytes, *, merged: bool = False) -> list[Sheet]:
    """Every sheet with its rows, hidden ones last (often last year's, kept aside); with `merged`, the merged ranges and
    uncomputed formulas too."""
    try:
        formulas = _look(data, MAX_GRID if merged else MAX_UNPACKED)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves out
            return _grids(data, formulas) if merged else _tables(data)
    except (Unreadable, MemoryError, RecursionError) as error:
        raise Unreadable(str(error) or NOT_A_WORKBOOK) from error
    except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
        raise Unreadable(NOT_A_WORKBOOK) from error


def unpacked(data: bytes) -> int:
    """How many bytes a workbook says that it holds; Unreadable when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return sum(entry.file_size for entry in box.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable(NOT_A_WORKBOOK) from error


def _look(data: bytes, most: int) -> bool:
    """Unreadable when it would unpack too big; True when a sheet holds a formula."""
    formulas = False
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        if sum(entry.file_size for entry in box.infolist()) > most:
            raise Unreadable(f"classeur trop gros une fois décompressé ({most // 1_000_000} Mo au plus).")
        for entry in box.infolist():
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                content = box.read(entry)
                formulas = formulas or bool(_FORMULA.search(content))
                if sum(_area(found.groups()) for found in _MERGE.finditer(content)) > MAX_MERGED_CELLS:
                    raise Unreadable("classeur illisible : trop de cellules fusionnées.")
    return formulas


def _area(corners: tuple[bytes, ...]) -> int:
    """How many cells a merged range covers."""
    left, top, right, bottom = (corner.decode() for corner in corners)
    width = column_index_from_string(right) - column_index_from_string(left) + 1
    return width * (int(bottom) - int(top) + 1)


def _tables(data: bytes) -> list[Sheet]:
    """Values only, row after row, whatever size the sheet claims to have."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheets, cells = [], 0
    for sheet in sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible"):
        sheet.reset_dimensions()
        rows: dict[int, list[object]] = {}
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            if _filled(row):
                rows[number] = list(row)
                cells += len(row)
            if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                raise Unreadable(
                    f"classeur trop grand : {thousands(MAX_ROWS)} lignes et {thousands(MAX_CELLS)} cellules au plus."
                )
        sheets.append(Sheet(sheet.title, rows))
    book.close()
    return sheets


def _grids(data: bytes, formulas: bool) -> list[Sheet]:
    """Values and merged ranges; a formula that was saved without its value shows as UNCOMPUTED."""
    book = load_workbook(io.BytesIO(data))
    sheets = []
    for table in _tables(data):
        sheet = book[table.name]
        merges = [Merge(m.min_row, m.min_col - 1, m.max_row, m.max_col - 1) for m in sheet.merged_cells.ranges]
        _clear_beneath(merges, table.rows)
        if formulas:
            _mark_uncomputed(sheet, table.rows)
        sheets.append(Sheet(table.name, table.rows, merges))
    return sheets


def _clear_beneath(merges: list[Merge], rows: dict[int, list[object]]) -> None:
    """Empty what a merged cell hides: only its first one shows."""
    for merge in merges:
        for number in range(merge.top, merge.bottom + 1):
            row = rows.get(number, [])
            for index in range(merge.left, min(merge.right + 1, len(row))):
                if (number, index) != (merge.top, merge.left):
                    row[index] = None


def _mark_uncomputed(sheet: Worksheet, rows: dict[int, list[object]]) -> None:
    """Show formulas whose value is not in the file, as they would otherwise pass for blanks."""
    for number, row in rows.items():
        for index, value in enumerate(row):
            if value is None and sheet.cell(number, index + 1).data_type == "f":
                row[index] = UNCOMPUTED


def _filled(row: tuple | list) -> bool:
    """True when a cell of the row holds something."""
    return any(value is not None and value != "" for value in row)
