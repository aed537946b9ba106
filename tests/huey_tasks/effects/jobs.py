"""A job that takes a moment after its effect, so that kills land between effect and mark."""

import time

from huey_tasks.registry import job
from tests.huey_tasks.effects.models import Effect


@job("effects.write")
def write(number: int, seconds: float) -> None:
    """Leave a row, then take that long."""
    Effect.objects.create(number=number)
    time.sleep(seconds)
