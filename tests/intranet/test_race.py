"""Many people who press at once: one is served, the others are told why not, and nobody sees an error page."""

import json
from collections import Counter

import pytest
from django.conf import settings
from django.test import Client

from directory.models import ChangeSet
from directory.weeks import WEEK
from rotas.models import Assignment, DutyDay
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import SlotFactory
from tests.processes import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.xdist_group("race")]
TRIES = 30


def press(session: str, slot: int, doctor: int) -> int:
    """The status of a confirmation sent by a browser that holds this session."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    fields = {"geste": "confirmer", "version": 1, "doctor": doctor, "note": ""}
    return client.post(f"/intranet/rotation/{slot}/", fields).status_code


@pytest.fixture
def session(central) -> str:
    """What the cookie of the central team holds."""
    return central.cookies[settings.SESSION_COOKIE_NAME].value


def save(session: str, slot: int, doctor: int, version: int) -> int:
    """The status of the same, sent by the grid's script with the version that it read."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    fields = {"geste": "proposer", "version": version, "doctor": doctor}
    return client.post(f"/intranet/rotation/{slot}/", fields, headers={"HX-Request": "true"}).status_code


def test_twenty_people_on_one_cell_give_one_winner_a_version(session, monday):
    slot, doctors = SlotFactory(centre=CentreFactory(), monday=monday), DoctorFactory.create_batch(20)
    for version in (1, 2, 3):
        answers = together(save, [(session, slot.pk, doctor.pk, version) for doctor in doctors])
        slot.refresh_from_db()
        assert (Counter(answers), slot.version) == ({200: 1, 409: 19}, version + 1)
        assert [held.doctor for held in slot.assignments.active()] == [doctors[answers.index(200)]]
    assert (ChangeSet.objects.count(), DutyDay.objects.count()) == (3, 7)


def fill(session: str, cells: list[dict]) -> list[str]:
    """The cells that a fill could not have."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    fields = {"cells": json.dumps(cells), "state": "option"}
    answer = client.post("/intranet/rotation/remplir/", fields, headers={"HX-Request": "true"})
    return [one["cell"] for one in json.loads(answer.headers["HX-Trigger"])["grid:saved"]["refused"]]


def test_twenty_fills_of_the_same_cells_in_any_order_give_each_cell_once(session, ajain, monday):
    slots = [SlotFactory(centre=ajain, monday=monday + i * WEEK) for i in range(5)]
    doctors = DoctorFactory.create_batch(20)
    calls = [
        (session, [{"slot": slot.pk, "version": 1, "doctor": doctor.pk} for slot in slots[:: (-1) ** i]])
        for i, doctor in enumerate(doctors)
    ]
    left = [cell for refused in together(fill, calls) for cell in refused]
    assert Counter(left) == {f"s{slot.pk}": 19 for slot in slots}
    assert (Assignment.objects.active().count(), DutyDay.objects.count()) == (5, 35)


def test_one_doctor_confirmed_in_ten_places_at_once_stands_in_one(session, monday):
    doctor = DoctorFactory()
    slots = [SlotFactory(centre=CentreFactory(), monday=monday) for _ in range(10)]
    answers = Counter(together(press, [(session, slots[i % 10].pk, doctor.pk) for i in range(TRIES)]))
    assert answers == {302: 1, 409: answers[409], 422: TRIES - 1 - answers[409]}
    assert (Assignment.objects.count(), DutyDay.objects.count()) == (1, 7)


def test_two_doctors_confirmed_in_one_place_at_once_give_one(session, monday):
    slot, doctors = SlotFactory(centre=CentreFactory(), monday=monday), DoctorFactory.create_batch(2)
    answers = Counter(together(press, [(session, slot.pk, doctors[i % 2].pk) for i in range(TRIES)]))
    assert answers == {302: 1, 409: TRIES - 1}
    assert (Assignment.objects.count(), DutyDay.objects.count()) == (1, 7)
