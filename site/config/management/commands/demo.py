"""Loads the demo: `manage.py demo`, ten times as much with `--scale 10`."""

import random

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from factory.random import reseed_random

from directory.models import User

DOCTORS = 950


class Command(BaseCommand):
    """Fills an empty database with invented people and weeks around today."""

    help = "Remplit une base vide de personnes et de semaines inventées, autour d’aujourd’hui."

    def add_arguments(self, parser) -> None:
        """`--if-empty` does nothing when somebody already has an account; `--scale` multiplies."""
        parser.add_argument("--if-empty", action="store_true", help="ne rien faire si la base a déjà des comptes")
        parser.add_argument("--scale", type=int, default=1, help="nombre de fois plus de centres et de médecins")

    def handle(self, *args, if_empty: bool, scale: int, **options) -> None:
        """Refuse outside demo mode: the accounts' password is public."""
        if not settings.DEMO:
            raise CommandError("La démonstration demande RELAIS_DEMO=1 : son mot de passe est public.")
        if User.objects.exists():
            if if_empty:
                return
            raise CommandError("La base a déjà des comptes : la démonstration ne se charge que dans une base vide.")
        if not 1 <= scale <= 200:
            raise CommandError("--scale va de 1 à 200.")
        self._load(scale)

    @transaction.atomic
    def _load(self, scale: int) -> None:
        """All or nothing, the same people each time."""
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
        self.stdout.write(f"Démonstration : {len(centres)} centres, {len(doctors)} médecins inventés.")
