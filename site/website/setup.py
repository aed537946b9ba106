"""Ties the public site to the rest once Django is ready: its jobs, its public stamp, what a migration leaves behind."""

from collections.abc import Iterable

from django.apps import AppConfig, apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from directory import events, public

SAVED = (Redirect, Site)


def connect() -> None:
    """Called once by the app's `ready()`."""
    from website import centres, jobs  # noqa: F401 — jobs registers the handlers
    from website.models import Partner, Picture, PublicDocument

    for signal in (page_published, page_unpublished, post_page_move, published, unpublished):
        signal.connect(bump, dispatch_uid="website.bump")
    for model in (*SAVED, Partner, Picture, PublicDocument):
        post_save.connect(bump, sender=model, dispatch_uid=f"website.bump.{model.__name__}")
    for model in (*SAVED, Page, Partner, Picture, PublicDocument):
        post_delete.connect(bump, sender=model, dispatch_uid=f"website.bump.{model.__name__}")
    m2m_changed.connect(bump, sender=Partner.centres.through, dispatch_uid="website.bump.partner_centres")
    events.centre_removed.connect(centres.remove_untouched_pages, dispatch_uid="website.remove_untouched_pages")
    post_migrate.connect(furnish, dispatch_uid="website.furnish")


def bump(sender, **kwargs) -> None:
    """Editors changed something public: visitors' kept pages are stale, in the very transaction of the change."""
    public.bump()


def furnish(sender: AppConfig, using: str, plan: Iterable | None = None, **kwargs) -> None:
    """Once every app has migrated to its last state: the groups of the matrix and the first pages."""
    from website.editors import write_groups
    from website.tree import ensure_tree

    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if sender is not last or using != "default" or (plan is not None and _is_partial()):
        return
    ensure_tree()
    write_groups()


def _is_partial() -> bool:
    """True when some migration is still to come: tables may lack what today's code expects."""
    loader = MigrationLoader(connection)
    return not set(loader.graph.leaf_nodes()) <= set(loader.applied_migrations)
