"""Ties the directory to the rest once Django is ready: the book of changes, its jobs, the shared cache table."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import post_migrate

from directory import book, carnet_actions, carnet_words, events, memberships
from directory.imports import centres, correspondents, doctors, kinds
from directory.models import (
    Capacity,
    Centre,
    CentreLink,
    Change,
    Doctor,
    DoctorWord,
    EmergencyLine,
    Membership,
    Practice,
    Professional,
    Structure,
    Task,
)


def connect() -> None:
    """Called once by the app's `ready()`."""
    from directory import jobs  # noqa: F401 — registers the handlers

    for kind in (centres.KIND, doctors.KIND, correspondents.KIND):
        kinds.register(kind)
    book.track(Centre, lock=lock_centres, leaving=announce_removal)
    book.track(Capacity, lock=lock_centres)
    book.track(Doctor)
    book.derive(DoctorWord, lambda word: True)
    book.track(Membership, restored=memberships.after_restore)
    track_carnet()
    book.track(Task)
    user_logged_in.connect(follow_roles, dispatch_uid="directory.follow_roles")
    post_migrate.connect(make_cache_table, dispatch_uid="directory.make_cache_table")


def track_carnet() -> None:
    """What is written of the carnet; the words that its search reads follow the rows that an undo brings back."""
    book.track(Professional, restored=carnet_words.after_restore)
    book.track(Structure, restored=carnet_words.after_restore)
    book.track(Practice, but=("words",), restored=carnet_words.after_restore)
    book.track(
        CentreLink,
        subject=lambda values: f"directory.practice:{values['practice_id']}",
        restored=carnet_actions.links_restored,
    )
    book.track(EmergencyLine, subject=lambda values: f"directory.emergency:{values['centre_id']}")


def lock_centres(changes: list[Change]) -> None:
    """Before an undo of centres or of their capacities: no place of theirs is made meanwhile."""
    owned = {"directory.centre": "id", "directory.capacity": "centre_id"}
    values = [(change.before or change.after)[owned[change.table]] for change in changes if change.table in owned]
    list(Centre.objects.filter(pk__in=values).locked())


def announce_removal(centres: list[int]) -> None:
    """Before the undo of a centre's making: upper storeys take away what they made of it by themselves."""
    events.centre_removed.send(sender=Centre, centres=centres)


def follow_roles(sender, user, **kwargs) -> None:
    """At each sign-in the groups are those of the roles held today."""
    memberships.sync_groups(user)


def make_cache_table(sender, using: str, **kwargs) -> None:
    """The table of the default cache (rate limits), made with the first migration."""
    if sender.name == "directory" and settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
        call_command("createcachetable", database=using, verbosity=0)
