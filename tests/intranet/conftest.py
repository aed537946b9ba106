"""What the tests of the intranet share: a signed-in client, and a guard against reads that write."""

import pytest
from django.db import connection
from django.test import Client

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
MAY_BE_WRITTEN = ("django_session", "relais_cache")


class NoWrites:
    """Refuses the statements that change a table, except those of sessions and caches."""

    def __call__(self, execute, sql, params, many, context):
        """As `connection.execute_wrapper` calls it."""
        if sql.lstrip().upper().startswith(WRITES) and not any(table in sql for table in MAY_BE_WRITTEN):
            raise AssertionError(f"a read wrote: {sql[:120]}")
        return execute(sql, params, many, context)


class GuardedClient(Client):
    """A browser whose GETs fail as soon as they write."""

    def get(self, *args, **kwargs):
        """A read, which changes no table."""
        with connection.execute_wrapper(NoWrites()):
            return super().get(*args, **kwargs)


@pytest.fixture
def signed_in(db):
    """Opens a session: `signed_in(user)` gives the client."""

    def enter(user) -> Client:
        client = GuardedClient()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def central(member, signed_in):
    """A client of the central team, who edits every centre."""
    return signed_in(member("logistics", first_name="Claire", last_name="Martin"))
