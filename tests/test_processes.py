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


def a_loop_runs() -> bool:
    """A browser's test has run before in this process: its loop goes on."""
    try:
        return bool(asyncio.get_running_loop())
    except RuntimeError:
        return False


def test_racers_of_a_parent_in_an_event_loop_share_no_connection():
    if a_loop_runs():
        pytest.skip("Une connexion ne peut plus s’ouvrir hors d’une boucle ici.")
    ask(0)  # opened outside the loop, which hides it from `close_all` but not from the children

    async def race() -> list:
        return together(ask, [(number,) for number in range(20)])

    assert asyncio.run(race()) == [(True, number) for number in range(20)]
