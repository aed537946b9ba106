"""`make run`: one command prepares everything, answers, and stops whole. Real make, real servers."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time

import pytest

from config import processes
from config.env import BASE_DIR

pytestmark = pytest.mark.worker
SECONDS = 120
INHERITED = {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}


@pytest.fixture
def port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture
def make_run(tmp_path, port):
    """`make run` as in a fresh terminal, on files of its own; its log beside."""
    env = {name: value for name, value in os.environ.items() if name in INHERITED}
    env |= {"DATA_DIR": str(tmp_path / "data"), "PORT": str(port)}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            ["make", "--silent", "run"], cwd=BASE_DIR, env=env, stdout=log, stderr=log, start_new_session=True
        )
    yield process, tmp_path / "log"
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def get(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page; 0 as long as nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


def test_make_run_answers_and_a_signal_stops_it_whole(make_run, port):
    process, log = make_run
    deadline = time.monotonic() + SECONDS
    # The announcement first: a probe before the worker's first beat is answered 503, and logged.
    while "medecin@relais.example" not in log.read_text() or get(port, "/healthz")[0] != 200:
        assert (process.poll(), time.monotonic() < deadline) == (None, True), log.read_text()
        time.sleep(0.2)
    assert "<h1" in get(port, "/")[1]
    assert json.loads(get(port, "/healthz")[1])["wrong"] == []
    said = log.read_text().splitlines()
    assert said[:3] == [
        "Relais se prépare…",
        "Démonstration\u00a0: 11 centres, 950 médecins inventés.",
        f"Relais répond à http://127.0.0.1:{port}/ (Ctrl-C pour arrêter).",
    ]
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(60)
    assert processes.is_free(port)
