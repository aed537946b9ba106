"""What the public may know of a centre's weeks: assured, closed or to be asked by phone; never a name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Value

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
    """Centre id → what its `count` weeks from `first_monday` hold, in order. One query for any number of centres.

    Assured: at least one published place of the week has a confirmed doctor. Closed: the week is closed, whatever
    its places say; weeks closed in a row make one spell, with its true bounds even beyond the weeks asked for.
    Anything else, a proposal included: call.
    """
    ids = [centre.pk for centre in centres]
    asked = mondays(first_monday, count)
    closed, assured = _known_weeks(ids, asked[0], asked[-1])
    return {pk: _spells(asked, closed[pk], assured[pk]) for pk in ids}


def _known_weeks(ids: list[int], first: date, last: date) -> tuple[dict[int, set[date]], dict[int, set[date]]]:
    """Centre id → its closed weeks, and centre id → its weeks with a confirmed doctor."""
    confirmed = Assignment.objects.confirmed().filter(
        slot__centre__in=ids, slot__monday__range=(first, last), slot__published=True
    )
    closures = Closure.objects.filter(centre__in=ids, monday__range=(first - CLOSED_AROUND, last + CLOSED_AROUND))
    rows = confirmed.values_list("slot__centre", "slot__monday", Value(0)).union(
        closures.values_list("centre", "monday", Value(1))
    )
    closed, assured = defaultdict(set), defaultdict(set)
    for centre, monday, is_closed in rows:
        (closed if is_closed else assured)[centre].add(monday)
    return closed, assured


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
