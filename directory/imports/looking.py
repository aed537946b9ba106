"""Looks at a file before it is kept: what can be refused at once is, without opening a big one in front of a person."""

from directory import patient_data
from directory.french import thousands
from directory.imports.files import ZIP
from directory.imports.kinds import KINDS, Asked
from directory.imports.reports import Unreadable
from directory.imports.workbooks import MAX_UNPACKED, unpacked

MAX_BYTES = 10_000_000
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")
QUICK_TEXT = 300_000
QUICK_WORKBOOK = 3_000_000  # unpacked


def look(*, kind: str, year: int | None, file_name: str, content: bytes) -> None:
    """Unreadable with one sentence for a file that no import could take; a big one is left for the job to read."""
    if patient_data.found(file_name):
        raise Unreadable("le nom du fichier ressemble à des données de patient : renommez-le.")
    if not file_name.lower().endswith((*ENDINGS, ".xls")):
        raise Unreadable("ce n’est pas un tableau (.csv ou .xlsx).")
    if len(content) > MAX_BYTES:
        raise Unreadable(f"fichier trop gros ({thousands(MAX_BYTES // 1_000_000)} Mo au plus).")
    if _is_quick(content):
        KINDS[kind].prepare(content, Asked(year=year))


def _is_quick(content: bytes) -> bool:
    """True for what is read in the blink of an eye; Unreadable for a workbook that would unpack to fill a machine."""
    if not content.startswith(ZIP):
        return len(content) <= QUICK_TEXT
    size = unpacked(content)
    if size > MAX_UNPACKED:
        raise Unreadable(f"classeur trop gros une fois décompressé ({MAX_UNPACKED // 1_000_000} Mo au plus).")
    return size <= QUICK_WORKBOOK
