"""Declares the top storey to Django, for its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """How the house is assembled."""

    name = "config"
    verbose_name = "Assemblage"
