"""Builds the Huey queue from `HUEY_URL`: a doorbell that wakes the worker, never the place where jobs live."""

from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, PriorityRedisHuey, SqliteHuey
from psycopg.errors import UniqueViolation
from redis import ConnectionPool

NAME = "relais"
# A person waits while the bell rings: a Redis that does not answer must be given up quickly.
REDIS_TIMES = {"socket_connect_timeout": 2, "socket_timeout": 10}


def queue_from_url(url: str, *, name: str = NAME) -> Huey:
    """The queue that `url` names: `sqlite:///file`, `postgres://…` or `redis://…` (all keep priorities).

    Reading the settings touches no server: `make_queue_tables` makes what the SQL ones need.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        path = url.removeprefix("sqlite:///")
        return SqliteHuey(name, filename=path, fsync=True, results=False, create_tables=False)
    if scheme in {"postgres", "postgresql"}:
        return PostgresHuey(name, dsn=url, results=False, create_tables=False)
    if scheme in {"redis", "rediss"}:
        pool = ConnectionPool.from_url(url, **REDIS_TIMES)
        return PriorityRedisHuey(name, connection_pool=pool, results=False)
    raise ValueError(f"HUEY_URL : « {scheme} » n’est pas une file connue (sqlite, postgres ou redis).")


def make_queue_tables(queue: Huey) -> None:
    """Make the tables of a SQL queue, after a migration and when a worker starts; safe to repeat."""
    make = getattr(queue.storage, "initialize_schema", None)
    if make is None:
        return
    try:
        make()
    except UniqueViolation:  # PostgreSQL: two processes made them at the same instant, the other one's stand
        make()
