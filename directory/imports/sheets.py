"""What a table looks like once opened, wherever it came from."""

from collections.abc import Callable
from dataclasses import dataclass, field

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

    @property
    def is_text(self) -> bool:
        """True for a text file, where one separator too many shifts a row."""
        return not self.name
