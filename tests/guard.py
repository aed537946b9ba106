"""Refuses reads that write: what a GET changes, a crawler or an impatient finger changes too."""

from django.db import connection
from django.test import Client

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# Sessions, the cache when it is a table, and the sizes of pictures, made when they are first asked for.
MAY_BE_WRITTEN = ("django_session", "relais_cache", "website_picturerendition")


class NoWrites:
    """Refuses the statements that change a table, except those of sessions, caches and sizes of pictures."""

    def __call__(self, execute, sql, params, many, context):
        """As `connection.execute_wrapper` calls it."""
        if sql.lstrip().upper().startswith(WRITES) and not any(table in sql for table in MAY_BE_WRITTEN):
            raise AssertionError(f"a read wrote: {sql[:120]}")
        return execute(sql, params, many, context)


def guard_reads(monkeypatch) -> None:
    """Have each GET of Django's test client, with or without a session, fail as soon as it writes."""
    get = Client.get

    def guarded(self, *args, **kwargs):
        with connection.execute_wrapper(NoWrites()):
            return get(self, *args, **kwargs)

    monkeypatch.setattr(Client, "get", guarded)
