"""Declares the clock to Django."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class HueyTasksConfig(AppConfig):
    """The ledger of jobs and its worker."""

    name = "huey_tasks"
    verbose_name = "Tâches de fond"

    def ready(self) -> None:
        """Register the clock's own jobs, and have a migration make the queue's tables."""
        from huey_tasks import jobs  # noqa: F401 — registers the handlers

        post_migrate.connect(_make_queue, sender=self, dispatch_uid="huey_tasks.make_queue")


def _make_queue(**kwargs) -> None:
    from huey_tasks.queue import make_queue_tables

    make_queue_tables(settings.HUEY)
