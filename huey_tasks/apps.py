"""Declares the clock to Django."""

from django.apps import AppConfig


class HueyTasksConfig(AppConfig):
    """The ledger of jobs and its worker."""

    name = "huey_tasks"
    verbose_name = "Tâches de fond"
