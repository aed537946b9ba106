"""What the worker knows how to do: the upper storeys register their handlers here, the clock calls them by name."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Handler:
    """A kind of job.

    `atomic`: the handler runs in one transaction with the mark `done`, so its effect is exactly once; without it
    the handler talks to the outside (mail), runs at least once and must be safe to run twice.
    """

    kind: str
    function: Callable[..., object]
    atomic: bool
    lease_seconds: int | None
    max_failures: int
    priority: int


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
    """Register the decorated function as the handler of `kind`; it receives the job's arguments by keyword."""

    def register(function: Callable) -> Callable:
        if kind in HANDLERS:
            raise ValueError(f"La tâche {kind} est déjà enregistrée.")
        HANDLERS[kind] = Handler(kind, function, atomic, lease_seconds, max_failures, priority)
        return function

    return register


def every(kind: str, *, minute: str = "0", hour: str = "*", day: str = "*", weekday: str = "*") -> Callable:
    """Have the decorated handler of `kind` run at these crontab fields, Paris time (weekday 0 is Sunday)."""

    def register(function: Callable) -> Callable:
        SCHEDULE[kind] = Recurrence(kind, minute, hour, day, weekday)
        return function

    return register
