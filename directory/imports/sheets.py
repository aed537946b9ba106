"""What a table looks like once opened, wherever it came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from openpyxl.utils.cell import coordinate_to_tuple

Score = Callable[[list[object]], int]


@dataclass(frozen=True)
class Merge:
    """Cells merged into one: rows from 1 and columns from 0, bounds included; the first holds the value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """Rows by their number in the file (from 1), blank ones left out; `name` is empty for a text file."""

    name: str
    rows: dict[int, list[object]]
    merges: list[Merge] = field(default_factory=list)
    corrected: set[tuple[int, int]] = field(default_factory=set)

    @property
    def is_text(self) -> bool:
        """True for a text file, where one separator too many shifts a row."""
        return not self.name

    def correct(self, cells: Mapping[str, str]) -> None:
        """Have the cells at these addresses (`Planning 2026!P54`, `P54` in a text file) say something else."""
        for address, text in cells.items():
            sheet, _, place = address.rpartition("!")
            if sheet != self.name:
                continue
            number, column = coordinate_to_tuple(place)
            row = self.rows.setdefault(number, [])
            row += [None] * (column - len(row))
            row[column - 1] = text
            self.corrected.add((number, column - 1))
