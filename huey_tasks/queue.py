"""Builds the Huey queue from `HUEY_URL`: a doorbell that wakes the worker, never the place where jobs live."""

from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, PriorityRedisHuey, SqliteHuey

NAME = "relais"


def queue_from_url(url: str, *, immediate: bool = False) -> Huey:
    """The queue that `url` names: `sqlite:///file`, `postgres://…` or `redis://…` (all keep priorities)."""
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        path = url.removeprefix("sqlite:///")
        return SqliteHuey(NAME, filename=path, fsync=True, immediate=immediate)
    if scheme in {"postgres", "postgresql"}:
        return PostgresHuey(NAME, dsn=url, immediate=immediate)
    if scheme in {"redis", "rediss"}:
        return PriorityRedisHuey(NAME, url=url, immediate=immediate)
    raise ValueError(f"HUEY_URL : « {scheme} » n'est pas une file connue (sqlite, postgres ou redis).")
