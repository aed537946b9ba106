"""The gestures of the rota."""

import pytest

from directory import book, weeks
from directory.models import ChangeSet, OutgoingMessage
from directory.refusals import ChangedSince, Refusal, Stale
from rotas import actions
from rotas.models import Assignment, DutyDay
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(ajain, monday):
    return SlotFactory(centre=ajain, monday=monday)


def test_assign_confirms_holds_the_week_and_writes_one_mail(slot, member):
    doctor = DoctorFactory()
    done = actions.assign(slot=slot, doctor=doctor, by=member("logistics"), version=1)
    assert (done.state, DutyDay.objects.filter(doctor=doctor).count()) == ("confirmed", 7)
    assert [m.recipient for m in OutgoingMessage.objects.all()] == [doctor.email]
    assert ChangeSet.objects.get().verb == "rotas.confirmed"


def test_a_proposal_has_a_deadline_and_tells_nobody(slot, member):
    done = actions.assign(slot=slot, doctor=DoctorFactory(), by=member("logistics"), version=1, state="option")
    assert done.option_expires_at is not None
    assert OutgoingMessage.objects.count() == 0


def test_a_version_serves_once(slot, member):
    by = member("logistics")
    actions.assign(slot=slot, doctor=DoctorFactory(), by=by, version=1)
    with pytest.raises(Stale):
        actions.assign(slot=slot, doctor=DoctorFactory(), by=by, version=1)


def test_a_doctor_is_in_one_place_a_week(slot, member):
    doctor = DoctorFactory()
    AssignmentFactory(doctor=doctor, slot__monday=slot.monday, slot__centre__name="Nièvre")
    with pytest.raises(Refusal, match="Nièvre"):
        actions.assign(slot=slot, doctor=doctor, by=member("logistics"), version=1)
    assert Assignment.objects.filter(slot=slot).count() == 0


def test_a_closed_week_takes_nobody(slot, member):
    ClosureFactory(centre=slot.centre, monday=slot.monday)
    with pytest.raises(Refusal, match="fermé"):
        actions.assign(slot=slot, doctor=DoctorFactory(), by=member("logistics"), version=1)


def test_undo_before_the_delay_stops_the_mail_and_frees_the_doctor(slot, member):
    by = member("logistics")
    done = actions.assign(slot=slot, doctor=DoctorFactory(), by=by, version=1)
    book.undo(done.change_set, by=by)
    assert [m.state for m in OutgoingMessage.objects.all()] == ["cancelled"]
    assert (Assignment.objects.count(), DutyDay.objects.count()) == (0, 0)
    slot.refresh_from_db()
    assert slot.version == 3


def test_undo_after_the_mail_left_writes_a_correction(slot, member):
    by = member("logistics")
    done = actions.assign(slot=slot, doctor=DoctorFactory(), by=by, version=1)
    OutgoingMessage.objects.update(state="sending")
    book.undo(done.change_set, by=by)
    kinds = list(OutgoingMessage.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["rotas.week_confirmed", "rotas.week_cancelled"]


def test_undo_says_what_changed_since(slot, member):
    by = member("logistics")
    done = actions.assign(slot=slot, doctor=DoctorFactory(), by=by, version=1)
    actions.release(slot=slot, by=by, version=2)
    with pytest.raises(ChangedSince, match="a changé depuis"):
        book.undo(done.change_set, by=by)


def test_undo_twice_is_refused(slot, member):
    by = member("logistics")
    done = actions.assign(slot=slot, doctor=DoctorFactory(), by=by, version=1)
    book.undo(done.change_set, by=by)
    with pytest.raises(Refusal, match="déjà"):
        book.undo(done.change_set, by=by)


def test_release_then_undo_brings_the_doctor_back_and_tells_nothing_new(slot, member):
    by = member("logistics")
    doctor = DoctorFactory()
    actions.assign(slot=slot, doctor=doctor, by=by, version=1)
    OutgoingMessage.objects.update(state="sending")
    freed = actions.release(slot=slot, by=by, version=2, reason="erreur")
    book.undo(freed, by=by)
    assert DutyDay.objects.filter(doctor=doctor, slot=slot).count() == 7
    assert sorted(OutgoingMessage.objects.values_list("state", flat=True)) == ["cancelled", "sending"]


def test_confirming_a_proposal_keeps_the_row(slot, member):
    by, doctor = member("logistics"), DoctorFactory()
    first = actions.assign(slot=slot, doctor=doctor, by=by, version=1, state="option", note="en train")
    second = actions.assign(slot=slot, doctor=doctor, by=by, version=2)
    assert (second.pk, second.state, second.note) == (first.pk, "confirmed", "en train")


def test_replacing_a_doctor_frees_the_first(slot, member):
    by, first, second = member("logistics"), DoctorFactory(), DoctorFactory()
    actions.assign(slot=slot, doctor=first, by=by, version=1)
    actions.assign(slot=slot, doctor=second, by=by, version=2)
    assert set(DutyDay.objects.values_list("doctor", flat=True)) == {second.pk}


def test_a_gesture_that_changes_nothing_leaves_no_trace(slot, member):
    by, doctor = member("logistics"), DoctorFactory()
    actions.assign(slot=slot, doctor=doctor, by=by, version=1)
    again = actions.assign(slot=slot, doctor=doctor, by=by, version=2)
    assert (again.change_set, ChangeSet.objects.count(), OutgoingMessage.objects.count()) == (None, 1, 1)


def test_a_note_is_kept_or_erased(slot, member):
    by, doctor = member("logistics"), DoctorFactory()
    actions.assign(slot=slot, doctor=doctor, by=by, version=1, note="en train")
    kept = actions.assign(slot=slot, doctor=doctor, by=by, version=2).note
    assert (kept, actions.assign(slot=slot, doctor=doctor, by=by, version=3, note="").note) == ("en train", "")


def test_a_closed_week_is_never_missed(ajain, monday, member):
    slot = SlotFactory(centre=ajain, monday=monday - weeks.WEEK)
    ClosureFactory(centre=ajain, monday=slot.monday)
    with pytest.raises(Refusal, match="fermé"):
        actions.declare_missed(slot=slot, by=member("logistics"), version=1)


def test_undo_brings_nobody_back_to_a_closed_week(slot, member):
    by = member("logistics")
    actions.assign(slot=slot, doctor=DoctorFactory(), by=by, version=1)
    freed = actions.release(slot=slot, by=by, version=2)
    actions.close_week(slot=slot, by=by, version=3)
    with pytest.raises(ChangedSince, match="désormais fermé"):
        book.undo(freed, by=by)
    assert DutyDay.objects.count() == 0
