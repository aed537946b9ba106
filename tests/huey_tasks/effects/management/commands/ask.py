"""`ask COUNT SECONDS`: asks for COUNT jobs in one transaction, as a request would."""

from django.core.management.base import BaseCommand
from django.db import transaction

from huey_tasks.ledger import enqueue, ring_after_commit


class Command(BaseCommand):
    """Asks, and rings `--rings` times for each."""

    def add_arguments(self, parser) -> None:
        """How many, how long each, how many rings."""
        parser.add_argument("count", type=int)
        parser.add_argument("seconds", type=float)
        parser.add_argument("--rings", type=int, default=1)

    def handle(self, *args, count: int, seconds: float, rings: int, **options) -> None:
        """Rings go off after the commit."""
        with transaction.atomic():
            for number in range(count):
                job = enqueue("effects.write", number=number, seconds=seconds)
                for _ in range(rings - 1):
                    ring_after_commit(job)
