"""Real worker processes on a ledger of their own, for tests that stop and kill them."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from config.env import BASE_DIR
from huey_tasks.queue import queue_from_url
from tests.processes import hang_up


class Yard:
    """A database and a queue of the engines that the environment names, empty, and the workers started on them."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.name = f"relais_yard_{uuid.uuid4().hex[:10]}"
        self.log = folder / "workers.log"
        self.workers: list[subprocess.Popen] = []
        url = os.environ.get("DATABASE_URL", "")
        self.server = url if url.startswith("postgres") else ""
        if self.server:
            self._on_server(f"CREATE DATABASE {self.name}")
            url = urlsplit(url)._replace(path=f"/{self.name}").geturl()
        else:
            url = f"sqlite:///{folder / 'relais.sqlite3'}"
        self.queue_url = os.environ.get("HUEY_URL") or f"sqlite:///{folder / 'queue.sqlite3'}"
        self.env = {
            **os.environ,
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "HUEY_URL": self.queue_url,
            "QUEUE": self.name,
            "JOB_LEASE_SECONDS": "2",
            "DJANGO_SETTINGS_MODULE": "tests.huey_tasks.worker_settings",
            **env,
        }
        self.run("migrate", "--run-syncdb", "--verbosity", "0")
        self.rows = psycopg.connect(url, autocommit=True) if self.server else sqlite3.connect(folder / "relais.sqlite3")

    def run(self, *words: str) -> None:
        """A command of manage.py, to its end."""
        subprocess.run([sys.executable, "manage.py", *words], cwd=BASE_DIR, env=self.env, check=True, timeout=60)

    def start(self, command: str = "worker", **env: str) -> subprocess.Popen:
        """One more worker, or another command that lasts; what it says goes to the log."""
        with self.log.open("a") as log:
            words, env = [sys.executable, "manage.py", command], {**self.env, **env}
            worker = subprocess.Popen(words, cwd=BASE_DIR, env=env, stdout=log, stderr=log)
        self.workers.append(worker)
        return worker

    def one(self, sql: str) -> tuple:
        """The first row of a query, as any other client of the database sees it."""
        return tuple(self.rows.execute(sql).fetchone())

    def change(self, sql: str) -> None:
        """Change rows behind the workers' back, as time would."""
        self.rows.execute(sql)
        self.rows.commit()

    def until(self, sql: str, seconds: float = 60) -> None:
        """Wait for a query to count at least one."""
        deadline = time.monotonic() + seconds
        while not self.one(sql)[0]:
            assert time.monotonic() < deadline, f"not in {seconds} s: {sql}\n{self.log.read_text()}"
            time.sleep(0.01)

    def until_working(self) -> None:
        """Wait until a job has been taken since now."""
        before = self.one("SELECT coalesce(sum(claims), 0) FROM huey_tasks_job")[0]
        self.until(f"SELECT coalesce(sum(claims), 0) > {before} FROM huey_tasks_job")

    def stop(self, worker: subprocess.Popen, signum: int) -> int:
        """Send the signal and wait for the end; the exit code."""
        worker.send_signal(signum)
        return worker.wait(40)

    def clear(self) -> None:
        """Stop what still runs, forget the queue and the database."""
        for worker in self.workers:
            if worker.poll() is None:
                self.stop(worker, signal.SIGTERM)
        self.rows.close()
        queue = queue_from_url(self.queue_url, name=self.name)
        queue.storage.flush_all()
        hang_up(queue)
        if self.server:
            self._on_server(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _on_server(self, sql: str) -> None:
        server = urlsplit(self.server)._replace(path="/postgres").geturl()
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql)
