"""`manage.py up` runs the web server and the worker as one. Real processes, lean settings."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from config import processes
from config.management.commands import up
from tests.factories.directory import UserFactory
from tests.huey_tasks.yard import Yard

pytestmark = pytest.mark.worker


@pytest.fixture
def yard(tmp_path):
    yard = Yard(tmp_path)
    yield yard
    yard.clear()


@pytest.fixture
def port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def health(port: int) -> dict:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/healthz")
    answer = json.load(connection.getresponse())
    connection.close()
    return answer


def started(yard, port: int):
    """`up`, once its web server answers and its worker lives: the process, and the worker's process number."""
    process = yard.start("up", PORT=str(port))
    yard.until("SELECT count(*) FROM huey_tasks_workerbeat")
    deadline = time.monotonic() + 30
    while "Relais répond" not in yard.log.read_text():
        assert (process.poll(), time.monotonic() < deadline) == (None, True), yard.log.read_text()
        time.sleep(0.05)
    return process, int(yard.one("SELECT worker FROM huey_tasks_workerbeat")[0].rpartition(":")[2])


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_both_run_and_a_signal_stops_both(yard, port, signum):
    process, worker = started(yard, port)
    assert (health(port)["worker_seen_seconds"] < 60, lives(worker)) == (True, True)
    assert yard.stop(process, signum) == 0
    assert (processes.is_free(port), lives(worker)) == (True, False)
    assert yard.log.read_text() == f"Relais répond à http://127.0.0.1:{port}/ (Ctrl-C pour arrêter).\n"


def test_when_one_dies_the_other_is_stopped(yard, port):
    process, worker = started(yard, port)
    os.kill(worker, signal.SIGKILL)
    assert (process.wait(40), processes.is_free(port)) == (1, True)
    assert yard.log.read_text().splitlines()[-1] == "Le processus de l’horloge s’est arrêté\u00a0: tout est arrêté."


def test_a_kill_that_cannot_be_caught_leaves_nobody_behind(yard, port):
    process, worker = started(yard, port)
    assert yard.stop(process, signal.SIGKILL) == -signal.SIGKILL
    deadline = time.monotonic() + 30
    while not processes.is_free(port) or lives(worker):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("wish", ["taken", "huit mille", "99999"])
def test_a_port_that_cannot_be_had_is_one_line_and_exit_1(yard, wish):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        wish = str(door.getsockname()[1]) if wish == "taken" else wish
        assert yard.start("up", PORT=wish).wait(40) == 1
    line = f"Le port {wish} n’est pas libre\u00a0: choisissez-en un autre, par exemple PORT=8123 make run."
    assert yard.log.read_text().splitlines() == [line]


@pytest.mark.django_db
def test_the_demo_says_who_may_sign_in(settings):
    settings.DEMO = True
    for name in ("medecin", "admin"):
        UserFactory(email=f"{name}@relais.example")
    assert up.announcement(8123).splitlines() == [
        "Relais répond à http://127.0.0.1:8123/ (Ctrl-C pour arrêter).",
        "Comptes de démonstration, mot de passe relais-demo (entrée\u00a0: /connexion/)\u00a0:",
        "  admin@relais.example            Administration",
        "  medecin@relais.example          Médecin volontaire",
    ]


@pytest.mark.django_db
def test_a_database_without_the_demos_accounts_names_none(settings):
    settings.DEMO = True
    assert len(up.announcement(8123).splitlines()) == 1


def test_no_module_that_starts_relais_needs_the_tests():
    code = "import sys, django; django.setup(); import config.wsgi, config.demo.accounts; "
    code += "import config.management.commands.up, config.management.commands.demo; "
    code += "print([name for name in sys.modules if name.split('.')[0] in ('tests', 'factory', 'faker')])"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    found = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_addresses_in_the_demos_mails_lead_to_the_port(settings, monkeypatch):
    monkeypatch.delenv("BASE_URL", raising=False)
    settings.DEMO = True
    assert up.environment(8123)["BASE_URL"] == "http://127.0.0.1:8123"
    settings.DEMO = False
    assert "BASE_URL" not in up.environment(8123)
