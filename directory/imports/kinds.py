"""The lists that Relais can import: each storey registers its own, and the screens offer them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from directory.imports.reports import Report
from directory.models import User

Progress = Callable[[int, int], object]


def silent(done: int, total: int) -> None:
    """The progress of a reading that nobody watches."""


@dataclass(frozen=True)
class Asked:
    """What a person asks of a file: in which name, for which year, with which corrections.

    `cells` and `chosen` go by address in the file. A `rehearsal` will be taken back: it may leave the writing out.
    """

    file_name: str = ""
    year: int | None = None
    by: User | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    chosen: frozenset[str] = frozenset()
    rehearsal: bool = False
    progress: Progress = silent


@dataclass(frozen=True)
class Kind:
    """A sort of list. `prepare` reads a file, Unreadable when it cannot, and returns what writes it in a transaction.

    `one` and `many` are what its report counts as created; a `dated` list is of one year.
    """

    name: str
    label: str
    one: str
    many: str
    prepare: Callable[[bytes, Asked], Callable[[], Report]]
    dated: bool = False


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Offer this sort of list; the order of the screens is that of the calls."""
    KINDS[kind.name] = kind
