"""Times two functions in turn (A B A B) in one process: the ratio of a pair holds when the machine drifts."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Figure:
    """One line of the table: ratio subject/floor (median and interquartile range), queries, bytes of both."""

    name: str
    ratio: float
    low: float
    high: float
    queries: int
    size: int
    floor_size: int
    floor_ms: float

    def line(self) -> str:
        """As a row of the table."""
        return (
            f"{self.name:<16}{self.ratio:>8.2f}×  [{self.low:.2f} – {self.high:.2f}]"
            f"{self.queries:>9}{self.size:>12}{self.floor_size:>12}{self.floor_ms:>10.2f}"
        )

    def as_json(self) -> dict:
        """What other programs read."""
        return {
            "ratio": round(self.ratio, 3),
            "iqr": [round(self.low, 3), round(self.high, 3)],
            "queries": self.queries,
            "bytes": self.size,
            "floor_bytes": self.floor_size,
            "floor_ms": round(self.floor_ms, 3),
        }


HEADING = f"{'':<16}{'ratio':>9}  {'[quartiles]':<16}{'requêtes':>6}{'octets':>12}{'plancher':>12}{'ms':>10}"


def compare(name: str, subject: Callable[[], bytes], floor: Callable[[], bytes], pairs: int = 40) -> Figure:
    """Run both `pairs` times in turn after a warm-up; each returns the bytes it makes, within 5 % of one another."""
    for _ in range(3):
        made, bare = len(subject()), len(floor())
    if abs(made - bare) > 0.05 * made:
        raise ValueError(f"{name} : {made} octets contre {bare} pour le plancher, la comparaison ne vaut rien.")
    gc.collect()
    gc.disable()
    timed = [(_time(subject), _time(floor)) for _ in range(pairs)]
    gc.enable()
    ratios = [ours / theirs for ours, theirs in timed]
    low, _, high = quantiles(ratios, n=4)
    floor_ms = 1000 * median(theirs for _, theirs in timed)
    return Figure(name, median(ratios), low, high, count_queries(subject), made, bare, floor_ms)


def count_queries(function: Callable[[], object]) -> int:
    """SQL statements without transaction control."""
    with CaptureQueriesContext(connection) as seen:
        function()
    return len([query for query in seen if not query["sql"].startswith(CONTROL)])


def _time(function: Callable[[], object]) -> float:
    start = perf_counter()
    function()
    return perf_counter() - start
