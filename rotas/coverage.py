"""Says what is covered: holes ahead, how far care is continuous, weeks missed. Covered means confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from directory import weeks
from rotas.models import Assignment, Baseline, Closure, Need, Slot


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
    """Weeks missed since the start, and past places of which nobody has said yet who held them."""

    weeks: int
    unknown: int
    since: date
    source: str


def required(first: date, last: date) -> QuerySet[Slot]:
    """The places that the villages count on, in the open weeks from Monday `first` to Monday `last`."""
    slots = Slot.objects.between(first, last).filter(need=Need.REQUIRED)
    return slots.exclude(Closure.objects.of_outer_slot())


def ahead(at: date | None = None, *, count: int = 12, centres: list[int] | None = None) -> Ahead:
    """What the next `count` weeks hold, this one included, in all centres or in some (ids). One query."""
    first = weeks.monday_of(at or weeks.today())
    slots = required(first, first + (count - 1) * weeks.WEEK)
    if centres is not None:
        slots = slots.filter(centre__in=centres)
    confirmed = Assignment.objects.confirmed().of_outer_slot()
    held = Assignment.objects.active().of_outer_slot()
    sums = slots.aggregate(
        places=Count("pk"),
        confirmed=Count("pk", filter=Q(confirmed)),
        proposed=Count("pk", filter=Q(held) & ~Q(confirmed)),
    )
    return Ahead(**sums)


def continuous_until(at: date | None = None, *, centre: int | None = None) -> date | None:
    """The Sunday up to which each required place is confirmed without a gap; None when this week has one.

    For one centre or the whole network. A proposal never extends it; a closed week does not break it.
    """
    first = weeks.monday_of(at or weeks.today())
    slots = Slot.objects.filter(monday__gte=first, need=Need.REQUIRED)
    if centre is not None:
        slots = slots.filter(centre=centre)
    confirmed = Assignment.objects.confirmed().of_outer_slot()
    gaps = slots.exclude(Closure.objects.of_outer_slot()).exclude(confirmed)
    gap = gaps.order_by("monday").values_list("monday", flat=True).first()
    if gap is None:
        last = slots.order_by("-monday").values_list("monday", flat=True).first()
        return last and last + timedelta(days=6)
    return gap - timedelta(days=1) if gap > first else None


def missed_weeks(at: date | None = None) -> Missed:
    """Centre-weeks missed: the published baseline, then those that somebody has declared. Three queries."""
    this_week = weeks.monday_of(at or weeks.today())
    baseline = Baseline.objects.order_by("-until").first()
    since = baseline.until if baseline else date.min
    past = Slot.objects.filter(monday__gt=since, monday__lt=this_week, need=Need.REQUIRED)
    declared = past.filter(missed=True).values("centre", "monday").distinct().count()
    unknown = past.filter(missed=False).open().count()
    return Missed(
        weeks=(baseline.missed_weeks if baseline else 0) + declared,
        unknown=unknown,
        since=since,
        source=baseline.source if baseline else "",
    )
