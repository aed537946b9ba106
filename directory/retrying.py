"""Starts a transaction again when the database chose it to end a deadlock: the other one has gone on meanwhile."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, OperationalError, models, transaction

Answer = TypeVar("Answer")
Given = ParamSpec("Given")

TRIES = 3
# PostgreSQL's deadlock_detected and serialization_failure (appendix A of its manual).
COLLISIONS = {"40P01", "40001"}


def collided(error: DatabaseError) -> bool:
    """True when the database gave up this transaction for the sake of another one."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") in COLLISIONS


def attempt(call: Callable[[], Answer], *, again: Callable[[DatabaseError], bool] = collided) -> Answer:
    """The answer of `call`, which is one transaction: started again, TRIES times in all, after an error that allows."""
    for _ in range(TRIES - 1):
        try:
            return call()
        except DatabaseError as error:
            if not again(error):
                raise
    return call()


def retried(action: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Decorate an atomic action: a collision starts it again, with the rows that it was given as they were given.

    Inside a wider transaction it runs once: what came before must be started again too, by whoever opened it.
    """

    @wraps(action)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        if transaction.get_connection().in_atomic_block:
            return action(*args, **kwargs)
        rows = [value for value in (*args, *kwargs.values()) if isinstance(value, models.Model)]
        given = [dict(vars(row)) for row in rows]

        def from_the_start() -> Answer:
            for row, values in zip(rows, given, strict=True):
                vars(row).clear()
                vars(row).update(values)
            return action(*args, **kwargs)

        return attempt(from_the_start)

    return run
