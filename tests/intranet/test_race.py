"""Many people who press at once: one is served, the others are told why not, and nobody sees an error page."""

from collections import Counter

import pytest
from django.conf import settings
from django.test import Client

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
