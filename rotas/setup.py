"""Ties the rota to the rest once Django is ready."""

from directory import book, events
from directory.imports import kinds
from rotas import restoring, slots
from rotas.imports import rota
from rotas.models import Assignment, Closure, DutyDay, Slot
from rotas.slots import place_subject, week_subject


def connect() -> None:
    """Called once by the app's `ready()`."""
    from rotas import jobs  # noqa: F401 — registers the handlers

    kinds.register(rota.KIND)
    book.track(Slot, lock=restoring.lock_places)
    book.track(
        Closure,
        subject=lambda values: week_subject(values["centre_id"], values["monday"]),
        lock=restoring.lock_places,
        restored=restoring.closures_restored,
    )
    book.track(
        Assignment,
        subject=lambda values: place_subject(values["slot_id"]),
        lock=restoring.lock_places,
        restored=restoring.assignments_restored,
    )
    book.derive(Slot, slots.is_untouched)
    book.derive(DutyDay, lambda day: True)
    events.capacity_changed.connect(slots.follow_capacity, dispatch_uid="rotas.follow_capacity")
