"""Forked racers share no connection, even one that a browser's event loop had hidden from their parent."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.processes import together

pytestmark = pytest.mark.django_db(transaction=True)


def ask(number: int) -> tuple[bool, int]:
    """Whether the child starts without a connection, and its own number by way of the database."""
    fresh = connection.connection is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [number])
        return fresh, cursor.fetchone()[0]


def race_under_a_loop() -> list:
    """The answers of twenty racers whose parent has opened a connection, then started a loop."""
    ask(0)  # opened outside the loop, which hides it from `close_all` but not from the children

    async def race() -> list:
        return together(ask, [(number,) for number in range(20)])

    found = asyncio.run(race())
    connection.close()
    return found


def test_racers_of_a_parent_in_an_event_loop_share_no_connection():
    with ThreadPoolExecutor(1) as thread:  # where no browser's test has left a loop before
        found = thread.submit(race_under_a_loop).result()
    assert found == [(True, number) for number in range(20)]
