"""Proposals past their deadline: one reminder each, gone by itself, never a place freed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory import book, tasks
from directory.models import Change, Task
from directory.refusals import Refusal, Stale
from directory.weeks import WEEK
from rotas import actions, jobs, options
from rotas.models import Assignment
from tests.factories.rotas import AssignmentFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def central(member):
    return member("logistics")


@pytest.fixture
def proposal(ajain, monday):
    """Expired for an hour."""
    return AssignmentFactory(
        slot__centre=ajain,
        slot__monday=monday + WEEK,
        state="option",
        option_expires_at=timezone.now() - HOUR,
    )


def waiting() -> list[str]:
    """The titles of the open reminders."""
    return [task.title for task in Task.objects.open().in_reading_order()]


def test_an_expired_proposal_raises_one_reminder_and_keeps_its_place(proposal):
    jobs.follow_deadlines()
    jobs.follow_deadlines()
    task = Task.objects.get()
    assert (task.kind, task.centre, task.about) == (
        options.KIND,
        proposal.slot.centre,
        f"rotas.slot:{proposal.slot_id}",
    )
    assert Assignment.objects.get().state == "option"
    assert Change.objects.filter(table="directory.task").count() == 1


def test_the_title_names_the_place_and_nobody(proposal):
    proposal.slot.place = 2
    proposal.slot.save()
    jobs.follow_deadlines()
    assert waiting()[0].startswith("Proposition échue à Ajain, place 2, du ")
    assert proposal.doctor.last_name not in str(list(Change.objects.values_list("after", flat=True)))


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 1),
        ({"option_expires_at": timezone.now() + 9 * HOUR}, 0),
        ({"option_expires_at": None}, 0),
        ({"state": "confirmed", "option_expires_at": None}, 0),
    ],
)
def test_only_expired_proposals_call_for_something(fields, count, proposal):
    Assignment.objects.update(**fields)
    assert len(options.follow_deadlines()) == count


def test_a_week_that_is_over_calls_for_nothing(monday):
    AssignmentFactory(slot__monday=monday - WEEK, state="option", option_expires_at=timezone.now() - HOUR)
    assert options.follow_deadlines() == []


GESTURES = {
    "confirmed": lambda row, by: actions.assign(slot=row.slot, doctor=row.doctor, by=by, version=1),
    "freed": lambda row, by: actions.release(slot=row.slot, by=by, version=1),
    "prolonged": lambda row, by: options.prolong(assignment=row, by=by, version=1),
    "replaced": lambda row, by: actions.assign(
        slot=row.slot, doctor=AssignmentFactory().doctor, by=by, version=1, first_day=row.last_day
    ),
}


@pytest.mark.parametrize("gesture", GESTURES)
def test_a_reminder_goes_by_itself_and_comes_back_with_an_undo(gesture, proposal, central):
    options.follow_deadlines()
    done = GESTURES[gesture](proposal, central)
    options.follow_deadlines()
    assert [(task.done_by, task.done_at is None) for task in Task.objects.all()] == [(None, False)]
    book.undo(getattr(done, "change_set", done), by=central)
    options.follow_deadlines()
    assert len(waiting()) == 1


def test_what_a_person_called_done_stays_done(proposal, central):
    (task,) = options.follow_deadlines()
    tasks.finish(task=task, by=central, version=1)
    assert (options.follow_deadlines(), waiting(), Task.objects.get().done_by) == ([], [], central.pk)


def test_prolonged_it_has_its_full_time_again_and_may_expire_again(proposal, central):
    options.follow_deadlines()
    done = options.prolong(assignment=proposal, by=central, version=1)
    left = done.option_expires_at - timezone.now()
    assert (71.9 * HOUR < left <= 72 * HOUR, done.version, done.slot.version, waiting()) == (True, 2, 2, [])
    assert len(options.follow_deadlines(at=timezone.now() + 73 * HOUR)) == 1
    assert done.change_set.reason == "Proposition prolongée de 72\u00a0h"


def test_two_reminders_of_one_proposal_are_told_apart(proposal, central):
    (first,) = options.follow_deadlines()
    tasks.finish(task=first, by=central, version=1)
    Assignment.objects.update(option_expires_at=timezone.now() - HOUR / 2)
    (second,) = options.follow_deadlines()
    assert [options.of_tasks(found).keys() for found in ([first, second], [second, first])] == [{second.pk}] * 2


def test_prolonging_what_somebody_has_changed_writes_nothing(proposal, central):
    with pytest.raises(Stale):
        options.prolong(assignment=proposal, by=central, version=7)
    actions.assign(slot=proposal.slot, doctor=proposal.doctor, by=central, version=1)
    with pytest.raises(Refusal, match="Ce n’est plus une proposition"):
        options.prolong(assignment=proposal, by=central, version=2)
    assert Assignment.objects.get().state == "confirmed"


def test_the_days_and_the_note_of_a_proposal_stay(proposal, central):
    Assignment.objects.update(last_day=proposal.first_day, note="en train")
    done = options.prolong(assignment=proposal, by=central, version=1)
    assert (done.first_day, done.last_day, done.note) == (proposal.first_day, proposal.first_day, "en train")


@pytest.mark.parametrize("rows", [1, 30])
def test_nothing_new_costs_two_queries_and_writes_nothing(rows, monday, django_assert_num_queries):
    for _ in range(rows):
        AssignmentFactory(slot__monday=monday + WEEK, state="option", option_expires_at=timezone.now() - HOUR)
    assert len(options.follow_deadlines()) == rows
    with django_assert_num_queries(4):  # of which a savepoint and its release
        options.follow_deadlines()
