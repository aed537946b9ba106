"""Forked racers share no connection, even one that a browser's event loop had hidden from their parent."""

import asyncio

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


def in_a_loop(function):
    """Calls it as under a browser's event loop; where a browser's test has run before, that loop is there already."""

    async def run():
        return function()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(run())
    return function()


def test_racers_of_a_parent_in_an_event_loop_share_no_connection():
    ask(0)  # opened outside the loop, which hides it from `close_all` but not from the children
    found = in_a_loop(lambda: together(ask, [(number,) for number in range(20)]))
    assert found == [(True, number) for number in range(20)]
