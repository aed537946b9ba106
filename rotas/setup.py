"""Ties the rota to the rest once Django is ready."""

from directory import book, events
from rotas import notices, slots
from rotas.models import Assignment, Closure, Slot
from rotas.slots import week_subject


def connect() -> None:
    """Called once by the app's `ready()`."""
    from rotas import jobs  # noqa: F401 — registers the handlers

    book.track(Slot, restored=slots.after_restore)
    book.track(
        Closure,
        subject=lambda values: week_subject(values["centre_id"], values["monday"]),
        restored=slots.closures_restored,
    )
    book.track(
        Assignment,
        leave_out=["created_at"],
        subject=lambda values: f"rotas.slot:{values['slot_id']}",
        restored=notices.after_restore,
    )
    events.capacity_changed.connect(slots.follow_capacity, dispatch_uid="rotas.follow_capacity")
