"""What the worker knows how to do: the upper storeys register their handlers here, the clock calls them by name."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from huey import crontab


@dataclass(frozen=True)
class Handler:
    """A kind of job.

    `atomic`: the handler runs in one transaction with the mark `done`, so its effect is exactly once; without it
    the handler talks to the outside (mail) or takes long, runs at least once and must be safe to run twice.
    `reports`: it takes a `progress(done, total)` function, which shows how far it is and keeps its lease.
    """

    kind: str
    function: Callable[..., object]
    atomic: bool
    lease_seconds: int | None
    max_failures: int
    priority: int
    reports: bool


@dataclass(frozen=True)
class Recurrence:
    """A job that the schedule makes: crontab fields in Paris time."""

    kind: str
    minute: str
    hour: str
    day: str
    weekday: str


HANDLERS: dict[str, Handler] = {}
SCHEDULE: dict[str, Recurrence] = {}


def job(
    kind: str,
    *,
    atomic: bool = True,
    lease_seconds: int | None = None,
    max_failures: int = 8,
    priority: int = 0,
) -> Callable:
    """Register the decorated function as the handler of `kind`; it receives the job's arguments by keyword.

    An atomic handler holds the write lock of SQLite while it runs: keep it short, or make it not atomic.
    """

    def register(function: Callable) -> Callable:
        if kind in HANDLERS:
            raise ValueError(f"La tâche {kind} est déjà enregistrée.")
        reports = "progress" in inspect.signature(function).parameters
        if reports and atomic:
            raise ValueError(f"{kind} : l’avancement d’une tâche en une transaction ne se verrait qu’à la fin.")
        HANDLERS[kind] = Handler(kind, function, atomic, lease_seconds, max_failures, priority, reports)
        return function

    return register


def every(kind: str, *, minute: str = "0", hour: str = "*", day: str = "*", weekday: str = "*") -> Callable:
    """Have the decorated handler of `kind` run at these crontab fields, Paris time (weekday 0 is Sunday)."""

    def register(function: Callable) -> Callable:
        if kind not in HANDLERS:
            raise ValueError(f"{kind} n’a pas de tâche à répéter : @every se place au-dessus de @job.")
        crontab(minute=minute, hour=hour, day=day, day_of_week=weekday, strict=True)  # a wrong field raises here
        SCHEDULE[kind] = Recurrence(kind, minute, hour, day, weekday)
        return function

    return register
