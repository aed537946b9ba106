"""The matrix of rights: complete, and answered as written for each role, centre and date."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from directory import rights, weeks
from directory.models.people import Role
from tests.factories.directory import CentreFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LETTERS = "LVCEAPKRX"


@pytest.fixture
def nievre(db):
    return CentreFactory(name="Nièvre")


def test_each_row_names_known_roles_only():
    known = {*Role.values, rights.VISITOR}
    assert {role for row in rights.matrix().values() for role in row} <= known


@pytest.mark.parametrize("role", Role.values)
def test_each_cell_is_answered_as_it_is_written(role, member, ajain, nievre):
    user, found, written = member(role, ajain), set(), set()
    for thing, row in rights.matrix().items():
        for letter in LETTERS:
            scope = row.get(role, {}).get(letter)
            scope = "" if letter in row.get(rights.VISITOR, {}) else scope
            reach = rights.reach(user, thing, letter)
            found.add((thing, letter, reach.everywhere, reach.covers(ajain.pk), reach.covers(nievre.pk), reach.oneself))
            written.add((thing, letter, scope == "", scope in {"", "c"}, scope == "", scope == "s"))
    assert found == written


def test_strangers_and_people_without_a_role_have_the_visitor_s_rights_only(db):
    for user in (AnonymousUser(), UserFactory(), UserFactory(is_active=False)):
        things = {thing for thing in rights.matrix() if any(rights.reach(user, thing, letter) for letter in LETTERS)}
        assert things == {"public_page"}


@pytest.mark.parametrize(("start", "end", "holds"), [(-9, -1, False), (-9, 0, True), (0, 9, True), (1, 9, False)])
def test_a_role_holds_from_its_first_to_its_last_day(start, end, holds):
    today = weeks.today()
    held = MembershipFactory(role="logistics", start=today + timedelta(start), end=today + timedelta(end))
    assert bool(rights.reach(held.user, "rota", "E")) is holds


def test_an_inactive_person_keeps_no_right(member, ajain):
    user = member("logistics", is_active=False)
    assert bool(rights.reach(user, "rota", "L")) is False


def test_two_centres_make_one_scope_and_a_third_stays_out(member, ajain, nievre):
    third, user = CentreFactory(), member("coordinator", ajain, nievre)
    reach = rights.reach(user, "rota", "E")
    assert [reach.covers(centre.pk) for centre in (ajain, nievre, third)] == [True, True, False]


def test_a_coordinator_of_no_centre_edits_nothing(member):
    assert bool(rights.reach(member("coordinator"), "rota", "E")) is False


def test_roles_add_up(member, ajain):
    user = member("communication")
    MembershipFactory(user=user, role="coordinator", centres=[ajain])
    assert (rights.reach(user, "page_draft", "P").everywhere, rights.reach(user, "rota", "E").covers(ajain.pk)) == (
        True,
        True,
    )


def test_roles_are_read_once_a_request(member, django_assert_num_queries):
    user = member("logistics")
    with django_assert_num_queries(1):
        rights.reach(user, "rota", "E")
        rights.reach(user, "coverage", "L")
