"""Says what is covered: holes ahead, how far care is continuous, weeks missed. Covered means confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import CharField, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from directory import weeks
from rotas.models import Assignment, Baseline, Closure, Need, Slot

WEEKS_AHEAD = 12  # how far the figures look, this week included


@dataclass(frozen=True)
class Ahead:
    """The required places of the weeks ahead: how many, confirmed, proposed, held by nobody."""

    places: int
    confirmed: int
    proposed: int

    @property
    def holes(self) -> int:
        """Places that nobody holds, not even by a proposal."""
        return self.places - self.confirmed - self.proposed


@dataclass(frozen=True)
class Missed:
    """Weeks missed since the start, and past places of which nobody has said yet who held them.

    `before` of these weeks come from the baseline, which `since` and `source` date and source (none: no baseline).
    """

    weeks: int
    before: int
    unknown: int
    since: date
    source: str


def required(first: date, last: date) -> QuerySet[Slot]:
    """The places that the villages count on, in the open weeks from Monday `first` to Monday `last`."""
    slots = Slot.objects.between(first, last).filter(need=Need.REQUIRED)
    return slots.exclude(Closure.objects.of_outer_slot())


def ahead(at: date | None = None, *, count: int = WEEKS_AHEAD, centres: list[int] | None = None) -> Ahead:
    """What the next `count` weeks hold, this one included, in all centres or in some (ids). One query."""
    first = weeks.monday_of(at or weeks.today())
    slots = required(first, first + (count - 1) * weeks.WEEK)
    if centres is not None:
        slots = slots.filter(centre__in=centres)
    return Ahead(**slots.aggregate(**_sums()))


def ahead_and_until(at: date | None = None) -> tuple[Ahead, date | None]:
    """`ahead` and `continuous_until` of the whole network: what each save of a cell tells anew. One query."""
    first = weeks.monday_of(at or weeks.today())
    with connection.cursor() as cursor:
        cursor.execute(*_ahead_and_until(first, connection.vendor))
        row = cursor.fetchone()
    if row is None or not row[0]:  # no place in these weeks: only what lies further can tell
        return Ahead(0, 0, 0), continuous_until(at)
    *sums, gap, last = row
    return Ahead(*sums), _until(first, gap and _day(gap), _day(last))


@lru_cache(maxsize=8)
def _ahead_and_until(first: date, vendor: str) -> tuple[str, tuple]:
    """The statement, kept for the week: Django takes ten times longer to compose it than the database to answer."""
    slots = Slot.objects.filter(monday__gte=first, need=Need.REQUIRED)
    last = Subquery(slots.order_by("-monday").values("monday")[:1])
    near = required(first, first + (WEEKS_AHEAD - 1) * weeks.WEEK).order_by().annotate(all=Value(1)).values("all")
    figures = near.annotate(gap=Max(_first_gap(slots)), last=Max(last), **_sums())
    return figures.values_list("places", "confirmed", "proposed", "gap", "last").query.sql_with_params()


def _day(value: date | str) -> date:
    """A date as either engine gives it to a bare cursor."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _sums() -> dict[str, Count]:
    """The columns of Ahead, summed up over slots."""
    confirmed = Assignment.objects.confirmed().of_outer_slot()
    held = Assignment.objects.active().of_outer_slot()
    return {
        "places": Count("pk"),
        "confirmed": Count("pk", filter=Q(confirmed)),
        "proposed": Count("pk", filter=Q(held) & ~Q(confirmed)),
    }


def continuous_until(at: date | None = None, *, centre: int | None = None) -> date | None:
    """The Sunday up to which each required place is confirmed without a gap; None when this week has one.

    For one centre or the whole network. A proposal never extends it; a closed week does not break it.
    """
    first = weeks.monday_of(at or weeks.today())
    slots = Slot.objects.filter(monday__gte=first, need=Need.REQUIRED)
    if centre is not None:
        slots = slots.filter(centre=centre)
    known = slots.order_by("-monday").annotate(gap=_first_gap(slots)).values_list("monday", "gap").first()
    if known is None:
        return None
    last, gap = known
    return _until(first, gap, last)


def _first_gap(slots: QuerySet[Slot]) -> Subquery:
    """The Monday of the first of these places that nobody has confirmed, in a week that is not closed."""
    confirmed = Assignment.objects.confirmed().of_outer_slot()
    gaps = slots.exclude(Closure.objects.of_outer_slot()).exclude(confirmed)
    return Subquery(gaps.order_by("monday").values("monday")[:1])


def _until(first: date, gap: date | None, last: date) -> date | None:
    """The last Sunday before the gap, or of the last week; None when the gap is in the first week."""
    if gap is None:
        return last + timedelta(days=6)
    return gap - timedelta(days=1) if gap > first else None


def missed_weeks(at: date | None = None) -> Missed:
    """Centre-weeks missed: the published baseline, then those that somebody has declared. One query."""
    this_week = weeks.monday_of(at or weeks.today())
    counted = Slot.objects.filter(monday__lt=this_week, need=Need.REQUIRED)
    counted = counted.exclude(Closure.objects.of_outer_slot())
    after = counted.filter(monday__gt=OuterRef("until"))
    baseline = (
        Baseline.objects.order_by("-until")
        .annotate(
            declared=_count(after.filter(missed=True), _CENTRE_WEEK),
            unknown=_count(after.filter(missed=False).open(), F("pk")),
        )
        .first()
    )
    if baseline is None:
        declared = counted.filter(missed=True).values("centre", "monday").distinct().count()
        return Missed(
            weeks=declared, before=0, unknown=counted.filter(missed=False).open().count(), since=date.min, source=""
        )
    return Missed(
        weeks=baseline.missed_weeks + baseline.declared,
        before=baseline.missed_weeks,
        unknown=baseline.unknown,
        since=baseline.until,
        source=baseline.source,
    )


# Two missed places of a centre are one missed week: a week of a centre as one text, on both engines.
_CENTRE_WEEK = Concat(Cast("centre", CharField()), Value(" "), Cast("monday", CharField()))


def _count(slots: QuerySet[Slot], what) -> Coalesce:
    """How many different `what` there are among `slots`, as a column of an outer query."""
    rows = slots.order_by().annotate(one=Value(1)).values("one").annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(rows), 0)
