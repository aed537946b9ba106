"""Declares the public site to Django."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """What the public sees, written by the communications team."""

    name = "website"
    verbose_name = "Site public"
