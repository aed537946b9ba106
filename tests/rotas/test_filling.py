"""Several places in one gesture: the order of the wishes never decides what can be, and nobody is told for nothing."""

import pytest

from directory import book
from directory.models import OutgoingMessage
from rotas.filling import Wish, fill
from rotas.models import Assignment
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def central(member):
    return member("logistics")


@pytest.fixture
def week(monday):
    """Three places of one week, held by three doctors who are only proposed."""
    slots = [SlotFactory(centre=CentreFactory(), monday=monday) for _ in range(3)]
    return [
        AssignmentFactory(slot=slot, doctor__last_name=name, state="option")
        for slot, name in zip(slots, "ABC", strict=True)
    ]


def wishes(week, names: str) -> list[Wish]:
    """The doctor of this name in each place, in order."""
    doctors = {held.doctor.last_name: held.doctor for held in week}
    return [Wish(held.slot, held.slot.version, doctors.get(name)) for held, name in zip(week, names, strict=False)]


def standing(week) -> str:
    """The names in the places, `-` where nobody is."""
    held = dict(Assignment.objects.active().values_list("slot", "doctor__last_name"))
    return "".join(held.get(one.slot_id, "-") for one in week)


@pytest.mark.parametrize("names", ["BA", "BCA", "CAB", "B-", "-AB", "CB-"])
def test_doctors_change_places_whatever_the_order(names, week, central):
    done = fill(wishes=wishes(week, names), by=central, state="option")
    assert (done.refused, standing(week)) == ({}, names if len(names) == 3 else f"{names}C")
    book.undo(done.change_set, by=central)
    assert standing(week) == "ABC"


def test_who_is_busy_elsewhere_stops_nobody_but_themselves(week, central):
    asked = wishes(week, "BAB")
    done = fill(wishes=asked, by=central, state="option")
    assert (list(done.refused), standing(week)) == ([week[2].slot_id], "BAC")
    assert done.refused[week[2].slot_id].startswith(
        f"Dr {week[1].doctor.first_name} B est déjà à {week[0].slot.centre} "
    )


def test_doctors_who_change_places_are_told_once_of_each(monday, central):
    slots = [SlotFactory(centre=CentreFactory(), monday=monday) for _ in range(2)]
    held = [AssignmentFactory(slot=slot, doctor__last_name=name) for slot, name in zip(slots, "AB", strict=True)]
    fill(wishes=wishes(held, "BA"), by=central)
    written = OutgoingMessage.objects.values_list("kind", "state").order_by("kind")
    assert list(written) == [("rotas.week_cancelled", "pending")] * 2 + [("rotas.week_confirmed", "pending")] * 2


def test_putting_somebody_where_they_are_writes_nothing(ajain, monday, central):
    held = AssignmentFactory(slot=SlotFactory(centre=ajain, monday=monday))
    done = fill(wishes=[Wish(held.slot, 1, held.doctor)], by=central)
    assert (done.change_set, OutgoingMessage.objects.count()) == (None, 0)


def test_who_counts_on_coming_is_not_merely_proposed_again(ajain, monday, central):
    held = AssignmentFactory(slot=SlotFactory(centre=ajain, monday=monday), doctor=DoctorFactory(last_name="Roy"))
    done = fill(wishes=[Wish(held.slot, 1, held.doctor)], by=central, state="option")
    said = f"{held.doctor} a déjà été prévenu\u00a0: annulez sa semaine depuis sa case."
    assert (done.refused, Assignment.objects.get().state) == ({held.slot_id: said}, "confirmed")
