"""Declares the intranet to Django."""

from django.apps import AppConfig


class IntranetConfig(AppConfig):
    """The staff's screens: no tables of its own."""

    name = "intranet"
    verbose_name = "Intranet"
