"""What Relais holds in the weeks of a file, read once and locked, before the two are compared."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from directory.models import Capacity, Centre, Change
from directory.models.book import Source
from rotas.models import Assignment, AssignmentState, Closure, Slot
from rotas.slots import week_subject

NOT_BY_HAND = {Source.IMPORT, Source.UNDO}


@dataclass
class Standing:
    """Places, who holds them, closures; and what somebody took away by hand, which a file does not put back."""

    slots: dict[tuple[int, date, int], Slot] = field(default_factory=dict)
    places: dict[tuple[int, date], list[Slot]] = field(default_factory=lambda: defaultdict(list))
    holders: dict[int, list[Assignment]] = field(default_factory=lambda: defaultdict(list))
    duties: dict[tuple[int, date], list[Assignment]] = field(default_factory=lambda: defaultdict(list))
    closures: dict[tuple[int, date], Closure] = field(default_factory=dict)
    freed: set[tuple[int, int]] = field(default_factory=set)
    reopened: set[tuple[int, date]] = field(default_factory=set)


def lock_weeks(mondays: list[date], centres: list[Centre]) -> None:
    """Hold these centres, then their places in these weeks, in one order, until the transaction ends."""
    list(Centre.objects.filter(pk__in=[centre.pk for centre in centres]).locked())
    list(Slot.objects.filter(monday__in=mondays, centre__in=centres).locked())


def read_standing(mondays: list[date], centres: list[Centre]) -> Standing:
    """Everything about these weeks, whose places are held (`lock_weeks`)."""
    standing = Standing()
    for slot in Slot.objects.filter(monday__in=mondays, centre__in=centres):
        standing.slots[slot.centre_id, slot.monday, slot.place] = slot
        standing.places[slot.centre_id, slot.monday].append(slot)
    active = Assignment.objects.active().filter(slot__monday__in=mondays)
    for assignment in active.select_related("doctor", "slot__centre").order_by("first_day", "pk"):
        standing.holders[assignment.slot_id].append(assignment)
        standing.duties[assignment.doctor_id, assignment.slot.monday].append(assignment)
    for closure in Closure.objects.filter(monday__in=mondays, centre__in=centres):
        standing.closures[closure.centre_id, closure.monday] = closure
    standing.freed = _freed_by_hand(mondays)
    standing.reopened = _reopened_by_hand(mondays, centres)
    return standing


def _freed_by_hand(mondays: list[date]) -> set[tuple[int, int]]:
    """(place, doctor) of assignments that somebody cancelled in Relais."""
    gone = Assignment.objects.filter(slot__monday__in=mondays, state=AssignmentState.CANCELLED)
    places = {row: (slot, doctor) for row, slot, doctor in gone.values_list("pk", "slot_id", "doctor_id")}
    last = _last_sources(Change.objects.filter(table=Assignment._meta.label_lower, row__in=places), "row")
    return {place for row, place in places.items() if last.get(row) not in NOT_BY_HAND}


def _reopened_by_hand(mondays: list[date], centres: list[Centre]) -> set[tuple[int, date]]:
    """(centre, Monday) of closures whose last change is that somebody took them back in Relais."""
    weeks = {week_subject(centre.pk, monday): (centre.pk, monday) for centre in centres for monday in mondays}
    changes = Change.objects.filter(table=Closure._meta.label_lower, after__isnull=True)
    last = _last_sources(changes, "subject")
    return {weeks[subject] for subject, source in last.items() if subject in weeks and source not in NOT_BY_HAND}


def _last_sources(changes, name: str) -> dict:
    """Where the last change of each row or subject came from; an import that was undone is as if it never was."""
    undone = Q(change_set__source=Source.IMPORT, change_set__undone_by__isnull=False)
    undoing = Q(change_set__undoes__source=Source.IMPORT)
    standing = changes.exclude(undone).exclude(undoing)
    return dict(standing.order_by("pk").values_list(name, "change_set__source"))


@dataclass
class Capacities:
    """Why a place does not exist in a week."""

    by_centre: dict[int, list[Capacity]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, centres: list[Centre]) -> "Capacities":
        """The capacities of these centres, oldest first."""
        found = cls()
        for capacity in Capacity.objects.filter(centre__in=centres).order_by("since"):
            found.by_centre[capacity.centre_id].append(capacity)
        return found

    def why_none(self, centre: Centre, monday: date) -> str:
        """What to say of a place that the centre does not have that week."""
        ruling = [capacity for capacity in self.by_centre[centre.pk] if capacity.since <= monday]
        if not ruling:
            return f"{centre} n’est pas encore ouvert cette semaine-là (ouverture le {centre.opened_on:%d/%m/%Y})"
        places = ruling[-1].required + ruling[-1].wanted
        return f"{centre} n’a que {places} place{'s' if places > 1 else ''} cette semaine-là"
