"""Answers "may this person do that?" from the matrix `rights.toml`, the only place where rights are written."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from directory import weeks
from directory.models import Membership, User

VISITOR = "visitor"
# By hand: Django takes longer to compose it than the database to answer, at each request of the staff.
WITH_ROLES = """
SELECT u.*, m.role AS role_held, c.centre_id AS centre_held
FROM directory_user u
LEFT JOIN directory_membership m ON m.user_id = u.id AND m.start <= %s AND m."end" >= %s
LEFT JOIN directory_membership_centres c ON c.membership_id = m.id
WHERE u.id = %s
"""
_CELL = re.compile(r"([LVCEAPKRX])([cs]?)")


@dataclass(frozen=True)
class Reach:
    """How far a right goes: everywhere, some centres (by id), oneself; nothing when all are empty."""

    everywhere: bool = False
    centres: frozenset[int] = frozenset()
    oneself: bool = False

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.centres) or self.oneself

    def covers(self, centre_id: int) -> bool:
        """True when the right holds in this centre."""
        return self.everywhere or centre_id in self.centres


@cache
def matrix() -> dict[str, dict[str, dict[str, str]]]:
    """Object → role → action → scope (`""` everywhere, `"c"` own centres, `"s"` oneself)."""
    rows = tomllib.loads((Path(__file__).parent / "rights.toml").read_text())
    return {
        name: {role: dict(_CELL.findall(cell)) for role, cell in row.items() if role != "label"}
        for name, row in rows.items()
    }


def roles_of(user: User) -> list[tuple[str, int | None]]:
    """(role, centre id or None) of the memberships that are active today, read once a request and user object."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_roles_today"):
        user._roles_today = list(
            Membership.objects.filter(user=user).active_on(weeks.today()).values_list("role", "centres")
        )
    return user._roles_today


def user_with_roles(pk: int) -> User | None:
    """The user with this id, with the roles held today: what each request of the staff asks first. One query."""
    today = weeks.today()
    rows = list(User.objects.raw(WITH_ROLES, [today, today, pk]))
    if not rows:
        return None
    user = rows[0]
    user._roles_today = [(row.role_held, row.centre_held) for row in rows if row.role_held]
    return user


def reach(user: User, thing: str, action: str) -> Reach:
    """How far `user` may do `action` (a letter of the matrix) to `thing` (a row of it)."""
    row = matrix()[thing]
    if action in row.get(VISITOR, {}):
        return Reach(everywhere=True)
    everywhere, oneself, centres = False, False, set()
    for role, centre_id in roles_of(user):
        scope = row.get(role, {}).get(action)
        everywhere |= scope == ""
        oneself |= scope == "s"
        if scope == "c" and centre_id:
            centres.add(centre_id)
    return Reach(everywhere, frozenset(centres), oneself)
