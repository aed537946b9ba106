"""The demo's accounts: who may sign in and with which password, without the generators that make the rest."""

from directory.models import User
from directory.models.people import Role

DOMAIN = "relais.example"
PASSWORD = "relais-demo"  # noqa: S105 — public: `directory.accounts` refuses these accounts outside demo mode

# (name before the domain, first name, name, role, centre names)
ACCOUNTS = [
    ("admin", "Ariane", "Admin", Role.ADMINISTRATION, []),
    ("direction", "Denis", "Direction", Role.DIRECTION, []),
    ("centrale", "Chloé", "Centrale", Role.LOGISTICS, []),
    ("finances", "Fanny", "Finances", Role.FINANCE, []),
    ("finances2", "Firmin", "Finances", Role.FINANCE, []),
    ("communication", "Camille", "Communication", Role.COMMUNICATION, []),
    ("ajain", "Agathe", "Ajain", Role.COORDINATOR, ["Ajain"]),
    ("nievre", "Nadia", "Nièvre", Role.COORDINATOR, ["Nièvre"]),
    ("medecin", "Martin", "Médecin", Role.DOCTOR, []),
]


def address(name: str) -> str:
    """The e-mail that an account signs in with."""
    return f"{name}@{DOMAIN}"


def standing() -> list[tuple[str, str]]:
    """(address, role in words) of the demo's accounts that this database has: none after a real import."""
    roles = {address(name): str(role.label) for name, _, _, role, _ in ACCOUNTS}
    here = set(User.objects.filter(email__in=roles, is_active=True).values_list("email", flat=True))
    return [(email, role) for email, role in roles.items() if email in here]
