"""What the rota does while nobody looks: make the places of the weeks to come, remind of proposals past their date."""

from directory.models import Centre
from huey_tasks.registry import every, job
from rotas import options, slots


@every("rotas.make_slots", minute="10", hour="3")
@job("rotas.make_slots", atomic=False, lease_seconds=600)
def make_coming_slots() -> None:
    """Each night, so that every centre has its places 24 months ahead: one short transaction a centre."""
    for centre in Centre.objects.in_reading_order():
        slots.make_coming_slots(centre)


@every("rotas.follow_deadlines", minute="*/5")
@job("rotas.follow_deadlines")
def follow_deadlines() -> None:
    """Every five minutes, so that nobody forgets a proposal: what one does about it stays a person's gesture."""
    options.follow_deadlines()
