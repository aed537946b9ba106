"""The demo's centres, doctors and accounts: the eleven centres that the charity has published, invented people."""

import random
from datetime import date, timedelta

from config.demo.accounts import ACCOUNTS, PASSWORD, address
from directory import weeks
from directory.memberships import grant_role
from directory.models import Centre, Doctor, User
from directory.models.people import Role
from tests.factories.directory import (
    CapacityFactory,
    CentreFactory,
    DoctorFactory,
    UserFactory,
    invented_phone,
    invented_rpps,
)

# (name, commune when published, department, opening, places a week)
CENTRES = [
    ("Ajain", "Ajain", "23", date(2022, 10, 31), 1),
    ("Bellegarde-en-Marche", "Bellegarde-en-Marche", "23", date(2023, 6, 5), 1),
    ("Charenton-du-Cher", "Charenton-du-Cher", "18", date(2024, 2, 6), 1),
    ("Nièvre", None, "58", date(2024, 4, 1), 2),
    ("Haute-Vienne", None, "87", date(2024, 6, 3), 1),
    ("Deux-Sèvres", None, "79", date(2024, 9, 2), 2),
    ("Indre", None, "36", date(2025, 1, 6), 1),
    ("Lot-et-Garonne", None, "47", date(2025, 3, 3), 1),
    ("Eure-et-Loir", None, "28", date(2025, 6, 2), 2),
    ("Alpes-de-Haute-Provence", None, "04", date(2025, 9, 1), 1),
    ("Dordogne", None, "24", date(2025, 11, 3), 1),
]
HOURS = "de 9 h à 12 h 30 et de 14 h à 18 h 30"
ACTS = ["", "", "", "gynécologie", "sutures", "infiltrations", "pédiatrie, gynécologie", "pose d’implant"]
DEPARTMENTS = [
    "01",
    "13",
    "2A",
    "21",
    "29",
    "31",
    "33",
    "34",
    "35",
    "38",
    "44",
    "59",
    "63",
    "69",
    "75",
    "974",
]


def make_centres(scale: int) -> list[Centre]:
    """The eleven centres, then invented ones up to eleven times `scale`."""
    rows = [*CENTRES]
    for number in range(len(CENTRES), len(CENTRES) * scale):
        opened = weeks.monday_of(weeks.today() - timedelta(days=200 + number % 900))
        rows.append((f"Village {number}", None, DEPARTMENTS[number % 15], opened, 1 + number % 4 // 3))
    return [_centre(number, *row) for number, row in enumerate(rows)]


def _centre(number: int, name: str, commune: str | None, department: str, opened_on: date, places: int) -> Centre:
    centre = CentreFactory(
        name=name,
        commune=commune,
        department=department,
        opened_on=opened_on,
        address=f"{1 + number * 7 % 60}, place de la Mairie",
        phone=f"01 99 00 {number // 100 % 100:02d} {number % 100:02d}",
        opening_days="12345" if number % 3 else "123456",
        hours=HOURS,
        capacity=False,
    )
    CapacityFactory(centre=centre, required=places)
    return centre


def make_doctors(count: int) -> list[Doctor]:
    """`count` volunteers, nearly all with an address."""
    doctors = DoctorFactory.build_batch(count)
    for number, doctor in enumerate(doctors):
        doctor.rpps, doctor.phone = invented_rpps(number), invented_phone(number)
        doctor.email = f"medecin.{number}@relais.example"
        doctor.department = DEPARTMENTS[number % len(DEPARTMENTS)]
        doctor.acts_not_practised = random.choice(ACTS)
        doctor.own_car = random.random() < 0.6
        doctor.joined_on = weeks.today() - timedelta(days=random.randrange(30, 1400))
        doctor.keep_sort_name()
    return Doctor.objects.bulk_create(doctors, batch_size=500)


def make_accounts(centres: list[Centre], doctors: list[Doctor]) -> None:
    """One account a role; the doctor's is tied to the first doctor of the collective."""
    by_name = {centre.name: centre for centre in centres}
    start, end = weeks.today() - timedelta(days=60), weeks.today() + timedelta(days=365)
    for name, first_name, last_name, role, held in ACCOUNTS:
        user: User = UserFactory(email=address(name), first_name=first_name, last_name=last_name, password=PASSWORD)
        grant_role(user=user, role=role, centres=[by_name[centre] for centre in held], start=start, end=end, by=None)
        if role == Role.DOCTOR:
            Doctor.objects.filter(pk=doctors[0].pk).update(
                user=user, first_name=first_name, last_name=last_name, email=user.email
            )
