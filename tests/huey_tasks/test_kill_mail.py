"""Mails while their worker is killed: each arrives at least once, always with the same Message-ID."""

import random
import signal
import time
from collections import Counter

import pytest

from tests.directory.mailserver import MailServer
from tests.huey_tasks.yard import Yard

pytestmark = pytest.mark.worker
WRITE = """
from django.db import transaction
from directory import messages
with transaction.atomic():
    for n in range(20):
        words = dict(kind="week", about=f"a:{n}", to=f"m{n}@example.org", subject="S", body="B")
        messages.write(key=f"week:{n}", **words)
"""
ALL_DONE = "SELECT count(*) = 0 FROM huey_tasks_job WHERE state <> 'done'"
ALL_SENT = "SELECT count(*), count(DISTINCT message_id) FROM directory_outgoingmessage WHERE state = 'sent'"
# The lease of a mail outlives the slowest talk with a server, four minutes: nobody waits for that here.
FOUR_MINUTES_PASS = "UPDATE huey_tasks_job SET lease_until = '2026-01-01 00:00:00+00:00' WHERE state = 'running'"


@pytest.fixture
def server():
    with MailServer() as server:
        server.slow = 0.1
        yield server


@pytest.fixture
def yard(tmp_path, server):
    settings = {"DJANGO_SETTINGS_MODULE": "tests.huey_tasks.mail_settings", "MAIL_PORT": str(server.port)}
    yard = Yard(tmp_path, **settings)
    yield yard
    yard.clear()


def kill_while_it_sends(yard, server) -> None:
    """Start a worker, kill it within the talk about a mail."""
    worker, before = yard.start(), len(server.accepted)
    deadline = time.monotonic() + 30
    while len(server.accepted) == before:
        assert time.monotonic() < deadline, yard.log.read_text()
        time.sleep(0.01)
    time.sleep(random.uniform(0, 0.15))
    yard.stop(worker, signal.SIGKILL)
    yard.change(FOUR_MINUTES_PASS)


def test_20_mails_survive_5_kills_and_keep_their_message_id(yard, server):
    yard.run("shell", "--verbosity", "0", "-c", WRITE)
    for _ in range(5):
        kill_while_it_sends(yard, server)
    last = yard.start()
    yard.until(ALL_DONE)
    assert (yard.stop(last, signal.SIGTERM), yard.one(ALL_SENT)) == (0, (20, 20))
    ids = {mail["To"]: {m["Message-ID"] for m in server.accepted if m["To"] == mail["To"]} for mail in server.accepted}
    assert (len(ids), Counter(map(len, ids.values()))) == (20, {1: 20})
    assert 20 < len(server.accepted) <= 20 + 5 * 2
