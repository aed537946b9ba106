"""Declares the directory to Django and what of it the book of changes follows."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """People, places, changes, messages."""

    name = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        """Register what is written in the book, the jobs, and what runs after a migration."""
        from directory import setup

        setup.connect()
