"""Runs one function in many real processes at the same instant, each with its own database connection."""

import multiprocessing
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import connections
from huey import Huey, PriorityRedisHuey

FORK = multiprocessing.get_context("fork")


def hang_up(queue: Huey) -> None:
    """Close a queue's connections: none may be shared by a fork, and one left open is a warning, so an error."""
    if isinstance(queue, PriorityRedisHuey):
        queue.storage.pool.disconnect()
    else:
        queue.storage.close()


def together(function: Callable, calls: list[tuple], timeout: float = 120) -> list:
    """The answers of `function(*call)` for each call, in order; an exception comes back as its class name."""
    connections.close_all()
    hang_up(settings.HUEY)
    barrier = FORK.Barrier(len(calls))
    answers = FORK.Queue()
    workers = [FORK.Process(target=_answer, args=(function, i, call, barrier, answers)) for i, call in enumerate(calls)]
    for worker in workers:
        worker.start()
    found = dict(answers.get(timeout=timeout) for _ in workers)
    for worker in workers:
        worker.join(timeout)
    return [found[i] for i in range(len(calls))]


def _forget_connections() -> None:
    """Drop the inherited connections without a word to the server, for whom they are still the parent's.

    A browser's event loop, once started, hides those opened before it from the parent's `close_all`; a child has no
    loop, and would share them with its brothers.
    """
    for alias in connections:
        with suppress(AttributeError):
            connections[alias].connection = None
            del connections[alias]


def _answer(function: Callable, index: int, call: tuple, barrier, answers) -> None:
    """In the child: forget what the parent had open, wait for the others, call, tell."""
    _forget_connections()
    barrier.wait(60)
    try:
        answers.put((index, function(*call)))
    except Exception as error:  # the name is the answer
        answers.put((index, type(error).__name__))
    finally:
        connections.close_all()
