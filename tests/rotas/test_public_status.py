"""What the public reads of a centre's weeks."""

from datetime import timedelta

import pytest

from directory.weeks import WEEK
from rotas.public_status import Care, Spell, statuses
from tests.factories.directory import CentreFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory

pytestmark = pytest.mark.django_db


def week(care, monday, count=1):
    return Spell(care, monday, monday + count * WEEK - timedelta(days=1))


@pytest.mark.parametrize(
    ("fields", "care"),
    [
        ({"state": "confirmed"}, Care.ASSURED),
        ({"state": "option"}, Care.CALL),
        ({"state": "cancelled"}, Care.CALL),
        ({"state": "confirmed", "slot__published": False}, Care.CALL),
    ],
)
def test_only_a_confirmed_doctor_of_a_published_week_assures_care(ajain, monday, fields, care):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, **fields)
    assert statuses([ajain], monday, 1) == {ajain.pk: [week(care, monday)]}


def test_one_doctor_of_two_is_enough(ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, slot__place=1, state="option")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, slot__place=2)
    assert statuses([ajain], monday, 1) == {ajain.pk: [week(Care.ASSURED, monday)]}


def test_weeks_closed_in_a_row_make_one_spell_with_its_true_bounds(ajain, monday):
    for number in (-1, 0, 1, 3):
        ClosureFactory(centre=ajain, monday=monday + number * WEEK)
    assert statuses([ajain], monday, 4)[ajain.pk] == [
        week(Care.CLOSED, monday - WEEK, 3),
        week(Care.CALL, monday + 2 * WEEK),
        week(Care.CLOSED, monday + 3 * WEEK),
    ]


def test_a_closed_week_is_closed_even_with_a_doctor(ajain, monday):
    ClosureFactory(centre=ajain, monday=monday)
    AssignmentFactory(slot__centre=ajain, slot__monday=monday)
    assert statuses([ajain], monday, 1) == {ajain.pk: [week(Care.CLOSED, monday)]}


def test_another_centre_s_doctor_assures_nothing_here(ajain, monday):
    AssignmentFactory(slot__centre=CentreFactory(), slot__monday=monday)
    assert statuses([ajain], monday, 1) == {ajain.pk: [week(Care.CALL, monday)]}


@pytest.mark.parametrize("count", [1, 30])
def test_one_query_for_any_number_of_centres(monday, django_assert_num_queries, count):
    centres = CentreFactory.create_batch(count)
    with django_assert_num_queries(1):
        assert len(statuses(centres, monday, 5)) == count
