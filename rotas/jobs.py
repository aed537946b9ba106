"""What the rota does while nobody looks: make the places of the weeks to come."""

from directory import weeks
from directory.models import Centre
from huey_tasks.registry import every, job
from rotas.slots import HORIZON_WEEKS, make_slots


@every("rotas.make_slots", minute="10", hour="3")
@job("rotas.make_slots", lease_seconds=600)
def make_coming_slots() -> None:
    """Each night, so that every centre has its places 24 months ahead."""
    today = weeks.today()
    for centre in Centre.objects.in_reading_order():
        make_slots(centre, today, today + HORIZON_WEEKS * weeks.WEEK)
