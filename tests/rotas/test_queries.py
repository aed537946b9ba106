"""Reads of the rota: the grid's tuples, states in SQL as in Python, holes."""

from datetime import timedelta

import pytest

from directory.weeks import WEEK
from rotas import queries
from rotas.models import Slot
from rotas.states import State, state_of
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = pytest.mark.django_db


def every_kind_of_place(monday):
    """One place of each: past or to come, required or wanted, missed or not, closed or not, held or not."""
    number = 0
    for weeks_on in (-2, 2):
        for need in ("required", "wanted"):
            for missed in (False, True):
                for closed in (False, True):
                    for held in ([], ["option"], ["confirmed"], ["cancelled"], ["option", "confirmed"]):
                        number += 1
                        centre = CentreFactory(name=f"Centre n° {number}", capacity=False)
                        slot = SlotFactory(centre=centre, monday=monday + weeks_on * WEEK, need=need, missed=missed)
                        if closed:
                            ClosureFactory(centre=centre, monday=slot.monday)
                        for i, state in enumerate(held):
                            day = slot.monday + timedelta(days=i)
                            AssignmentFactory(slot=slot, state=state, first_day=day, last_day=day)
                        yield slot, closed, [state for state in held if state != "cancelled"]


def test_sql_and_python_name_the_same_state(monday):
    said = {}
    for slot, closed, held in every_kind_of_place(monday):
        strongest = "confirmed" if "confirmed" in held else (held or [None])[0]
        said[slot.pk] = state_of(
            held=strongest,
            closed=closed,
            missed=slot.missed,
            wanted=slot.need == "wanted",
            past=slot.monday < monday,
        )
    assert dict(queries.with_state(Slot.objects.all()).values_list("pk", "state")) == said
    assert set(said.values()) == set(State)


def test_the_current_week_is_not_past(ajain, monday):
    SlotFactory(centre=ajain, monday=monday)
    assert queries.with_state(Slot.objects.all()).get().state == State.OPEN


def test_places_are_tuples_with_their_holder(ajain, monday, django_assert_num_queries):
    slot = SlotFactory(centre=ajain, monday=monday)
    AssignmentFactory(slot=slot, state="cancelled")
    held = AssignmentFactory(slot=slot, doctor=DoctorFactory(first_name="Zoé", last_name="Roy"), note="en train")
    person = ("Zoé", "Roy", held.first_day, held.last_day, None, "en train")
    with django_assert_num_queries(1):
        found = queries.places(monday, monday, None, names=True)
    assert found == [
        (slot.pk, ajain.pk, monday, 1, "required", False, "confirmed", 1, *person, held.doctor_id),
    ]


def test_without_names_no_name_is_read(ajain, monday, django_assert_num_queries):
    AssignmentFactory(slot__centre=ajain)
    with django_assert_num_queries(1) as seen:
        found = queries.places(monday, monday, [ajain.pk], names=False)
    assert [len(row) for row in found] == [8]
    assert "directory_doctor" not in seen.captured_queries[0]["sql"]


def test_centres_come_with_their_closures_in_one_query(ajain, monday, django_assert_num_queries):
    older = CentreFactory(name="Nièvre", department="58", opened_on=ajain.opened_on - timedelta(days=9))
    ClosureFactory(centre=older, monday=monday)
    ClosureFactory(centre=older, monday=monday + 9 * WEEK)
    with django_assert_num_queries(1):
        centres, closed = queries.centres_and_closures(monday, monday + WEEK)
    assert centres == [(older.pk, "Nièvre", "58", "123456"), (ajain.pk, "Ajain", "23", "123456")]
    assert closed == {(older.pk, monday)}


def test_holes_are_required_places_of_open_weeks_that_nobody_holds(ajain, monday):
    holes = [SlotFactory(centre=ajain, monday=monday + i * WEEK) for i in (3, 0)]
    SlotFactory(centre=ajain, monday=monday + WEEK, need="wanted")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + 2 * WEEK, state="option")
    SlotFactory(centre=ajain, monday=monday + 12 * WEEK)
    ClosureFactory(centre=SlotFactory(centre__name="Nièvre").centre)
    assert list(queries.holes(monday, 12)) == holes[::-1]
    assert list(queries.holes(monday, 12, [ajain.pk + 1])) == []


def test_the_same_place_a_week_before_and_after(ajain, monday):
    before, slot, other = (SlotFactory(centre=ajain, monday=monday + i * WEEK) for i in (-1, 0, 2))
    assert (queries.neighbours(slot), queries.neighbours(other)) == ((before.pk, None), (None, None))


def test_the_columns_of_a_row_stand_where_their_names_say():
    columns = [*queries.PLACE, *queries.HOLDER]
    named = {
        "pk": queries.SLOT,
        "centre_id": queries.CENTRE,
        "monday": queries.MONDAY,
        "place": queries.NUMBER,
        "need": queries.NEED,
        "missed": queries.MISSED,
        "holder__state": queries.HELD,
        "holder__doctor__first_name": queries.FIRST_NAME,
        "holder__doctor__last_name": queries.LAST_NAME,
        "holder__first_day": queries.FIRST_DAY,
        "holder__last_day": queries.LAST_DAY,
        "holder__option_expires_at": queries.EXPIRES,
        "holder__note": queries.NOTE,
    }
    assert {columns[place]: place for place in named.values()} == named
