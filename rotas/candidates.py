"""Finds who could take a place: who is free first, then who knows the centre, who is near, and why in words."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, StrIndex

from directory import distances, name_search, names, weeks
from directory.french import thousands
from directory.models import Doctor
from directory.name_search import TypedName
from rotas.models import Assignment, AssignmentState, Slot

FEW, NEARBY = 3, 8
WANTED = {"id", "last_name", "first_name", "sort_name", "department", "status"}
# In the order of the columns, as `from_db` reads them.
PERSON = tuple(column.attname for column in Doctor._meta.concrete_fields if column.attname in WANTED)
SORT_NAME = PERSON.index("sort_name")
TIE = ("slot_id", "slot__monday", "slot__centre__name", "state")


class Booking(NamedTuple):
    """Where a doctor is that week, proposed or confirmed."""

    slot: int
    centre: str
    state: str


@dataclass
class Ties:
    """What ties a doctor to a place: where they are that week, the weeks that they spent at its centre before."""

    person: tuple
    bookings: list[Booking] = field(default_factory=list)
    stays: list[date] = field(default_factory=list)


@dataclass(frozen=True)
class Candidate:
    """A doctor for a place; `by_slip` when only a slip of the fingers makes the name the one that was typed."""

    doctor: Doctor
    slot: Slot
    bookings: list[Booking]
    stays: list[date]
    by_slip: bool = False

    @property
    def held(self) -> str:
        """How they hold this very place, « proposé » or « confirmé »; empty for the others."""
        return next((_said(one.state) for one in self.bookings if one.slot == self.slot.pk), "")

    @property
    def obstacle(self) -> str:
        """Why they cannot take the place, in words; empty when they can. What makes eligible is judged here only."""
        if self.held or not self.bookings:
            return ""
        where = dict.fromkeys(f"à {one.centre}" for one in self.bookings)
        states = dict.fromkeys(_said(one.state) for one in self.bookings)
        return f"déjà {' et '.join(where)} cette semaine, {' et '.join(states)}"

    @property
    def reason(self) -> str:
        """Why they stand where they stand in the list."""
        slip = "nom approchant" if self.by_slip else ""
        if self.obstacle:
            return ", ".join(filter(None, [slip, self.obstacle]))
        standing = f"tient cette place, {self.held}" if self.held else "libre"
        return ", ".join(filter(None, [slip, standing, self._visits(), self._nearness()]))

    @property
    def rank(self) -> tuple:
        """The order of the list: who holds the place, who can come, who knows the centre best, who is nearest."""
        far = _nearness(self.slot).find(f",{self.doctor.department},")
        last = max(self.stays, default=date.min)
        standing = (bool(self.obstacle), not self.held, -len(self.stays), -last.toordinal())
        return (*standing, far, self.doctor.sort_name, self.doctor.pk)

    def _visits(self) -> str:
        if not self.stays:
            return "jamais venu"
        last = weeks.label(max(self.stays))
        if len(self.stays) == 1:
            return f"déjà venu une fois, en {last}"
        return f"déjà venu {len(self.stays)} fois, la dernière en {last}"

    def _nearness(self) -> str:
        here, there = self.slot.centre.department, self.doctor.department
        if here == there:
            return "du département"
        km = distances.km(here, there)
        return f"à environ {thousands(km)}\u00a0km" if km else ""


def candidates(slot: Slot, typed: str, limit: int = 12) -> list[Candidate]:
    """Doctors whose name answers what was typed, best first; those who cannot come keep a few places at the end.

    When few are found, those whose name is a slip away follow. Four queries at most.
    """
    asked, tied = name_search.read(typed), _tied(slot)
    found = _answering(asked, slot, tied, limit)
    if _may_be_slips(asked, found):
        known = {one.doctor.pk for one in found}
        near = _answering(asked.with_slips(), slot, tied, limit)
        found += [replace(one, by_slip=True) for one in near if one.doctor.pk not in known]
    return _first(found, limit)


def _may_be_slips(asked: TypedName, found: list[Candidate]) -> bool:
    """True unless enough are found, or somebody of that very name: nobody else is to be taken for them."""
    if len(found) >= FEW or not asked.may_have_slips:
        return False
    return not any(one.obstacle or asked.is_whole(names.words_of_key(one.doctor.sort_name)) for one in found)


def _tied(slot: Slot) -> dict[int, Ties]:
    """By id, the doctors whom something ties to the place. One query."""
    that_week = Q(slot__monday=slot.monday) & ~Q(state=AssignmentState.CANCELLED)
    over = min(slot.monday, weeks.today())  # who is expected there before has not come yet
    stay = Q(slot__centre=slot.centre_id, state=AssignmentState.CONFIRMED, last_day__lt=over)
    rows = Assignment.objects.filter(that_week | stay).order_by("first_day", "pk")
    tied = {}
    for place, monday, centre, state, *person in rows.values_list(*TIE, *(f"doctor__{name}" for name in PERSON)):
        ties = tied.setdefault(person[0], Ties(tuple(person)))
        if monday == slot.monday:
            ties.bookings.append(Booking(place, centre, state))
        else:
            ties.stays.append(monday)
    return tied


def _answering(asked: TypedName, slot: Slot, tied: dict[int, Ties], limit: int) -> list[Candidate]:
    """Who answers the name, in order: all of those tied to the place, the first of the others."""
    met = [ties for ties in tied.values() if asked.is_met(names.words_of_key(ties.person[SORT_NAME]))]
    met += [Ties(person) for person in _others(asked, slot, tied, limit)]
    found = [Candidate(_doctor(ties.person), slot, ties.bookings, ties.stays) for ties in met]
    return sorted(found, key=lambda one: one.rank)


def _others(asked: TypedName, slot: Slot, tied: dict[int, Ties], limit: int) -> list[tuple]:
    """The nearest of those whom nothing ties to the place. One query, or two where few live around.

    Nothing typed, or little, is answered by thousands: those of the departments around are enough then.
    """
    everybody = asked.among(Doctor.objects.exclude(pk__in=tied)).order_by(_far(slot), "sort_name", "pk")
    people = everybody.values_list(*PERSON)
    if not asked.may_have_slips:
        around = distances.nearest_first(slot.centre.department)[:NEARBY]
        nearest = list(people.filter(department__in=around)[:limit])
        if len(nearest) == limit:
            return nearest
    return list(people[:limit])


def _first(found: list[Candidate], limit: int) -> list[Candidate]:
    """`limit` of them; those who cannot come are last, and keep a quarter of the places however many can."""
    able = [one for one in found if not one.obstacle]
    others = [one for one in found if one.obstacle]
    kept = others[: max(limit - len(able), limit // 4)]
    return able[: limit - len(kept)] + kept


def _doctor(person: tuple) -> Doctor:
    """A doctor whose other columns are read when asked for, so that none is blank by mistake."""
    return Doctor.from_db(DEFAULT_DB_ALIAS, PERSON, person)


def _said(state: str) -> str:
    return str(AssignmentState(state).label)


def _nearness(slot: Slot) -> str:
    """All departments between commas, from the centre's own to the farthest, then « not known » (`,,`)."""
    return f",{','.join(distances.nearest_first(slot.centre.department))},,"


def _far(slot: Slot) -> StrIndex:
    """Where a doctor's department stands in it: `rank` in SQL."""
    return StrIndex(Value(_nearness(slot)), Concat(Value(","), F("department"), Value(",")))
