"""Reads of the rota that join several tables; the grid's are plain tuples, thousands of cells cannot afford objects."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Exists,
    FilteredRelation,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from directory import weeks
from directory.models import Centre, Doctor
from rotas import notices
from rotas.models import Assignment, AssignmentState, Closure, Need, Slot
from rotas.states import State

LARGEST_ID = 2**63 - 1
ACTIVE = [AssignmentState.OPTION, AssignmentState.CONFIRMED]
PLACE = ("pk", "centre_id", "monday", "place", "need", "missed", "holder__state", "version")
HOLDER = (
    "holder__doctor__first_name",
    "holder__doctor__last_name",
    "holder__first_day",
    "holder__last_day",
    "holder__option_expires_at",
    "holder__note",
    "holder__doctor_id",
)
CENTRE_COLUMNS = ("centre__name", "centre__department", "centre__opening_days")
# Where each of them stands in a row of `places`, for those who read thousands.
SLOT, CENTRE, MONDAY, NUMBER, NEED, MISSED, HELD, VERSION = range(len(PLACE))
FIRST_NAME, LAST_NAME, FIRST_DAY, LAST_DAY, EXPIRES, NOTE, DOCTOR = range(len(PLACE), len(PLACE) + len(HOLDER))


class CentreRow(NamedTuple):
    """A centre as a grid's row needs it."""

    pk: int
    name: str
    department: str
    opening_days: str


def centres_and_closures(first: date, last: date) -> tuple[list[CentreRow], set[tuple[int, date]]]:
    """All centres in reading order, and the (centre id, Monday) closed between two Mondays. One query."""
    shut = FilteredRelation("closures", condition=Q(closures__monday__range=(first, last)))
    rows = Centre.objects.in_reading_order().annotate(shut=shut)
    centres, closed = {}, set()
    for *row, monday in rows.values_list("pk", "name", "department", "opening_days", "shut__monday"):
        pk = row[0]
        centres[pk] = CentreRow(*row)
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
    return list(_with_holder(slots).values_list(*PLACE, *(HOLDER if names else ())))


def places_alone(ids: Iterable[int], *, names: bool) -> list[tuple[tuple, CentreRow, bool]]:
    """The places with these ids as (tuple of `places`, its centre, whether it is closed that week). One query."""
    slots = _with_holder(Slot.objects.filter(pk__in=ids)).annotate(closed=Closure.objects.of_outer_slot())
    columns = (*PLACE, *(HOLDER if names else ()))
    rows = slots.order_by("pk").values_list(*columns, *CENTRE_COLUMNS, "closed")
    return [(row[: len(columns)], CentreRow(row[CENTRE], *row[len(columns) : -1]), row[-1]) for row in rows]


def _with_holder(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """`slots` joined with who holds them, as `holder`."""
    return slots.annotate(holder=FilteredRelation("assignments", condition=Q(assignments__state__in=ACTIVE)))


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


def with_closed(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """`slots` with `closed`: whether their centre is closed their week."""
    return slots.annotate(closed=Closure.objects.of_outer_slot())


def with_holders(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """`slots` with their centre and, as `holders`, who holds them. One more query."""
    holding = Prefetch("assignments", queryset=Assignment.objects.holding(), to_attr="holders")
    return slots.select_related("centre").prefetch_related(holding)


# What a gesture needs to know of a centre and of a doctor, in the order of the columns; the rest is read when asked.
OF_CENTRE = ("id", "name", "slug", "commune", "department", "address", "postcode", "phone", "opening_days")
OF_DOCTOR = ("id", "last_name", "first_name", "email")
# By hand: Django takes longer to compose it than the database to answer, at each save of a cell.
TO_CHANGE = f"""
SELECT s.*, {", ".join(f"c.{name} AS centre_{name}" for name in OF_CENTRE if name != "id")},
  {", ".join(f"d.{name} AS asked_{name}" for name in OF_DOCTOR)},
  EXISTS (SELECT 1 FROM rotas_assignment a WHERE a.slot_id = s.id AND a.state <> 'cancelled') AS held,
  EXISTS (SELECT 1 FROM rotas_closure k WHERE k.centre_id = s.centre_id AND k.monday = s.monday) AS closed,
  EXISTS (SELECT 1 FROM directory_outgoingmessage m WHERE m.subject_ref = %s) AS written
FROM rotas_slot s
JOIN directory_centre c ON c.id = s.centre_id
LEFT JOIN directory_doctor d ON d.id = %s
WHERE s.id = %s
"""  # noqa: S608 — only names of columns, from above


def place_to_change(pk: int, doctor: int | None) -> Slot | None:
    """The place with this id, ready for a gesture: its centre, `closed`, `holders`, `asked` (the doctor with the id
    that the gesture names, None when there is none), and `untold`, which holds that id when nothing was ever written
    to them about this place. One query, one more when somebody holds it.
    """
    if pk > LARGEST_ID:
        return None
    doctor = doctor or 0
    found = list(Slot.objects.raw(TO_CHANGE, [notices.about(pk, doctor), doctor, pk]))
    if not found:
        return None
    slot = found[0]
    slot.centre = _partly(Centre, OF_CENTRE, slot, "centre_")
    slot.asked = _partly(Doctor, OF_DOCTOR, slot, "asked_") if slot.asked_id else None
    slot.holders = list(slot.assignments.holding()) if slot.held else []
    slot.untold = frozenset() if slot.written else frozenset({doctor})
    return slot


def _partly(model: type[Model], names: tuple[str, ...], row: Slot, prefix: str) -> Model:
    """A row of `model` from the columns that came along with another one."""
    return model.from_db(row._state.db, names, [getattr(row, prefix + name) for name in names])


def row_of(slot: Slot, holder: Assignment | None) -> tuple:
    """The tuple of `places` that `slot` would give, from what is at hand."""
    alone = (slot.pk, slot.centre_id, slot.monday, slot.place, slot.need, slot.missed, holder and holder.state)
    if holder is None:
        return (*alone, slot.version, *[None] * len(HOLDER))
    doctor = holder.doctor
    days = (holder.first_day, holder.last_day, holder.option_expires_at, holder.note)
    return (*alone, slot.version, doctor.first_name, doctor.last_name, *days, doctor.pk)


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
