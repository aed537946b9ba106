"""Gives roles to people, and keeps their Django groups (what Wagtail asks) in step with the roles held today."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from directory import book, weeks
from directory.models import Centre, Membership, User
from directory.models.people import Role


def group_name(role: str) -> str:
    """The group that stands for a role: its French name, since editors read it on their screens."""
    return str(Role(role).label)


@transaction.atomic
def grant_role(
    *, user: User, role: str, centres: Iterable[Centre], start: date, end: date, by: User | None
) -> Membership:
    """Let `user` hold `role` for `centres` from `start` to `end`, both included; `by` is None for the clock."""
    centres = list(centres)
    membership = Membership.objects.create(user=user, role=role, start=start, end=end)
    membership.centres.set(centres)
    entry = book.open_entry(by=by, verb="directory.grant_role", reason=", ".join(centre.name for centre in centres))
    entry.made(membership)
    entry.close()
    sync_groups(user)
    return membership


def sync_groups(user: User) -> None:
    """Put `user` in the groups of the roles held today, and in no other: nobody gets rights in another way."""
    active = Membership.objects.filter(user=user).active_on(weeks.today()) if user.is_active else []
    wanted = {group_name(membership.role) for membership in active}
    if wanted != set(user.groups.values_list("name", flat=True)):
        user.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(wanted)])


def sync_all_groups() -> int:
    """Put right the groups of everyone whose roles began or ended without a sign-in; returns how many they were."""
    stale = [user for user in _concerned() if _groups_differ(user)]
    for user in stale:
        sync_groups(user)
    return len(stale)


def after_restore(changes: list, change_set) -> None:
    """After an undo: the groups of the people whose roles came back or went."""
    ids = {(change.before or change.after)["user_id"] for change in changes}
    for user in User.objects.filter(pk__in=ids):
        sync_groups(user)


def _concerned() -> Iterable[User]:
    """Everyone with a membership, past ones included, or in a group, with both read at once."""
    people = User.objects.filter(memberships__isnull=False) | User.objects.filter(groups__isnull=False)
    return people.distinct().prefetch_related("memberships", "groups")


def _groups_differ(user: User) -> bool:
    """True when the groups are not those of today's roles."""
    today = weeks.today()
    held = {
        group_name(membership.role)
        for membership in user.memberships.all()
        if user.is_active and membership.start <= today <= membership.end
    }
    return held != {group.name for group in user.groups.all()}
