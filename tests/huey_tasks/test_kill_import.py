"""An import while its worker is killed: all of it or nothing, once, and another worker takes it over."""

import random
import signal
import time

import pytest

from tests.huey_tasks.yard import Yard

pytestmark = pytest.mark.worker
ROWS = 3000
SEND = f"""
from directory.imports import runs
from directory.models import User
from tests.factories.directory import invented_rpps
rows = [f"Nom{{n}};Anne;{{invented_rpps(n)}}" for n in range({ROWS})]
content = "\\n".join(["Nom;Prénom;RPPS", *rows]).encode()
by = User.objects.create_user("claire@example.org")
runs.start(kind="doctors", year=None, file_name="medecins.csv", content=content, by=by)
"""
CONFIRM = """
from directory.imports import runs
from directory.models import ImportRun, User
run = ImportRun.objects.get()
runs.confirm(run=run, version=run.version, by=User.objects.get())
"""
STATE = "SELECT count(*) FROM directory_importrun WHERE state = '{}'"
ALL_JOBS_DONE = "SELECT count(*) = 0 FROM huey_tasks_job WHERE state <> 'done'"
WRITTEN = """
SELECT (SELECT count(*) FROM directory_doctor), (SELECT count(*) FROM directory_change),
(SELECT count(*) FROM directory_changeset), (SELECT count(*) FROM directory_importrun WHERE state = 'done')
"""
NOTHING, ALL = (0, 0, 0, 0), (ROWS, ROWS, 1, 1)


@pytest.fixture
def yard(tmp_path):
    yard = Yard(tmp_path, DJANGO_SETTINGS_MODULE="tests.huey_tasks.mail_settings")
    yield yard
    yard.clear()


def test_an_import_survives_kills_whole(yard):
    yard.run("shell", "--verbosity", "0", "-c", SEND)
    first = yard.start()
    yard.until(STATE.format("ready"))
    assert (yard.stop(first, signal.SIGTERM), yard.one(WRITTEN)) == (0, NOTHING)
    yard.run("shell", "--verbosity", "0", "-c", CONFIRM)
    for _ in range(5):
        worker = yard.start()
        yard.until_working()
        time.sleep(random.uniform(0, 0.5))
        yard.stop(worker, signal.SIGKILL)
        assert yard.one(WRITTEN) in {NOTHING, ALL}
        if yard.one(ALL_JOBS_DONE)[0]:
            break
    yard.start()
    yard.until(ALL_JOBS_DONE)
    assert yard.one(WRITTEN) == ALL
