"""Reads text tables as spreadsheets write them: any usual separator and encoding, each row with its line number."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from directory.french import thousands
from directory.imports.reports import Unreadable
from directory.imports.sheets import Score, Sheet

SEPARATORS = ";\t,|"
HEAD = 60  # lines among which the headings are looked for
MAX_ROWS = 100_000
LONGEST_CELL = 50  # lines; beyond, an opening quote is taken for a slip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(data: bytes, score: Score) -> Sheet:
    """The one sheet of a text file; Unreadable when it is not text."""
    lines = list(io.StringIO(_decode(data), newline=""))
    if len(lines) > MAX_ROWS:
        raise Unreadable(f"fichier trop long : {thousands(MAX_ROWS)} lignes au plus.")
    separator = max(SEPARATORS, key=lambda mark: _best(lines[:HEAD], mark, score))
    rows = {number: cells for number, cells in _records(lines, separator) if any(cell.strip() for cell in cells)}
    return Sheet("", rows)


def _decode(data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with its mark, else cp1252, which French spreadsheets still write."""
    encodings = [name for mark, name in _BOMS if data.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise Unreadable("ce n’est pas un tableau (.csv ou .xlsx).")


def _best(lines: list[str], separator: str, score: Score) -> int:
    """The best score of a row when the lines are cut at this separator."""
    return max((score(cells) for _, cells in _records(lines, separator)), default=0)


def _records(lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line on which they start; a quoted cell may hold separators and new lines.

    A quote that never closes would swallow the rest of the file: such a line is cut as it stands.
    """
    start = 0
    while start < len(lines):
        used, plain = 1, lines[start].rstrip("\r\n")
        cells = plain.split(separator)
        if '"' in plain:
            reader = csv.reader(islice(lines, start, start + LONGEST_CELL), delimiter=separator, strict=True)
            try:
                cells = next(reader)
                used = reader.line_num
            except csv.Error:
                cells = [cell.strip('" ') for cell in cells]
        yield start + 1, cells
        start += used
