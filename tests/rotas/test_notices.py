"""What a doctor is told of their week: each time what stands, once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from directory import book, weeks
from directory.models import Change, ChangeSet, OutgoingMessage
from rotas import actions, notices
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(ajain, monday):
    return SlotFactory(centre=ajain, monday=monday + weeks.WEEK)


@pytest.fixture
def central(member):
    return member("logistics")


def leave() -> None:
    """All that is pending has been sent."""
    OutgoingMessage.objects.filter(state="pending").update(state="sent", sent_at=timezone.now())


def written() -> list[tuple[str, str]]:
    """(kind, state) of the mails, oldest first."""
    rows = OutgoingMessage.objects.order_by("pk").values_list("kind", "state")
    return [(kind.removeprefix("rotas.week_"), state) for kind, state in rows]


def test_a_doctor_who_leaves_and_comes_back_in_time_hears_nothing_new(slot, central):
    first, second = DoctorFactory(), DoctorFactory()
    actions.assign(slot=slot, doctor=first, by=central, version=1)
    leave()
    actions.assign(slot=slot, doctor=second, by=central, version=2)
    actions.assign(slot=slot, doctor=first, by=central, version=3)
    assert written() == [("confirmed", "sent"), ("cancelled", "cancelled"), ("confirmed", "cancelled")]


def test_undone_and_done_again_in_time_is_one_mail(slot, central):
    doctor = DoctorFactory()
    done = actions.assign(slot=slot, doctor=doctor, by=central, version=1)
    book.undo(done.change_set, by=central)
    actions.assign(slot=slot, doctor=doctor, by=central, version=3)
    assert written() == [("confirmed", "cancelled"), ("confirmed", "pending")]


def test_a_doctor_confirmed_by_an_import_is_told_when_freed(slot, central):
    AssignmentFactory(slot=slot)
    freed = actions.release(slot=slot, by=central, version=1)
    assert written() == [("cancelled", "pending")]
    book.undo(freed, by=central)
    assert written() == [("cancelled", "cancelled")]


def test_confirming_again_who_was_imported_writes_nothing(slot, central):
    held = AssignmentFactory(slot=slot)
    same = actions.assign(slot=slot, doctor=held.doctor, by=central, version=1)
    assert (same.change_set, written()) == (None, [])


def test_who_was_imported_hears_that_they_are_only_proposed(slot, central):
    held = AssignmentFactory(slot=slot)
    actions.assign(slot=slot, doctor=held.doctor, by=central, version=1, state="option")
    assert written() == [("cancelled", "pending")]


def test_a_freed_proposal_tells_nobody(slot, central):
    AssignmentFactory(slot=slot, state="option")
    actions.release(slot=slot, by=central, version=1)
    assert written() == []


def test_other_days_are_told(slot, central):
    doctor = DoctorFactory()
    actions.assign(slot=slot, doctor=doctor, by=central, version=1)
    leave()
    actions.assign(slot=slot, doctor=doctor, by=central, version=2, last_day=slot.monday + timedelta(days=2))
    last = OutgoingMessage.objects.order_by("pk").last()
    assert (last.kind, last.facts["last_day"]) == (notices.CONFIRMED, str(slot.monday + timedelta(days=2)))


def test_other_days_before_it_leaves_replace_the_mail(slot, central):
    doctor = DoctorFactory()
    actions.assign(slot=slot, doctor=doctor, by=central, version=1)
    actions.assign(slot=slot, doctor=doctor, by=central, version=2, last_day=slot.monday)
    assert written() == [("confirmed", "cancelled"), ("confirmed", "pending")]


def test_a_refused_mail_is_not_taken_for_read(slot, central):
    doctor = DoctorFactory()
    actions.assign(slot=slot, doctor=doctor, by=central, version=1)
    OutgoingMessage.objects.update(state="failed")
    actions.assign(slot=slot, doctor=doctor, by=central, version=2)
    assert written() == [("confirmed", "failed"), ("confirmed", "pending")]


@pytest.mark.parametrize(("days", "published"), [(-14, True), (7, False)])
def test_a_past_week_and_a_draft_tell_nobody(ajain, monday, central, days, published):
    slot = SlotFactory(centre=ajain, monday=monday + timedelta(days=days), published=published)
    actions.assign(slot=slot, doctor=DoctorFactory(), by=central, version=1)
    assert written() == []


@time_machine.travel("2027-06-01 12:00:00+02:00")
def test_the_mail_says_the_days_in_french(central):
    centre = CentreFactory(name="Ajain", phone="01 99 00 00 01")
    slot = SlotFactory(centre=centre, monday=date(2027, 6, 28))
    doctor = DoctorFactory(first_name="Zoé", last_name="de La Tour")
    actions.assign(slot=slot, doctor=doctor, by=central, version=1)
    mail = OutgoingMessage.objects.get()
    assert mail.subject == "Votre semaine à Ajain\u00a0: du 28 juin au 4 juillet 2027"
    assert mail.body.splitlines()[0] == "Bonjour Dr Zoé de La Tour,"
    assert "du 28 juin au 4 juillet 2027 (S26 2027)" in mail.body


def test_what_a_gesture_wrote_is_found_again(slot, central):
    doctor = DoctorFactory()
    done = actions.assign(slot=slot, doctor=doctor, by=central, version=1)
    assert [mail.recipient for mail in notices.told_by(done.change_set)] == [doctor.email]
    leave()
    undone = book.undo(done.change_set, by=central)
    assert [mail.kind for mail in notices.told_by(undone)] == [notices.CANCELLED]


@pytest.mark.parametrize(
    ("email", "said"), [("a@example.org", "Non prévenu par Relais."), ("", "Pas d’adresse e-mail\u00a0: appelez.")]
)
def test_what_relais_has_not_told_is_said(slot, email, said):
    assert notices.standing(AssignmentFactory(slot=slot, doctor__email=email)) == said


@time_machine.travel("2027-03-01 14:22:00+01:00")
def test_what_relais_told_is_said(central):
    slot = SlotFactory(monday=date(2027, 3, 8))
    done = actions.assign(slot=slot, doctor=DoctorFactory(), by=central, version=1)
    OutgoingMessage.objects.update(due_at=timezone.now())
    assert notices.standing(done) == "Mail prévu le 01/03/2027 à 14\u00a0h\u00a022."
    leave()
    assert notices.standing(done) == "Prévenu le 01/03/2027 à 14\u00a0h\u00a022."
    OutgoingMessage.objects.update(state="failed", sent_at=None)
    assert notices.standing(done) == "Mail refusé par le serveur de messagerie\u00a0: appelez."


def test_the_undo_of_an_import_gives_back_the_mail_that_it_had_stopped(slot, central):
    doctor = DoctorFactory()
    actions.assign(slot=slot, doctor=doctor, by=central, version=1)
    standing = slot.assignments.get()
    notices.withdraw_confirmation(standing)
    changes = [Change(table="rotas.assignment", row=standing.pk, before=book.snapshot(standing), after=None)]
    notices.after_restore(changes, ChangeSet(source="import"))
    assert written() == [("confirmed", "cancelled"), ("confirmed", "pending")]
