"""HUEY_URL names the queue; reading the settings touches no server."""

import pytest
from huey import PostgresHuey, PriorityRedisHuey, SqliteHuey

from huey_tasks.queue import make_queue_tables, queue_from_url


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("sqlite:////nowhere/queue.sqlite3", SqliteHuey),
        ("postgres://nobody@127.0.0.1:1/nothing", PostgresHuey),
        ("redis://127.0.0.1:1/0", PriorityRedisHuey),
    ],
)
def test_each_queue_keeps_priorities_and_connects_when_used(url, kind):
    queue = queue_from_url(url)
    assert (type(queue), queue.storage.priority, queue.results) == (kind, True, False)


def test_an_unknown_queue_is_refused():
    with pytest.raises(ValueError, match="amqp"):
        queue_from_url("amqp://127.0.0.1")


def test_the_tables_are_made_and_can_be_made_again(tmp_path):
    queue = queue_from_url(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    make_queue_tables(queue)
    make_queue_tables(queue)
    assert queue.pending_count() == 0
    queue.storage.close()
