"""Declares the rota to Django."""

from django.apps import AppConfig


class RotasConfig(AppConfig):
    """Places, assignments, closures."""

    name = "rotas"
    verbose_name = "Rotation"

    def ready(self) -> None:
        """Register what is written in the book, the jobs, and what is heard from below."""
        from rotas import setup

        setup.connect()
