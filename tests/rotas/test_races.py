"""Many people at once on one doctor or one place: the database lets one through."""

from collections import Counter

import pytest
from django.db import transaction

from directory import book, weeks
from directory.imports import running
from directory.models import ChangeSet, Doctor, OutgoingMessage, User
from directory.models.book import Source
from directory.retrying import retried
from rotas import actions
from rotas.imports import rota
from rotas.models import Assignment, Closure, DutyDay, Slot
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory
from tests.processes import together
from tests.tables import text_file

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
    assert answers == {"taken": 1, "Busy": answers["Busy"], "Stale": TRIES - 1 - answers["Busy"]}
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


def release(slot: int, by: int) -> str:
    actions.release(slot=Slot.objects.get(pk=slot), by=User.objects.get(pk=by), version=1)
    return "freed"


def undo(change_set: int, by: int) -> str:
    book.undo(ChangeSet.objects.get(pk=change_set), by=User.objects.get(pk=by))
    return "undone"


def send(path: str, year: int) -> str:
    file = rota.read(path, year=year)
    running.run(lambda: rota.write(file))
    return "imported"


def swap(slot: int, doctor: int, by: int) -> str:
    """As `assign`, decorated: started again when the database ends a deadlock."""
    return retried(transaction.atomic(assign))(slot, doctor, by)


def act(verb: str, *call) -> str:
    verbs = {"assign": assign, "close": close, "release": release, "undo": undo, "send": send}
    return verbs[verb](*call)


def recorded(assignment: Assignment) -> int:
    """The id of a gesture that made an assignment."""
    entry = book.open_entry(by=None, verb="test", source=Source.HAND)
    entry.made(assignment)
    return entry.close().pk


def test_a_week_is_never_both_closed_and_held(member, monday):
    by, doctor = member("logistics"), DoctorFactory()
    slot = SlotFactory(centre=CentreFactory(), monday=monday)
    calls = [("assign", slot.pk, doctor.pk, by.pk), ("close", slot.centre_id, monday, by.pk)] * 10
    answers = Counter(together(act, calls))
    held, shut = Assignment.objects.active().count(), Closure.objects.count()
    assert (held + shut, answers["taken"], answers["closed"] > 0) == (1, held, bool(shut))
    assert set(answers) <= {"taken", "closed", "Stale", "Busy", "Refusal"}


def test_of_an_undo_a_release_and_an_assignment_one_passes(member, monday):
    by, doctors = member("logistics"), DoctorFactory.create_batch(12)
    held = [AssignmentFactory(slot__centre=CentreFactory(), slot__monday=monday) for _ in doctors]
    calls = [("undo", recorded(row), by.pk) for row in held]
    calls += [("release", row.slot_id, by.pk) for row in held]
    calls += [("assign", row.slot_id, doctor.pk, by.pk) for row, doctor in zip(held, doctors, strict=True)]
    answers = together(act, calls)
    winners = [len({"undone", "freed", "taken"} & set(answers[i::12])) for i in range(12)]
    assert winners == [1] * 12
    assert set(answers) <= {"undone", "freed", "taken", "ChangedSince", "Stale"}
    assert set(answers[:12]) <= {"undone", "ChangedSince"}


def test_an_undo_pressed_many_times_is_done_once(member, monday):
    by, row = member("logistics"), AssignmentFactory(slot__centre=CentreFactory(), slot__monday=monday)
    answers = Counter(together(undo, [(recorded(row), by.pk)] * 20))
    assert answers == {"undone": 1, "Refusal": 19}


def test_two_doctors_who_change_places_at_once_get_an_answer(member, monday):
    by = member("logistics")
    pairs = [[AssignmentFactory(slot__centre=CentreFactory(), slot__monday=monday) for _ in "ab"] for _ in range(15)]
    calls = [(row.slot_id, other.doctor_id, by.pk) for pair in pairs for row, other in (pair, pair[::-1])]
    assert Counter(together(swap, calls)) == {"Busy": 30}
    assert (Assignment.objects.active().count(), DutyDay.objects.count()) == (30, 210)


def test_an_import_and_people_on_the_same_places_end_well(member, monday, tmp_path):
    by, doctors = member("logistics"), [DoctorFactory(last_name=f"Nom{chr(65 + i)}") for i in range(15)]
    centres = [CentreFactory() for _ in doctors]
    monday += 5 * weeks.WEEK
    year, week, _ = monday.isocalendar()
    rows = [["Semaine", *(c.name for c in centres)], [f"S{week}", *(f"Dr {d.last_name}" for d in doctors)]]
    path = str(text_file(tmp_path / "p.csv", rows))
    slots = [SlotFactory(centre=centre, monday=monday) for centre in centres]
    calls = [("send", path, year)] * 3
    calls += [
        ("assign", slot.pk, doctor.pk, by.pk) for slot, doctor in zip(slots, doctors[1:] + doctors[:1], strict=True)
    ]
    answers = Counter(together(act, calls))
    assert (answers["imported"], set(answers) <= {"imported", "taken", "Stale", "Busy", "Refusal"}) == (3, True)
    assert DutyDay.objects.count() == 7 * Assignment.objects.active().count()
