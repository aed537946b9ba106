"""`/healthz`: whether the house stands, for whoever watches it. It names nobody and writes nothing."""

import shutil
from datetime import datetime

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huey_tasks.queries import dead_lately, waiting_since, worker_seen_at

LONGEST_SILENCE = 3 * 60  # seconds without a sign of life of any worker
LONGEST_WAIT = 10 * 60  # seconds that a due job may wait
LEAST_PERCENT = 5
LEAST_BYTES = 200 * 1024 * 1024


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all is well, 503 when the database, the clock or the disk is not: `wrong` names which.

    Seconds are null when there is nothing to count (no job waits) or nothing could be read. Jobs given up in the last
    seven days are shown without being wrong: the house stands, somebody has to look (`manage.py jobs`).
    """
    clock, clock_wrong = _clock(timezone.now())
    disk, disk_wrong = _disk()
    wrong = clock_wrong + disk_wrong
    answer = JsonResponse({"ok": not wrong, "wrong": wrong, **clock, **disk}, status=503 if wrong else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _clock(now: datetime) -> tuple[dict, list[str]]:
    """How long the oldest due job has waited, how many were given up, since when no worker was seen (three queries),
    and what is wrong."""
    try:
        waiting, dead, seen = waiting_since(now), dead_lately(now), worker_seen_at()
    except Error:
        unread = dict.fromkeys(["queue_age_seconds", "dead_jobs", "worker_seen_seconds"])
        return {"database": False, **unread}, ["database"]
    age, silence = _seconds(waiting, now), _seconds(seen, now)
    wrong = ["queue"] if age is not None and age > LONGEST_WAIT else []
    wrong += ["worker"] if silence is None or silence > LONGEST_SILENCE else []
    return {"database": True, "queue_age_seconds": age, "dead_jobs": dead, "worker_seen_seconds": silence}, wrong


def _disk() -> tuple[dict, list[str]]:
    """What is free where the data lies, and whether that is too little."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    percent = round(100 * usage.free / usage.total, 1)
    little = percent < LEAST_PERCENT or usage.free < LEAST_BYTES
    return {"disk_free_bytes": usage.free, "disk_free_percent": percent}, ["disk"] if little else []


def _seconds(since: datetime | None, now: datetime) -> int | None:
    """Whole seconds from `since` to `now`."""
    return None if since is None else max(int((now - since).total_seconds()), 0)
