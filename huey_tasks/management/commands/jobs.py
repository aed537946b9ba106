"""`manage.py jobs`: what the ledger holds, and the way back for the jobs that were given up."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from huey_tasks.ledger import retry
from huey_tasks.models import Job, JobState
from huey_tasks.queries import count_by_state, dead

MOST_SHOWN = 100


class Command(BaseCommand):
    """Counts the jobs by state and lists those given up; `--retry` and `--retry-dead` ask for them again."""

    help = "Compte les tâches du registre, montre celles qui sont abandonnées et les redemande."

    def add_arguments(self, parser) -> None:
        """Without an option it only reads."""
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--retry", nargs="+", type=int, metavar="N", help="redemande ces tâches abandonnées")
        group.add_argument("--retry-dead", action="store_true", help="redemande toutes les tâches abandonnées")

    def handle(self, *args, **options) -> None:
        """Exit 1 when one of the asked jobs is not a dead one: none is then asked for again."""
        if options["retry"]:
            self._retry(options["retry"])
        elif options["retry_dead"]:
            self._retry(dead().values_list("pk", flat=True))
        else:
            self._list()

    def _retry(self, numbers) -> None:
        """Ask again, or refuse the lot."""
        wanted = set(numbers)
        if strangers := wanted - set(dead().filter(pk__in=wanted).values_list("pk", flat=True)):
            raise CommandError(f"pas de tâche abandonnée de ce numéro\u00a0: {', '.join(map(str, sorted(strangers)))}.")
        again = retry(wanted)
        for job in again:
            self.stdout.write(f"n° {job.pk} {job.kind}\u00a0: redemandée")
        self.stdout.write(f"{len(again)} tâche{'s' if len(again) > 1 else ''} à refaire")

    def _list(self) -> None:
        """The states in words, then the dead, the last ones when there are many."""
        for state, count in count_by_state().items():
            self.stdout.write(f"{JobState(state).label}\u00a0: {count}")
        for job in list(dead().reverse()[:MOST_SHOWN])[::-1]:
            self.stdout.write(_line(job))


def _line(job: Job) -> str:
    """A dead job in the list; its arguments are ids, its error holds no personal data."""
    return (
        f"n° {job.pk} {job.kind}, abandonnée le {timezone.localtime(job.finished_at):%d/%m/%Y %H:%M}\u00a0: {job.error}"
    )
