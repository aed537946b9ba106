"""Reads of the rota that join several tables; the grid's are plain tuples, thousands of cells cannot afford objects."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Exists,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from directory import weeks
from directory.models import Centre
from rotas.models import Assignment, AssignmentState, Closure, Need, Slot
from rotas.states import State

ACTIVE = [AssignmentState.OPTION, AssignmentState.CONFIRMED]
PLACE = ("pk", "centre_id", "monday", "place", "need", "missed", "holder__state")
HOLDER = (
    "holder__doctor__first_name",
    "holder__doctor__last_name",
    "holder__first_day",
    "holder__last_day",
    "holder__option_expires_at",
    "holder__note",
)
# Where each of them stands in a row of `places`, for those who read thousands.
SLOT, CENTRE, MONDAY, NUMBER, NEED, MISSED, HELD = range(len(PLACE))
FIRST_NAME, LAST_NAME, FIRST_DAY, LAST_DAY, EXPIRES, NOTE = range(len(PLACE), len(PLACE) + len(HOLDER))


class CentreRow(NamedTuple):
    """A centre as a grid's row needs it."""

    pk: int
    name: str
    department: str


def centres_and_closures(first: date, last: date) -> tuple[list[CentreRow], set[tuple[int, date]]]:
    """All centres in reading order, and the (centre id, Monday) closed between two Mondays. One query."""
    shut = FilteredRelation("closures", condition=Q(closures__monday__range=(first, last)))
    rows = Centre.objects.in_reading_order().annotate(shut=shut)
    centres, closed = {}, set()
    for pk, name, department, monday in rows.values_list("pk", "name", "department", "shut__monday"):
        centres[pk] = CentreRow(pk, name, department)
        if monday:
            closed.add((pk, monday))
    return list(centres.values()), closed


def places(first: date, last: date, centres: Iterable[int] | None, *, names: bool) -> list[tuple]:
    """The places between two Mondays as tuples of PLACE, followed by HOLDER when `names`; one more row for each
    further person in a place. `centres` limits to these ids. One query.
    """
    slots = Slot.objects.between(first, last)
    if centres is not None:
        slots = slots.filter(centre__in=centres)
    holder = FilteredRelation("assignments", condition=Q(assignments__state__in=ACTIVE))
    return list(slots.annotate(holder=holder).values_list(*PLACE, *(HOLDER if names else ())))


def with_state(slots: QuerySet[Slot], at: date | None = None) -> QuerySet[Slot]:
    """`slots` annotated with `state`, as `states.state_of` says it."""
    this_week = weeks.monday_of(at or weeks.today())
    holders = Assignment.objects.filter(slot=OuterRef("pk"))
    state = Case(
        When(Exists(holders.filter(state=AssignmentState.CONFIRMED)), then=Value(State.CONFIRMED)),
        When(Exists(holders.filter(state=AssignmentState.OPTION)), then=Value(State.OPTION)),
        When(Closure.objects.of_outer_slot(), then=Value(State.CLOSED)),
        When(missed=True, then=Value(State.MISSED)),
        When(need=Need.WANTED, then=Value(State.WANTED)),
        When(monday__lt=this_week, then=Value(State.UNKNOWN)),
        default=Value(State.OPEN),
        output_field=CharField(),
    )
    return slots.annotate(state=state)


def with_holders(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """`slots` with their centre and, as `holders`, who holds them. One more query."""
    standing = Assignment.objects.active().select_related("doctor").order_by("first_day")
    return slots.select_related("centre").prefetch_related(
        Prefetch("assignments", queryset=standing, to_attr="holders")
    )


def holes(first: date, count: int, centres: Iterable[int] | None = None) -> QuerySet[Slot]:
    """The required places that nobody holds in `count` weeks from Monday `first`, soonest first."""
    last = first + (count - 1) * weeks.WEEK
    slots = Slot.objects.between(first, last).filter(need=Need.REQUIRED).open()
    if centres is not None:
        slots = slots.filter(centre__in=centres)
    return slots.select_related("centre").order_by("monday", "centre__opened_on", "centre__name", "place")


def neighbours(slot: Slot) -> tuple[int | None, int | None]:
    """The ids of the same place a week before and a week after, where they exist. One query."""
    beside = (slot.monday - weeks.WEEK, slot.monday + weeks.WEEK)
    found = dict(
        Slot.objects.filter(centre=slot.centre_id, place=slot.place, monday__in=beside).values_list("monday", "pk")
    )
    return found.get(beside[0]), found.get(beside[1])
