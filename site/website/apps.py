"""Declares the public site to Django."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """What the public sees, written by the communications team."""

    name = "website"
    verbose_name = "Site public"

    def ready(self) -> None:
        """Register the jobs, what bumps the public stamp, and what runs after a migration."""
        from website import setup

        setup.connect()
