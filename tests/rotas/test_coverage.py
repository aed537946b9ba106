"""What is covered, as the charity counts it."""

from datetime import timedelta

import pytest

from directory import weeks
from rotas import coverage
from rotas.models import Baseline
from tests.factories.directory import CentreFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = pytest.mark.django_db


def fill(centre, monday, *states):
    """One week after the other: a confirmed or proposed place, a hole (None) or a closure."""
    for i, state in enumerate(states):
        slot = SlotFactory(centre=centre, monday=monday + i * weeks.WEEK)
        if state == "closed":
            ClosureFactory(centre=centre, monday=slot.monday)
        elif state:
            AssignmentFactory(slot=slot, state=state)


def test_continuous_until_the_sunday_before_the_first_hole(ajain, monday):
    fill(ajain, monday, "confirmed", "confirmed", None, "confirmed")
    assert coverage.continuous_until() == monday + timedelta(days=13)


def test_a_proposal_never_extends_it(ajain, monday):
    fill(ajain, monday, "confirmed", "option", "confirmed")
    assert coverage.continuous_until() == monday + timedelta(days=6)


def test_a_closed_week_does_not_break_it(ajain, monday):
    fill(ajain, monday, "confirmed", "closed", "confirmed", None)
    assert coverage.continuous_until() == monday + timedelta(days=20)


def test_a_hole_this_week_means_no_continuity(ajain, monday):
    fill(ajain, monday, None, "confirmed")
    assert coverage.continuous_until() is None


def test_the_network_is_as_continuous_as_its_weakest_centre(ajain, monday):
    other = CentreFactory()
    fill(ajain, monday, "confirmed", "confirmed", "confirmed", None)
    fill(other, monday, "confirmed", None)
    assert coverage.continuous_until() == monday + timedelta(days=6)
    assert coverage.continuous_until(centre=ajain.pk) == monday + timedelta(days=20)


def test_a_merely_wanted_place_is_no_hole(ajain, monday):
    fill(ajain, monday, "confirmed", "confirmed")
    SlotFactory(centre=ajain, monday=monday, place=2, need="wanted")
    assert coverage.continuous_until() == monday + timedelta(days=13)


def test_what_lies_ahead_is_counted_in_one_query(ajain, monday, django_assert_num_queries):
    fill(ajain, monday, "confirmed", "option", None, "closed", "confirmed")
    with django_assert_num_queries(1):
        found = coverage.ahead(count=4)
    assert (found.places, found.confirmed, found.proposed, found.holes) == (3, 1, 1, 1)


def test_a_past_hole_is_unknown_until_somebody_says_it_was_missed(ajain, monday):
    fill(ajain, monday - 2 * weeks.WEEK, None, None, None)
    assert (coverage.missed_weeks().weeks, coverage.missed_weeks().unknown) == (0, 2)
    ajain.slots.filter(monday=monday - weeks.WEEK).update(missed=True)
    assert (coverage.missed_weeks().weeks, coverage.missed_weeks().unknown) == (1, 1)


def test_two_missed_places_of_a_centre_are_one_missed_week(ajain, monday):
    for place in (1, 2):
        SlotFactory(centre=ajain, monday=monday - weeks.WEEK, place=place, missed=True)
    assert coverage.missed_weeks().weeks == 1


def test_weeks_before_the_baseline_count_from_it(ajain, monday):
    Baseline.objects.update_or_create(until=monday - weeks.WEEK, defaults={"missed_weeks": 2, "source": "Bilan"})
    SlotFactory(centre=ajain, monday=monday - 2 * weeks.WEEK, missed=True)
    found = coverage.missed_weeks()
    assert (found.weeks, found.unknown, found.source) == (2, 0, "Bilan")


@pytest.mark.parametrize("held", ["", "c", "cc", "co", "oc", "ccc", "cco", "-", "c-c", "......c"])
def test_both_figures_at_once_are_those_of_each(held, ajain, monday):
    for i, state in enumerate(held):
        slot = SlotFactory(centre=ajain, monday=monday + i * weeks.WEEK)
        if state in "co":
            AssignmentFactory(slot=slot, state="confirmed" if state == "c" else "option")
        if state == "-":
            ClosureFactory(centre=ajain, monday=slot.monday)
    assert coverage.ahead_and_until() == (coverage.ahead(), coverage.continuous_until())


def test_both_figures_at_once_follow_the_weeks(ajain, monday):
    far = SlotFactory(centre=ajain, monday=monday + 30 * weeks.WEEK)
    AssignmentFactory(slot=far)
    assert coverage.ahead_and_until() == (coverage.Ahead(0, 0, 0), far.sunday)
    assert coverage.ahead_and_until(far.monday) == (coverage.Ahead(1, 1, 0), far.sunday)
