"""A tiny app whose jobs leave countable traces, for workers that get killed."""

from django.apps import AppConfig


class EffectsConfig(AppConfig):
    """One table, one handler."""

    name = "tests.huey_tasks.effects"
    label = "effects"

    def ready(self) -> None:
        """Register the handler."""
        from tests.huey_tasks.effects import jobs  # noqa: F401
