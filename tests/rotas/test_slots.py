"""Places follow the capacities: made ahead by the clock, dropped when nobody ever stood there."""

import pytest

from directory import book, events, public, weeks
from directory.models import Capacity, Centre, Change
from rotas import slots
from rotas.jobs import make_coming_slots
from rotas.models import Slot
from tests.factories.directory import CapacityFactory, CentreFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = pytest.mark.django_db
NEXT = weeks.monday_of(weeks.today()) + weeks.WEEK


def needs(monday=NEXT) -> list[str]:
    return list(Slot.objects.filter(monday=monday).order_by("place").values_list("need", flat=True))


def recapacitate(centre, entry=None, **places) -> None:
    """Another capacity since the opening, announced as an action would."""
    Capacity.objects.filter(centre=centre).update(**places)
    events.capacity_changed.send(sender=Centre, centre=centre, entry=entry)


def test_places_are_made_24_months_ahead(ajain, monday):
    make_coming_slots()
    mondays = list(Slot.objects.order_by("monday").values_list("monday", flat=True))
    assert mondays == [monday + n * weeks.WEEK for n in range(105)]
    assert Change.objects.count() == 0


def test_a_second_night_changes_nothing_and_bumps_nothing(ajain):
    make_coming_slots()
    before, stamp = list(Slot.objects.values()), public.stamp()
    make_coming_slots()
    assert (list(Slot.objects.values()), public.stamp()) == (before, stamp)


def test_a_night_that_makes_places_tells_visitors(ajain):
    stamp = public.stamp()
    make_coming_slots()
    assert public.stamp() == stamp + 1


def test_each_centre_is_its_own_transaction(monkeypatch, ajain):
    CentreFactory(name="Nièvre", opened_on=weeks.today())
    seen = []
    monkeypatch.setattr(slots, "make_coming_slots", lambda centre: seen.append(centre.name))
    make_coming_slots()
    assert seen == ["Ajain", "Nièvre"]


def test_no_place_before_the_opening(monday):
    centre = CentreFactory(opened_on=monday + 10 * weeks.WEEK)
    make_coming_slots()
    assert Slot.objects.filter(centre=centre).earliest("monday").monday == monday + 10 * weeks.WEEK


def test_a_larger_capacity_makes_places_from_its_monday_on(ajain):
    make_coming_slots()
    CapacityFactory(centre=ajain, since=NEXT + weeks.WEEK, required=2, wanted=1)
    make_coming_slots()
    assert (needs(), needs(NEXT + weeks.WEEK)) == (["required"], ["required", "required", "wanted"])


def test_standing_places_take_the_need_of_a_new_capacity(ajain, monday):
    past = SlotFactory(centre=ajain, monday=monday - weeks.WEEK)
    make_coming_slots()
    recapacitate(ajain, required=0, wanted=1)
    found = Slot.objects.get(centre=ajain, monday=monday)
    past.refresh_from_db()
    assert (needs(), found.need, found.version, past.need) == (["wanted"], "wanted", 2, "required")


def test_a_need_changed_in_a_gesture_is_undone_with_it(ajain, monday):
    slot = SlotFactory(centre=ajain, monday=NEXT)
    Capacity.objects.update(required=0, wanted=1)
    entry = book.open_entry(by=None, verb="test")
    slots.make_slots(ajain, NEXT, NEXT, entry=entry)
    book.undo(entry.close(), by=None)
    slot.refresh_from_db()
    assert (slot.need, slot.version) == ("required", 3)


def test_extra_places_go_only_when_nobody_ever_stood_there(ajain):
    Capacity.objects.update(required=3)
    make_coming_slots()
    AssignmentFactory(slot=Slot.objects.get(monday=NEXT, place=2), state="cancelled")
    recapacitate(ajain, required=1)
    places = Slot.objects.filter(monday=NEXT).order_by("place").values_list("place", flat=True)
    assert (list(places), len(needs(NEXT + weeks.WEEK))) == ([1, 2], 1)


def test_extra_places_of_this_week_and_drafts_stay(ajain, monday):
    kept = [SlotFactory(centre=ajain, monday=monday, place=2)]
    kept.append(SlotFactory(centre=ajain, monday=NEXT, place=2, published=False))
    slots.make_coming_slots(ajain)
    assert Slot.objects.filter(place=2).count() == len(kept)


def test_a_place_is_untouched_until_a_gesture_names_it(ajain):
    slot = SlotFactory(centre=ajain)
    assert slots.is_untouched(slot)
    entry = book.open_entry(by=None, verb="test")
    entry.made(slot)
    entry.close()
    assert not slots.is_untouched(slot)
    assert not slots.is_untouched(SlotFactory(centre=ajain, monday=NEXT, version=2))
