"""Says which known names a written one may have meant: offered to whoever corrects, never taken by itself."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from directory import names

MOST = 5
ALIKE = 70  # of 100; below, it is another name


def nearest(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names of `known` that resemble `typed` most, best first, whatever the case, accents and order of words."""
    folded = {name: _ordered(name) for name in known}
    found = process.extract(_ordered(typed), folded, scorer=fuzz.ratio, limit=MOST, score_cutoff=ALIKE)
    return tuple(name for _, _, name in found)


def _ordered(name: str) -> str:
    """The words of a name in one order, without title."""
    return " ".join(names.key(name))
