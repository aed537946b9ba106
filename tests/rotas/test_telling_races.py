"""Many people, or many clocks, at once: one mail a doctor, one reminder a proposal."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import ChangeSet, OutgoingMessage, Task, User
from directory.weeks import WEEK
from huey_tasks.models import Job
from rotas import options, telling
from rotas.models import Assignment, Slot
from tests.factories.rotas import AssignmentFactory
from tests.processes import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.xdist_group("race")]
PRESSES = 20


def tell(marks: dict[int, str], by: int) -> int:
    return len(telling.tell(slots=Slot.objects.all(), shown=marks, by=User.objects.get(pk=by)).mails)


def test_twenty_presses_write_each_mail_once(member, monday):
    by = member("logistics")
    rows = [AssignmentFactory(slot__monday=monday + WEEK) for _ in range(5)]
    marks = {row.pk: telling.mark(row) for row in rows}
    answers = Counter(together(tell, [(marks, by.pk)] * PRESSES))
    assert answers == {5: 1, 0: PRESSES - 1}
    assert (OutgoingMessage.objects.count(), Job.objects.count(), ChangeSet.objects.count()) == (5, 5, 1)


def take_back(gesture: int, by: int) -> str:
    telling.take_back(change_set=ChangeSet.objects.get(pk=gesture), by=User.objects.get(pk=by))
    return "stopped"


def test_twenty_takings_back_stop_once(member, monday):
    by, row = member("logistics"), AssignmentFactory(slot__monday=monday + WEEK)
    done = telling.tell(slots=Slot.objects.all(), shown={row.pk: telling.mark(row)}, by=by)
    answers = Counter(together(take_back, [(done.change_set.pk, by.pk)] * PRESSES))
    assert answers == {"stopped": 1, "Refusal": PRESSES - 1}


def follow() -> int:
    return len(options.follow_deadlines())


def test_ten_clocks_raise_each_reminder_once(monday):
    past = timezone.now() - timedelta(hours=1)
    for _ in range(5):
        AssignmentFactory(slot__monday=monday + WEEK, state="option", option_expires_at=past)
    answers = together(follow, [()] * 10)
    assert [answer for answer in answers if not isinstance(answer, int)] == []
    assert (Task.objects.open().count(), Task.objects.count()) == (5, 5)


def prolong(assignment: int, by: int) -> str:
    row = Assignment.objects.get(pk=assignment)
    options.prolong(assignment=row, by=User.objects.get(pk=by), version=1)
    return "prolonged"


def test_twenty_people_prolong_once(member, monday):
    past, by = timezone.now() - timedelta(hours=1), member("logistics")
    row = AssignmentFactory(slot__monday=monday + WEEK, state="option", option_expires_at=past)
    options.follow_deadlines()
    answers = Counter(together(prolong, [(row.pk, by.pk)] * PRESSES))
    assert answers == {"prolonged": 1, "Stale": PRESSES - 1}
    assert (Task.objects.open().count(), Assignment.objects.get().version) == (0, 2)
