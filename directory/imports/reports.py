"""What an import says of a file: how many rows did what, and a line for each that it would not take."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from directory import patient_data
from directory.models import ChangeSet
from directory.refusals import Refusal

SHOWN = 120
LONGEST_FIX = 200
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


class Fix(NamedTuple):
    """A cell that would let a refused row or cell in if it said something else: its address, its heading if any.

    `value` is what it holds, empty when it looks like a patient's data; `near` are texts that may have been meant.
    """

    label: str
    heading: str
    value: str
    near: tuple[str, ...] = ()


class Refused(NamedTuple):
    """A row or cell that is left out, and what could be corrected for it to be taken."""

    where: Where
    said: str
    fixes: tuple[Fix, ...] = ()


def shown(value: object) -> str:
    """A value between French quotes on one line, cut when long, masked when it looks like a patient's data."""
    text = str(value)
    if patient_data.found(text):
        return "« (masqué) »"
    text = printable(text)
    return f"« {text if len(text) <= SHOWN else text[: SHOWN - 1] + '…'} »"


def printable(value: object) -> str:
    """A text on one line, without what no screen shows and no database stores."""
    return _NOT_PRINTED.sub(" ", str(value).encode("utf-8", "replace").decode()).strip()


def fix(where: "Where", heading: str, value: object, near: tuple[str, ...] = ()) -> Fix:
    """The correction that a cell asks for; what looks like a patient's data is not offered again."""
    text = str(value or "")
    return Fix(where.label, heading, "" if patient_data.found(text) else printable(text)[:LONGEST_FIX], near)


@dataclass
class Report:
    """Counts and lines of one import. Each row or cell is created, updated, unchanged, rejected or different.

    `chosen` are the addresses of the differences to apply, `applied` has them all applied; `also` are the new rows
    that the summary does not count, by their name.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refusals: list[Refused] = field(default_factory=list)
    remarks: list[tuple[Where, str]] = field(default_factory=list)
    differences: list[tuple[Where, str]] = field(default_factory=list)
    applied: bool = False
    chosen: frozenset[str] = frozenset()
    counts: list[str] = field(default_factory=list)
    also: dict[str, int] = field(default_factory=dict)
    change_set: ChangeSet | None = None

    def refuse(
        self, where: Where, value: object, why: str, *, near: tuple[str, ...] = (), at: Fix | None = None
    ) -> None:
        """This cell is left out; it is itself what to correct, unless another cell is to blame (`at`)."""
        self.refuse_all(where, [(value, why)], (at or fix(where, "", value, near),))

    def refuse_all(self, where: Where, faults: list[tuple[object, str]], fixes: tuple[Fix, ...] = ()) -> None:
        """This row is left out, for several reasons at once; each with the value that it is about, if any."""
        said = [f"{shown(value)} : {why}" if str(value or "").strip() else why for value, why in faults]
        self.refusals.append(Refused(where, " ; ".join(said), fixes))

    def applies(self, where: Where) -> bool:
        """True when the file is to win over Relais here: everywhere, or where somebody chose so."""
        return self.applied or where.label in self.chosen

    def remark(self, where: Where, what: str) -> None:
        """Something of this row or cell was not kept, the rest was."""
        self.remarks.append((where, what))

    def differ(self, where: Where, what: str) -> None:
        """The file and Relais disagree here."""
        self.differences.append((where, what))

    def lines(self) -> list[str]:
        """All that is printed, the summary last."""
        printed = [f"{where.label} : {said}" for where, said, _ in sorted(self.refusals)]
        printed += [f"remarque : {where.label} : {said}" for where, said in sorted(self.remarks)]
        for where, said in sorted(self.differences):
            word = "différent, appliqué" if self.applies(where) else "différent"
            printed.append(f"{word} : {where.label} : {said}")
        printed += self.counts
        if self.differences:
            printed.append(f"différents={len(self.differences)} ({self._how_applied()})")
        return [*printed, self.summary]

    def _how_applied(self) -> str:
        """Whether the differences are applied: all, none, or as many as were chosen."""
        chosen = sum(self.applies(where) for where, _ in self.differences)
        if chosen in {0, len(self.differences)}:
            return "appliqués" if chosen else "non appliqués, voir --apply-differences"
        return f"dont appliqués : {chosen}"

    @property
    def digest(self) -> str:
        """The same for two plans that say the same."""
        return hashlib.sha256("\n".join(self.lines()).encode()).hexdigest()

    @property
    def summary(self) -> str:
        """The last line, whose form is promised."""
        return f"created={self.created} updated={self.updated} unchanged={self.unchanged} rejected={len(self.refusals)}"
