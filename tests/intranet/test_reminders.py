"""Reminders on the first page: shown to who can act on them, prolonged, called done, taken up again."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import ChangeSet, Task
from directory.weeks import WEEK
from rotas import actions, options
from rotas.models import Assignment
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory

pytestmark = pytest.mark.django_db
HOME = "/intranet/"


@pytest.fixture
def proposal(ajain, monday):
    """Dr Zoé Roy, proposed next week at Ajain; the deadline was an hour ago, and the clock has passed."""
    row = AssignmentFactory(
        slot__centre=ajain,
        slot__monday=monday + WEEK,
        doctor=DoctorFactory(first_name="Zoé", last_name="Roy"),
        state="option",
        option_expires_at=timezone.now() - timedelta(hours=1),
    )
    options.follow_deadlines()
    return row


def shown(client):
    """The buttons of each reminder."""
    page = client.get(HOME).content.decode()
    section = re.search(r'aria-labelledby="a-faire">(.*?)</section>', page, re.S)
    return re.findall(r'name="geste" value="(\w+)"', section.group(1)) if section else None


def press(client, gesture, version=1):
    return client.post(f"/intranet/a-faire/{Task.objects.get().pk}/", {"geste": gesture, "version": version})


@pytest.mark.parametrize(
    ("role", "own", "buttons"),
    [
        ("coordinator", True, ["prolonger", "fait"]),
        ("coordinator", False, None),
        ("logistics", False, ["prolonger", "fait"]),
        ("finance", False, None),
        ("communication", False, None),
        ("doctor", False, None),
    ],
)
def test_who_can_act_on_it_is_reminded(role, own, buttons, proposal, ajain, member, signed_in):
    centres = [ajain] if own else [CentreFactory()]
    assert shown(signed_in(member(role, *centres))) == buttons


def test_a_reminder_leads_to_its_place_and_names_the_doctor(central, proposal):
    page = central.get(HOME).content.decode()
    assert f'<a href="/intranet/rotation/{proposal.slot_id}/">Proposition échue à Ajain, du' in page
    assert "Dr Zoé Roy, depuis le" in page


def test_prolonged_it_goes_and_the_gesture_can_be_undone(central, proposal):
    answer = press(central, "prolonger")
    assert (answer.status_code, answer.headers["Location"]) == (302, HOME)
    page = central.get(HOME).content.decode()
    gesture = ChangeSet.objects.get(verb="rotas.option").pk
    assert "La proposition de Dr Zoé Roy à Ajain vaut 72\u00a0h de plus." in page
    assert (f"/intranet/gestes/{gesture}/annuler/" in page, shown(central)) == (True, None)
    central.post(f"/intranet/gestes/{gesture}/annuler/")
    options.follow_deadlines()
    assert shown(central) == ["prolonger", "fait"]


def test_called_done_it_can_be_taken_up_again(central, proposal):
    press(central, "fait")
    assert shown(central) == ["reprendre"]
    press(central, "reprendre", version=2)
    assert shown(central) == ["prolonger", "fait"]


def test_what_somebody_else_called_done_is_not_shown(central, proposal, signed_in, member):
    press(signed_in(member("logistics")), "fait")
    assert shown(central) is None


def test_a_proposal_that_was_confirmed_meanwhile_is_not_shown_and_cannot_be_prolonged(central, proposal, member):
    actions.assign(slot=proposal.slot, doctor=proposal.doctor, by=member("logistics"), version=1)
    assert shown(central) is None
    answer = press(central, "prolonger", version=2)
    assert (answer.status_code, "n’attend plus rien" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("gesture", ["prolonger", "fait"])
def test_a_version_that_was_not_read_changes_nothing(gesture, central, proposal):
    before = list(Assignment.objects.values()), list(Task.objects.values())
    assert press(central, gesture, version=9).status_code == 409
    assert (list(Assignment.objects.values()), list(Task.objects.values())) == before


@pytest.mark.parametrize(
    "posted",
    [{}, {"geste": "fait"}, {"geste": "x", "version": 1}, {"geste": "fait", "version": 1, "done_by": 3}],
    ids=str,
)
def test_what_the_page_never_posts_is_a_bad_request(posted, central, proposal):
    assert central.post(f"/intranet/a-faire/{Task.objects.get().pk}/", posted).status_code == 400


def test_another_centre_s_reminder_is_not_found(proposal, member, signed_in):
    client = signed_in(member("coordinator", CentreFactory()))
    assert (press(client, "fait").status_code, Task.objects.get().done_at) == (404, None)


def test_a_reminder_of_no_centre_is_for_the_central_team(central, ajain, member, signed_in):
    Task.objects.create(key="k", kind="test", about="a", title="Appeler l’assureur", due_on=timezone.localdate())
    assert shown(central) == ["fait"]
    assert shown(signed_in(member("coordinator", ajain))) is None


@pytest.mark.parametrize("rows", [1, 30])
def test_six_queries_with_reminders(rows, central, monday, django_assert_num_queries):
    for _ in range(rows):
        AssignmentFactory(
            slot__monday=monday + WEEK, state="option", option_expires_at=timezone.now() - timedelta(hours=1)
        )
    options.follow_deadlines()
    with django_assert_num_queries(6):
        central.get(HOME)
