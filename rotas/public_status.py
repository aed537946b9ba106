"""What the public may know of a centre's weeks: assured, closed or to be asked by phone; never a name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from directory.models import Centre
from directory.weeks import WEEK, mondays
from rotas.models import Assignment, Closure

# How far beyond the asked weeks a run of closed ones is followed, so that « du … au … » gives its true bounds.
CLOSED_AROUND = 8 * WEEK


class Care(StrEnum):
    """What a week holds for patients."""

    ASSURED = "assured"
    CLOSED = "closed"
    CALL = "call"


@dataclass(frozen=True)
class Spell:
    """One week, or several closed ones in a row: from a Monday to a Sunday, both included."""

    care: Care
    first: date
    last: date


def statuses(centres: Iterable[Centre], first_monday: date, count: int) -> dict[int, list[Spell]]:
    """Centre id → what its `count` weeks from `first_monday` hold, in order. Two queries for any number of centres.

    Assured: at least one published place of the week has a confirmed doctor. Closed: the week is closed, whatever
    its places say; weeks closed in a row make one spell, with its true bounds even beyond the weeks asked for.
    Anything else, a proposal included: call.
    """
    ids = [centre.pk for centre in centres]
    asked = mondays(first_monday, count)
    closed = _closed(ids, asked[0] - CLOSED_AROUND, asked[-1] + CLOSED_AROUND)
    assured = _assured(ids, asked[0], asked[-1])
    return {pk: _spells(asked, closed[pk], assured[pk]) for pk in ids}


def _assured(ids: list[int], first: date, last: date) -> defaultdict[int, set[date]]:
    """Centre id → its weeks with a confirmed doctor."""
    found = defaultdict(set)
    confirmed = Assignment.objects.confirmed().filter(
        slot__centre__in=ids, slot__monday__range=(first, last), slot__published=True
    )
    for centre, monday in confirmed.values_list("slot__centre", "slot__monday").distinct():
        found[centre].add(monday)
    return found


def _closed(ids: list[int], first: date, last: date) -> defaultdict[int, set[date]]:
    """Centre id → its closed weeks."""
    found = defaultdict(set)
    closures = Closure.objects.filter(centre__in=ids, monday__range=(first, last))
    for centre, monday in closures.values_list("centre", "monday"):
        found[centre].add(monday)
    return found


def _spells(asked: list[date], closed: set[date], assured: set[date]) -> list[Spell]:
    """The spells of one centre."""
    spells = []
    for monday in asked:
        if spells and monday <= spells[-1].last:
            continue
        if monday in closed:
            spells.append(Spell(Care.CLOSED, _end(monday, closed, -WEEK), _sunday(_end(monday, closed, WEEK))))
        else:
            care = Care.ASSURED if monday in assured else Care.CALL
            spells.append(Spell(care, monday, _sunday(monday)))
    return spells


def _end(monday: date, closed: set[date], step: timedelta) -> date:
    """The last closed Monday of the run that holds `monday`, going by `step`."""
    while monday + step in closed:
        monday += step
    return monday


def _sunday(monday: date) -> date:
    return monday + timedelta(days=6)
