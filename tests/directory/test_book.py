"""The book of changes: what a gesture leaves in it, and what its undo gives back."""

import pytest
from django.db import OperationalError
from django.utils import timezone

from directory import book, public
from directory.models import Capacity, Centre, ChangeSet, Doctor, Membership, OutgoingMessage
from directory.models.book import Source
from directory.refusals import ChangedSince
from directory.retrying import TRIES, attempt, retried
from rotas import events
from rotas.models import Assignment, Slot
from tests.factories.directory import CentreFactory, DoctorFactory, MembershipFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = pytest.mark.django_db


def made(*rows, source=None) -> ChangeSet:
    """A gesture that made these rows."""
    entry = book.open_entry(by=None, verb="test", source=source)
    for row in rows:
        entry.made(row)
    return entry.close()


def removed(row) -> ChangeSet:
    """A gesture that removed a row."""
    entry = book.open_entry(by=None, verb="test")
    entry.removed(row, book.snapshot(row))
    row.delete()
    return entry.close()


def test_a_gesture_that_changed_nothing_leaves_no_trace(ajain):
    entry = book.open_entry(by=None, verb="test")
    entry.changed(ajain, book.snapshot(ajain))
    assert (entry.close(), ChangeSet.objects.count()) == (None, 0)


def test_without_a_person_it_was_the_clock(member):
    sources = [book.open_entry(by=by, verb="test").change_set.source for by in (None, member("logistics"))]
    assert sources == ["clock", "hand"]


def test_the_origin_is_found_through_undoes_of_undoes(ajain):
    first = made(DoctorFactory(), source=Source.IMPORT)
    second = book.undo(first, by=None)
    assert [book.origin(gesture) for gesture in (first, second, book.undo(second, by=None))] == [Source.IMPORT] * 3


def test_undoing_the_undo_of_an_import_writes_no_mail(ajain):
    gesture = made(AssignmentFactory(slot__centre=ajain), source=Source.IMPORT)
    book.undo(book.undo(gesture, by=None), by=None)
    assert (Assignment.objects.get().duty_days.count(), OutgoingMessage.objects.count()) == (7, 0)


def test_a_place_removed_and_restored_has_a_version_that_nobody_read(ajain):
    slot = SlotFactory(centre=ajain, version=5)
    undone = book.undo(removed(slot), by=None)
    assert Slot.objects.get().version == 6
    book.undo(book.undo(undone, by=None), by=None)
    assert Slot.objects.get().version == 7


def test_a_restored_row_keeps_the_very_instant_it_was_made_at(ajain):
    row = AssignmentFactory(slot__centre=ajain)
    at = timezone.now().replace(year=2020, microsecond=123457)
    Assignment.objects.update(created_at=at)
    book.undo(book.undo(made(Assignment.objects.get()), by=None), by=None)
    restored = Assignment.objects.get()
    assert (restored.pk, restored.created_at) == (row.pk, at)


def test_a_row_made_and_removed_in_one_gesture_stays_away(ajain):
    entry, slot = book.open_entry(by=None, verb="test"), SlotFactory(centre=ajain)
    entry.made(slot)
    entry.removed(slot, book.snapshot(slot))
    slot.delete()
    book.undo(book.undo(entry.close(), by=None), by=None)
    assert Slot.objects.count() == 0


def test_who_listens_hears_of_assignments_that_an_undo_brings_back(ajain, member):
    heard = []
    gesture = made(AssignmentFactory(slot__centre=ajain))

    def listen(sender, assignment, **kwargs):
        heard.append(assignment.pk)

    events.assignment_changed.connect(listen)
    book.undo(gesture, by=None)
    back = book.undo(ChangeSet.objects.latest("pk"), by=None)
    events.assignment_changed.disconnect(listen)
    assert heard == [back.changes.get().row]


def test_columns_that_came_after_a_page_of_the_book_do_not_forbid_its_undo(ajain):
    doctor = DoctorFactory()
    gesture = made(doctor)
    change = gesture.changes.get()
    del change.after["pace"]
    change.save()
    book.undo(gesture, by=None)
    assert Doctor.objects.count() == 0


def test_the_undo_bumps_the_stamp_last_and_once(ajain):
    gesture = made(AssignmentFactory(slot__centre=ajain))
    stamp = public.stamp()
    book.undo(gesture, by=None)
    assert public.stamp() == stamp + 1


HAND_WORK = {
    "a closure": lambda centre: ClosureFactory(centre=centre),
    "a capacity": lambda centre: Capacity.objects.create(centre=centre, since="2030-01-07"),
    "a place that was touched": lambda centre: SlotFactory(centre=centre, version=2),
    "the centre of a role": lambda centre: MembershipFactory(centres=[centre]),
}


@pytest.mark.parametrize("name", HAND_WORK)
def test_an_undo_never_destroys_the_work_of_others(name, monday):
    centre = CentreFactory(name="Ajain")
    gesture = made(centre, centre.capacities.get())
    row = HAND_WORK[name](centre)
    row.refresh_from_db()
    with pytest.raises(ChangedSince) as refused:
        book.undo(gesture, by=None)
    assert refused.value.drift == [f"{row._meta.verbose_name} «\u00a0{row}\u00a0» s’y rattache désormais"]
    assert Centre.objects.count() == 1


def test_places_that_the_clock_made_go_with_their_centre(monday):
    slot = SlotFactory(centre=CentreFactory(), monday=monday)
    book.undo(made(slot.centre, slot.centre.capacities.get()), by=None)
    assert (Centre.objects.count(), Slot.objects.count()) == (0, 0)


def test_a_role_goes_with_its_own_links(ajain):
    book.undo(made(MembershipFactory(centres=[ajain])), by=None)
    assert (Membership.objects.count(), Centre.objects.count()) == (0, 1)


class Deadlock(Exception):
    """What psycopg raises under Django's own error."""

    sqlstate = "40P01"


def deadlocked(times: int):
    """An action that changes what it is given, then loses against others as often as asked."""
    losses = [Deadlock()] * times

    def act(*, slot):
        slot.version += 1
        if losses:
            raise OperationalError("deadlock detected") from losses.pop()
        return slot.version

    return act


def test_a_deadlock_starts_the_action_again():
    act = deadlocked(TRIES - 1)
    assert attempt(lambda: act(slot=Slot())) == 2


def test_deadlocks_without_end_are_told():
    act = deadlocked(TRIES)
    with pytest.raises(OperationalError, match="deadlock"):
        attempt(lambda: act(slot=Slot()))


def test_within_a_transaction_an_action_is_tried_once():
    with pytest.raises(OperationalError, match="deadlock"):
        retried(deadlocked(1))(slot=Slot())


@pytest.mark.django_db(transaction=True)
def test_each_try_is_given_its_rows_as_they_were():
    assert retried(deadlocked(TRIES - 1))(slot=Slot(version=1)) == 2
