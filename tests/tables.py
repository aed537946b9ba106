"""Files as people send them, made for one test, and the import commands run on them."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.management import CommandError, call_command
from openpyxl import Workbook

DATA = Path(__file__).parent / "data"
BOOKKEEPING = {"directory.changeset", "directory.change", "directory.publicstamp"}
# Rows that follow from others: compared by themselves, in `directory.test_words`.
DERIVED = {"directory.doctorword"}
BOOKKEEPING |= {"directory.importfile", "directory.importrun", "directory.importline"}


@dataclass(frozen=True)
class Outcome:
    """How a command ended: exit code, lines of standard output, lines of standard error."""

    code: int
    out: list[str]
    err: list[str]

    @property
    def last(self) -> str:
        """The summary."""
        return self.out[-1]

    @property
    def refused(self) -> list[str]:
        """The addresses of refused rows and cells."""
        said = [line for line in self.out[:-1] if "\u00a0: " in line and not line.startswith(("remarque", "différent"))]
        return [line.partition("\u00a0: ")[0].rpartition("!")[2] for line in said]


def run(command: str, *arguments) -> Outcome:
    """Run a management command as a shell would see it."""
    out = io.StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out)
    except CommandError as error:
        return Outcome(error.returncode, out.getvalue().splitlines(), str(error).splitlines())
    return Outcome(0, out.getvalue().splitlines(), [])


def text_file(path: Path, rows: list[list], *, separator: str = ";", encoding: str = "utf-8") -> Path:
    """A text table."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def workbook(
    path: Path,
    *sheets: list[list],
    titles: tuple[str, ...] = (),
    merged: tuple[str, ...] = (),
    hidden: int | None = None,
) -> Path:
    """A workbook, its sheets titled or not; `merged` ranges are of the first; the sheet at the index `hidden` is."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(titles[number - 1] if titles else f"Feuille {number}")
        for row in rows:
            sheet.append(row)
    if hidden is not None:
        book.worksheets[hidden].sheet_state = "hidden"
    for area in merged:
        book.worksheets[0].merge_cells(area)
    book.save(path)
    return path


def rows_of(name: str) -> list[list[str]]:
    """The rows of a list of the charity."""
    return list(csv.reader((DATA / name).read_text("cp1252").splitlines(), delimiter=";"))


def dump(*, keys: bool = True) -> dict[str, list]:
    """Every row of every table of the domain but versions, what is derived, the book itself; without keys on demand."""
    models = [model for label in ("directory", "rotas") for model in apps.get_app_config(label).get_models()]
    return {m._meta.label_lower: _rows(m, keys) for m in models if m._meta.label_lower not in BOOKKEEPING | DERIVED}


def _rows(model, keys: bool) -> list:
    left_out = {"version"} if keys else {"version", model._meta.pk.name}
    names = [field.attname for field in model._meta.concrete_fields if field.name not in left_out]
    return sorted(map(str, model._base_manager.values_list(*names)))
