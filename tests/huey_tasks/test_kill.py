"""Workers that are killed, stopped and doubled lose no job and do none twice. Real processes, the real queue."""

import random
import signal
import time

import pytest

from tests.huey_tasks.yard import Yard

pytestmark = pytest.mark.worker

ALL_DONE = "SELECT count(*) = 0 FROM huey_tasks_job WHERE state <> 'done'"
EFFECTS = "SELECT count(*), count(DISTINCT number) FROM effects_effect"
LEASED = "SELECT count(*) FROM huey_tasks_job WHERE state = 'running' OR lease_token IS NOT NULL"
INTERRUPTED = "SELECT count(*) FROM huey_tasks_job WHERE claims > 1"


@pytest.fixture
def yard(tmp_path):
    yard = Yard(tmp_path)
    yield yard
    yard.clear()


def test_300_jobs_survive_30_kills_each_with_one_effect(yard):
    yard.run("ask", "300", "0.04")
    for _ in range(30):
        worker = yard.start()
        yard.until_working()
        time.sleep(random.uniform(0, 0.1))
        yard.stop(worker, signal.SIGKILL)
    last = yard.start()
    yard.until(ALL_DONE)
    assert yard.stop(last, signal.SIGTERM) == 0
    assert (yard.one(EFFECTS), yard.one(LEASED)) == ((300, 300), (0,))
    assert yard.one(INTERRUPTED)[0] >= 10


def test_a_stop_lets_running_jobs_end(yard):
    yard.run("ask", "20", "0.3")
    worker = yard.start()
    yard.until_working()
    assert yard.stop(worker, signal.SIGTERM) == 0
    done = yard.one("SELECT count(*) FROM huey_tasks_job WHERE state = 'done'")[0]
    assert (yard.one(LEASED), yard.one(EFFECTS), 0 < done < 20) == ((0,), (done, done), True)
    yard.start()
    yard.until(ALL_DONE)
    assert (yard.one(EFFECTS), yard.one(INTERRUPTED)) == ((20, 20), (0,))


def test_a_job_longer_than_its_lease_is_left_to_the_worker_that_lives(yard):
    yard.run("ask", "1", "3.5")
    yard.start()
    yard.until_working()
    yard.start()
    yard.until(ALL_DONE)
    assert (yard.one(EFFECTS), yard.one(INTERRUPTED)) == ((1, 1), (0,))


def test_several_workers_rung_several_times_for_each_job_take_it_once(yard):
    yard.run("ask", "60", "0.01", "--rings", "4")
    for _ in range(3):
        yard.start()
    yard.until(ALL_DONE)
    assert (yard.one(EFFECTS), yard.one(INTERRUPTED)) == ((60, 60), (0,))


def test_a_worker_gives_a_sign_of_life_at_once(yard):
    worker = yard.start()
    yard.until("SELECT count(*) FROM huey_tasks_workerbeat")
    assert yard.one("SELECT worker FROM huey_tasks_workerbeat")[0].rpartition(":")[2] == str(worker.pid)
