"""`manage.py worker`: the process that runs the jobs."""

from django.core.management.base import BaseCommand

from huey_tasks.worker import serve


class Command(BaseCommand):
    """Runs until SIGTERM."""

    help = "Fait tourner l’horloge : exécute les tâches du registre jusqu’à SIGTERM."

    def handle(self, *args, **options) -> None:
        """No option: the queue is HUEY_URL's, the ledger is the database's."""
        serve()
