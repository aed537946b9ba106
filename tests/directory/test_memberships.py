"""Roles and the groups that follow them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from directory import book, weeks
from directory.memberships import grant_role, sync_all_groups, sync_groups
from directory.models import ChangeSet, Membership
from tests.factories.directory import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def groups(user):
    return sorted(user.groups.values_list("name", flat=True))


@pytest.fixture
def granted(ajain, member):
    """A writer for a month, by an administrator."""
    user, today = UserFactory(), weeks.today()
    grant_role(
        user=user,
        role="writer",
        centres=[ajain],
        start=today,
        end=today + timedelta(days=30),
        by=member("administration"),
    )
    return user


def test_a_granted_role_gives_its_group_and_is_in_the_book(granted, ajain):
    gesture = ChangeSet.objects.get()
    assert (gesture.verb, gesture.reason, gesture.changes.count()) == ("directory.grant_role", "Ajain", 1)
    assert (groups(granted), list(granted.memberships.get().centres.all())) == (["Rédaction"], [ajain])


def test_undoing_the_grant_takes_the_group_back(granted, member):
    book.undo(ChangeSet.objects.get(), by=member("administration"))
    assert (groups(granted), Membership.objects.filter(user=granted).count()) == ([], 0)


def test_a_role_that_has_ended_gives_no_group():
    user, today = UserFactory(), weeks.today()
    MembershipFactory(user=user, role="writer", end=today - timedelta(days=1))
    MembershipFactory(user=user, role="communication", end=today)
    sync_groups(user)
    assert groups(user) == ["Communication"]


def test_a_group_given_by_hand_does_not_stay(member):
    user = member("doctor")
    user.groups.add(Group.objects.create(name="Passe-partout"))
    sync_groups(user)
    assert groups(user) == ["Médecin volontaire"]


def test_signing_in_brings_the_groups_up_to_date(client, member):
    user = member("direction")
    client.force_login(user)
    assert groups(user) == ["Direction"]


def test_the_clock_puts_right_those_whose_roles_moved(member):
    gone, kept, late = member("writer"), member("writer"), member("writer")
    sync_groups(gone)
    sync_groups(kept)
    Membership.objects.filter(user=gone).update(end=weeks.today() - timedelta(days=1))
    assert (sync_all_groups(), sync_all_groups()) == (2, 0)
    assert [groups(user) for user in (gone, kept, late)] == [[], ["Rédaction"], ["Rédaction"]]


def test_a_closed_account_has_no_group(member):
    user = member("writer")
    sync_groups(user)
    user.is_active = False
    user.save()
    assert (sync_all_groups(), groups(user)) == (1, [])
