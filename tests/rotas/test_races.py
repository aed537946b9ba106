"""Many people at once on one doctor or one place: the database lets one through."""

from collections import Counter

import pytest
from django.db import transaction

from directory.models import Doctor, OutgoingMessage, User
from rotas import actions
from rotas.models import Assignment, Closure, DutyDay, Slot
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import SlotFactory
from tests.processes import together

# Fifty connections at once: one race at a time, or a server with its usual hundred runs out of them.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.xdist_group("race")]
TRIES = 50


def assign(slot: int, doctor: int, by: int) -> str:
    actions.assign(
        slot=Slot.objects.get(pk=slot),
        doctor=Doctor.objects.get(pk=doctor),
        by=User.objects.get(pk=by),
        version=1,
    )
    return "taken"


def hold_a_day(slot: int, doctor: int, assignment: int, monday) -> str:
    """Bypasses every check of ours: only the unique keys are left."""
    with transaction.atomic():
        DutyDay.objects.create(assignment_id=assignment, slot_id=slot, doctor_id=doctor, date=monday)
    return "taken"


def test_one_doctor_in_ten_places_stands_in_one(member, monday):
    by, doctor = member("logistics"), DoctorFactory()
    slots = [SlotFactory(centre=CentreFactory(), monday=monday) for _ in range(10)]
    answers = Counter(together(assign, [(slots[i % 10].pk, doctor.pk, by.pk) for i in range(TRIES)]))
    assert answers == {"taken": 1, "Refusal": answers["Refusal"], "Stale": TRIES - 1 - answers["Refusal"]}
    assert (Assignment.objects.count(), DutyDay.objects.count(), OutgoingMessage.objects.count()) == (1, 7, 1)


def test_two_doctors_in_one_place_give_one(member, monday):
    by, slot = member("logistics"), SlotFactory(centre=CentreFactory(), monday=monday)
    doctors = [DoctorFactory(), DoctorFactory()]
    answers = Counter(together(assign, [(slot.pk, doctors[i % 2].pk, by.pk) for i in range(TRIES)]))
    assert answers == {"taken": 1, "Stale": TRIES - 1}
    assert (Assignment.objects.count(), DutyDay.objects.count()) == (1, 7)


def test_the_database_alone_refuses_a_doctor_twice_a_day(monday):
    doctor = DoctorFactory()
    slots = [SlotFactory(centre=CentreFactory(), monday=monday) for _ in range(10)]
    holder = Assignment.objects.create(
        slot=slots[0], doctor=doctor, state="confirmed", first_day=monday, last_day=monday
    )
    calls = [(slots[i % 10].pk, doctor.pk, holder.pk, monday) for i in range(TRIES)]
    assert Counter(together(hold_a_day, calls)) == {"taken": 1, "IntegrityError": TRIES - 1}


def close(centre: int, monday, by: int) -> str:
    slot = Slot.objects.get(centre=centre, monday=monday)
    actions.close_week(slot=slot, by=User.objects.get(pk=by), version=slot.version)
    return "closed"


def act(verb: str, *call) -> str:
    return {"assign": assign, "close": close}[verb](*call)


def test_a_week_is_never_both_closed_and_held(member, monday):
    by, doctor = member("logistics"), DoctorFactory()
    slot = SlotFactory(centre=CentreFactory(), monday=monday)
    calls = [("assign", slot.pk, doctor.pk, by.pk), ("close", slot.centre_id, monday, by.pk)] * 10
    together(act, calls)
    assert Assignment.objects.active().count() + Closure.objects.count() == 1
