"""Opens what people send as a table, whatever its ending says it is: text with separators, or an Excel workbook."""

from pathlib import Path

from directory.imports import texts, workbooks
from directory.imports.reports import Unreadable
from directory.imports.sheets import Score, Sheet

Source = str | Path | bytes  # a file, or what was in one
MAX_BYTES = 100_000_000
_OLE = b"\xd0\xcf\x11\xe0"  # the box of the old .xls and of workbooks closed by a password
ZIP = b"PK\x03\x04"


def read_sheets(source: Source, *, score: Score, merged: bool = False) -> list[Sheet]:
    """The sheets of a file; Unreadable with one sentence when it holds no table.

    `score` says how many headings a row of text seems to hold: the separator that gives the best one is the right
    one. `merged` also reads which cells are merged (slower: for small sheets).
    """
    data = source if isinstance(source, bytes) else _bytes(source)
    if not data.strip():
        raise Unreadable("le fichier est vide.")
    if data.startswith(_OLE):
        raise Unreadable(
            "ancien format .xls, ou fichier protégé par un mot de passe : enregistrez-le en .xlsx sans mot de passe."
        )
    sheets = workbooks.read(data, merged=merged) if data.startswith(ZIP) else [texts.read(data, score)]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise Unreadable("le fichier est vide.")
    return sheets


def _bytes(path: str | Path) -> bytes:
    """The whole file; Unreadable when there is none, or too much."""
    try:
        if not Path(path).exists():
            raise Unreadable("fichier introuvable.")
        if not Path(path).is_file():
            raise Unreadable("ce n’est pas un fichier.")
        if Path(path).stat().st_size > MAX_BYTES:
            raise Unreadable(f"fichier trop gros ({MAX_BYTES // 1_000_000} Mo au plus).")
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise Unreadable("lecture impossible.") from error
