"""Loads the demo: `manage.py demo`, ten times as much with `--scale 10`."""

import random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from directory.models import Centre, ChangeSet, Doctor, User

DOCTORS = 950
NOT_EMPTY = "La base n’est pas vide\u00a0: la démonstration, qui invente des personnes, n’y est pas chargée."


class Command(BaseCommand):
    """Fills an empty database with invented people and weeks around today."""

    help = "Remplit une base vide de personnes et de semaines inventées, autour d’aujourd’hui."

    def add_arguments(self, parser) -> None:
        """`--if-empty` makes a filled database a line instead of an error; `--scale` multiplies."""
        parser.add_argument("--if-empty", action="store_true", help="ne rien faire si la base n’est pas vide")
        parser.add_argument("--scale", type=int, default=1, help="nombre de fois plus de centres et de médecins")

    def handle(self, *args, if_empty: bool, scale: int, **options) -> None:
        """Refuse outside demo mode: the accounts' password is public."""
        if not settings.DEMO:
            raise CommandError("La démonstration demande RELAIS_DEMO=1\u00a0: son mot de passe est public.")
        if not 1 <= scale <= 200:
            raise CommandError("--scale va de 1 à 200.")
        if is_empty():
            self._load(scale)
        elif if_empty:
            self.stdout.write(NOT_EMPTY)
        else:
            raise CommandError(NOT_EMPTY)

    @transaction.atomic
    def _load(self, scale: int) -> None:
        """All or nothing, the same people each time."""
        from factory.random import reseed_random

        from config.demo.carnet import make_carnet
        from config.demo.people import make_accounts, make_centres, make_doctors
        from config.demo.rota import make_rota
        from website.seed import demo_content

        random.seed(2022)
        reseed_random(2022)
        centres = make_centres(scale)
        doctors = make_doctors(DOCTORS * scale)
        make_accounts(centres, doctors)
        make_rota(centres, doctors)
        demo_content()
        make_carnet(centres)
        self.stdout.write(f"Démonstration\u00a0: {len(centres)} centres, {len(doctors)} médecins inventés.")


def is_empty() -> bool:
    """True when nobody has put anything in this database: no account, no import, no gesture."""
    return not any(model.objects.exists() for model in (User, Centre, Doctor, ChangeSet))
