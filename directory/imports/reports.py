"""What an import says of a file: how many rows did what, and a line for each that it would not take."""

import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from directory import patient_data
from directory.refusals import Refusal

SHOWN = 120
_NOT_PRINTED = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Unreadable(Refusal):
    """The file cannot be read at all. `str()` is the one line that says why."""


class BadValue(ValueError):
    """A cell does not hold what its column asks for. `str()` is the reason in French."""


@dataclass(frozen=True, order=True)
class Where:
    """A place in a file, as people find it; sorts in reading order."""

    row: int
    column: int
    label: str


def line(number: int) -> Where:
    """A whole line of a list; `number` counts the file's lines from 1."""
    return Where(number, 0, f"ligne {number}")


def cell(sheet: str, row: int, column: int) -> Where:
    """One cell, such as `Planning 2026!P54`; `column` counts from 0, text files have no sheet."""
    address = f"{get_column_letter(column + 1)}{row}"
    return Where(row, column, f"{sheet}!{address}" if sheet else address)


def shown(value: object) -> str:
    """A value between French quotes on one line, cut when long, masked when it looks like a patient's data."""
    text = str(value)
    if patient_data.found(text):
        return "« (masqué) »"
    text = _NOT_PRINTED.sub(" ", text.encode("utf-8", "replace").decode()).strip()
    return f"« {text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'} »"


@dataclass
class Report:
    """Counts and lines of one import. Each row or cell is created, updated, unchanged, rejected or different."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refusals: list[tuple[Where, str]] = field(default_factory=list)
    remarks: list[tuple[Where, str]] = field(default_factory=list)
    differences: list[tuple[Where, str]] = field(default_factory=list)
    applied: bool = False
    counts: list[str] = field(default_factory=list)

    def refuse(self, where: Where, value: object, why: str) -> None:
        """This row or cell is left out."""
        self.refuse_all(where, [(value, why)])

    def refuse_all(self, where: Where, faults: list[tuple[object, str]]) -> None:
        """This row is left out, for several reasons at once; each with the value that it is about, if any."""
        said = [f"{shown(value)} : {why}" if str(value or "").strip() else why for value, why in faults]
        self.refusals.append((where, " ; ".join(said)))

    def remark(self, where: Where, what: str) -> None:
        """Something of this row or cell was not kept, the rest was."""
        self.remarks.append((where, what))

    def differ(self, where: Where, what: str) -> None:
        """The file and Relais disagree here."""
        self.differences.append((where, what))

    def lines(self) -> list[str]:
        """All that is printed, the summary last."""
        word = "différent, appliqué" if self.applied else "différent"
        printed = [f"{where.label} : {said}" for where, said in sorted(self.refusals)]
        printed += [f"remarque : {where.label} : {said}" for where, said in sorted(self.remarks)]
        printed += [f"{word} : {where.label} : {said}" for where, said in sorted(self.differences)]
        printed += self.counts
        if self.differences:
            how = "appliqués" if self.applied else "non appliqués, voir --apply-differences"
            printed.append(f"différents={len(self.differences)} ({how})")
        return [*printed, self.summary]

    @property
    def summary(self) -> str:
        """The last line, whose form is promised."""
        return f"created={self.created} updated={self.updated} unchanged={self.unchanged} rejected={len(self.refusals)}"
