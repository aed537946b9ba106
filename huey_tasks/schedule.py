"""The schedule: which jobs fall due by the clock on the wall in Paris, made once however many workers look."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from huey import crontab

from huey_tasks.ledger import enqueue
from huey_tasks.models import ScheduleEntry
from huey_tasks.registry import SCHEDULE, Recurrence

LOOKBACK_DAYS = 62  # the 31st comes back after 59 to 62 days at most


def make_due_jobs(now: datetime) -> None:
    """Make the job of each recurrence that has fallen due since it was last made.

    Runs missed while no worker was up are made up for by one, the latest. A recurrence seen for the first time
    waits for its hour: installing a version runs nothing by itself.
    """
    made = dict(ScheduleEntry.objects.values_list("name", "last_due"))
    for recurrence in SCHEDULE.values():
        due = last_due(recurrence, now)
        if recurrence.kind not in made:
            ScheduleEntry.objects.get_or_create(name=recurrence.kind, defaults={"last_due": due})
        elif due and (made[recurrence.kind] is None or made[recurrence.kind] < due):
            _make(recurrence.kind, due)


@transaction.atomic
def _make(kind: str, due: datetime) -> None:
    """One job for this instant: the entry moves by compare-and-set, and the key names the instant."""
    entry = ScheduleEntry.objects.filter(Q(last_due=None) | Q(last_due__lt=due), name=kind)
    if entry.update(last_due=due):
        enqueue(kind, key=f"{kind}:{due.isoformat()}")


def last_due(recurrence: Recurrence, now: datetime) -> datetime | None:
    """The last instant not after `now` at which it falls due, in UTC; None when there is none in two months."""
    today = timezone.localdate(now)
    for back in range(LOOKBACK_DAYS + 1):
        if past := [instant for instant in _instants(recurrence, today - timedelta(days=back)) if instant <= now]:
            return max(past)
    return None


@lru_cache(maxsize=1024)
def _instants(recurrence: Recurrence, day: date) -> frozenset[datetime]:
    """When it falls due on a Paris day.

    In March, 02:30 does not exist and stands for 03:30. In October, 02:30 comes twice: what runs at given hours
    takes the first one only, what runs at every hour (`*`) takes both.
    """
    paris = timezone.get_default_timezone()
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 — fields on the wall, without a zone
    if not crontab(day=recurrence.day, day_of_week=recurrence.weekday)(midnight):
        return frozenset()
    matches = crontab(minute=recurrence.minute, hour=recurrence.hour)
    walls = [wall for minute in range(24 * 60) if matches(wall := midnight + timedelta(minutes=minute))]
    folds = (0, 1) if recurrence.hour == "*" else (0,)
    return frozenset(wall.replace(tzinfo=paris, fold=fold).astimezone(UTC) for wall in walls for fold in folds)
