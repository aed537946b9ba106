"""Whom no mail has told, the gesture that writes to them once, and its taking back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory import weeks
from directory.models import ChangeSet, OutgoingMessage
from directory.refusals import Refusal
from directory.weeks import WEEK
from huey_tasks.models import Job
from rotas import actions, notices, telling
from rotas.models import Assignment, Slot
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def imported(ajain, monday):
    """Confirmed by a file: no mail of ours."""
    return AssignmentFactory(slot__centre=ajain, slot__monday=monday + WEEK)


@pytest.fixture
def central(member):
    return member("logistics")


def untold() -> list[Assignment]:
    return list(telling.untold(Slot.objects.all()))


def tell(by, *rows, marks=None, slots=None):
    shown = marks or {row.pk: telling.mark(row) for row in rows}
    return telling.tell(slots=Slot.objects.all() if slots is None else slots, shown=shown, by=by)


def mails() -> list[tuple[str, str]]:
    """(kind, state) of the mails, oldest first."""
    rows = OutgoingMessage.objects.order_by("pk").values_list("kind", "state")
    return [(kind.removeprefix("rotas.week_"), state) for kind, state in rows]


def leave(state="sent") -> None:
    """All that is pending has left, or was refused."""
    sent_at = timezone.now() if state == "sent" else None
    OutgoingMessage.objects.filter(state="pending").update(state=state, sent_at=sent_at)


def test_who_was_imported_is_untold_until_told(imported, central):
    assert untold() == [imported]
    done = tell(central, imported)
    assert ([mail.recipient for mail in done.mails], done.changed) == ([imported.doctor.email], [])
    assert (untold(), mails(), Job.objects.count()) == ([], [("confirmed", "pending")], 1)
    leave()
    assert untold() == []


def test_who_was_confirmed_by_hand_is_told_already(ajain, monday, central):
    slot = SlotFactory(centre=ajain, monday=monday)
    actions.assign(slot=slot, doctor=DoctorFactory(), by=central, version=1, last_day=monday + DAY)
    assert untold() == []


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"state": "option"}, 7),
        ({"state": "cancelled"}, 7),
        ({"slot__published": False}, 7),
        ({}, -7),
    ],
)
def test_who_is_not_expected_is_not_to_be_told(fields, days, monday):
    AssignmentFactory(slot__monday=monday + timedelta(days), **fields)
    assert untold() == []


def test_this_week_is_not_over(monday):
    row = AssignmentFactory(slot__monday=monday)
    assert untold() == [row]


def test_whose_mail_was_refused_is_untold_and_said_so(imported, central):
    tell(central, imported)
    leave("failed")
    assert [(row.pk, row.refused) for row in untold()] == [(imported.pk, True)]
    tell(central, imported)
    assert mails() == [("confirmed", "failed"), ("confirmed", "pending")]


def test_who_was_told_other_days_is_untold(imported, central):
    tell(central, imported)
    leave()
    Assignment.objects.update(last_day=imported.first_day + DAY)
    assert untold() == [imported]


def test_who_was_told_not_to_come_and_comes_after_all_is_untold(imported, central):
    actions.release(slot=imported.slot, by=central, version=1)
    leave()
    Assignment.objects.update(state="confirmed")
    assert untold() == [imported]


def test_whoever_is_untold_is_said_to_be_so_whatever_was_written_before(imported, central):
    tell(central, imported)
    leave()
    actions.release(slot=imported.slot, by=central, version=1)
    leave()
    Assignment.objects.update(state="confirmed")
    row = Assignment.objects.get()
    assert (untold(), notices.standing(row)) == ([row], "Non prévenu par Relais.")


def test_the_reference_of_the_query_is_that_of_the_mails(imported):
    found = telling.Assignment.objects.annotate(about=telling.ABOUT).get()
    assert found.about == notices.about(imported.slot_id, imported.doctor_id)


def test_two_presses_write_one_mail(imported, central):
    marks = {imported.pk: telling.mark(imported)}
    tell(central, marks=marks)
    again = tell(central, marks=marks)
    assert (again.mails, again.changed, again.change_set, len(mails())) == ([], [imported], None, 1)
    assert telling.why_left_out(imported) == "a été prévenu entre-temps"


CHANGES = {
    "n’est plus confirmé": lambda row: Assignment.objects.filter(pk=row.pk).update(state="cancelled", version=2),
    "n’a plus d’adresse e-mail": lambda row: type(row.doctor).objects.filter(pk=row.doctor_id).update(email=""),
    "a changé depuis que vous avez ouvert la page": lambda row: Assignment.objects.filter(pk=row.pk).update(version=2),
}


@pytest.mark.parametrize("said", CHANGES)
def test_what_changed_since_the_page_was_shown_is_said_and_not_sent(said, imported, central):
    marks = {imported.pk: telling.mark(imported)}
    CHANGES[said](imported)
    done = tell(central, marks=marks)
    assert (done.mails, [telling.why_left_out(row) for row in done.changed]) == ([], [said])


def test_another_address_is_a_change(imported, central):
    marks = {imported.pk: telling.mark(imported)}
    type(imported.doctor).objects.update(email="autre@example.org")
    assert (tell(central, marks=marks).mails, mails()) == ([], [])


def test_a_place_out_of_reach_is_neither_told_nor_said(imported, central):
    done = tell(central, imported, slots=Slot.objects.exclude(pk=imported.slot_id))
    assert (done.mails, done.changed, mails()) == ([], [], [])


def test_who_has_no_address_is_counted_apart(imported, ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, doctor__email="")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + 2 * WEEK, doctor=imported.doctor)
    assert telling.count(Slot.objects.all()) == {"doctors": 1, "calls": 1}


def test_taken_back_before_they_leave_nobody_hears_and_they_are_untold_again(imported, central):
    done = tell(central, imported)
    telling.take_back(change_set=done.change_set, by=central)
    assert (mails(), untold()) == ([("confirmed", "cancelled")], [imported])
    assert [job.state for job in Job.objects.all()] == ["cancelled"]


def test_what_has_left_is_not_taken_back(imported, central):
    other = AssignmentFactory(slot__centre=CentreFactory(), slot__monday=imported.slot.monday)
    done = tell(central, imported, other)
    OutgoingMessage.objects.filter(recipient=other.doctor.email).update(state="sent", sent_at=timezone.now())
    undone = telling.take_back(change_set=done.change_set, by=central)
    assert ([change.before["slot_id"] for change in undone.changes.all()], undone.undoes) == (
        [imported.slot_id],
        done.change_set,
    )
    with pytest.raises(Refusal, match="ne peut plus être arrêté"):
        telling.take_back(change_set=done.change_set, by=central)


def test_who_knew_from_elsewhere_hears_of_the_end_even_when_the_mail_was_stopped(imported, central):
    """As any doctor confirmed by a file: they had been expecting to come."""
    telling.take_back(change_set=tell(central, imported).change_set, by=central)
    actions.release(slot=imported.slot, by=central, version=1)
    assert mails() == [("confirmed", "cancelled"), ("cancelled", "pending")]


def test_a_doctor_freed_before_the_mail_leaves_gets_the_cancellation_alone(imported, central):
    tell(central, imported)
    actions.release(slot=imported.slot, by=central, version=1)
    assert mails() == [("confirmed", "cancelled"), ("cancelled", "pending")]


def test_the_book_knows_who_told_whom_without_the_address(imported, central):
    done = tell(central, imported)
    change = ChangeSet.objects.get(verb=telling.VERB).changes.get()
    assert (done.change_set.actor_id, change.before) == (central.pk, None)
    assert change.after == {
        "slot_id": imported.slot_id,
        "doctor_id": imported.doctor_id,
        "first_day": imported.first_day.isoformat(),
        "last_day": imported.last_day.isoformat(),
        "known": True,
    }


@pytest.mark.parametrize("rows", [1, 30])
def test_one_query_whatever_the_number_of_rows(rows, monday, django_assert_num_queries):
    for i in range(rows):
        AssignmentFactory(slot__monday=weeks.monday_of(monday) + i * WEEK)
    with django_assert_num_queries(1):
        assert len(telling.in_reading_order(telling.untold(Slot.objects.all()))) == rows
    with django_assert_num_queries(1):
        telling.count(Slot.objects.all())
