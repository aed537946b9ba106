"""The worker: Huey's consumer in this process, with a sign of life and a stop that lets running jobs end."""

import logging
import os
import signal
import socket
import time

from django.conf import settings
from django.db import Error, close_old_connections
from django.utils import timezone
from huey.consumer import Consumer

from huey_tasks import sweep
from huey_tasks.models import WorkerBeat
from huey_tasks.queue import make_queue_tables

BEAT_SECONDS = 30
STOP_SECONDS = 25
OPTIONS = {
    "workers": 2,
    "worker_type": "thread",
    "max_delay": 1,
    "flush_locks": True,
    "shutdown_timeout": STOP_SECONDS,
    "graceful_signal": "TERM",
}

logger = logging.getLogger(__name__)


class Clock(Consumer):
    """A consumer whose main loop says that it lives, even when every thread is busy with a long job."""

    _next_beat = 0.0

    def loop(self, health_check_ts=None):
        """Huey calls this ten times a second."""
        if time.monotonic() >= self._next_beat:
            self._next_beat = time.monotonic() + BEAT_SECONDS
            beat()
        return super().loop(health_check_ts)


def serve() -> None:
    """Work until SIGTERM or Ctrl-C, which let running jobs end; what is not over in 25 s is taken over later."""
    make_queue_tables(settings.HUEY)
    sweep.ring_again(timezone.now())
    clock = Clock(settings.HUEY, **OPTIONS)
    clock._signal_actions[signal.SIGINT] = clock._signal_actions[signal.SIGTERM]
    clock.run()


def beat() -> None:
    """Say that this worker lives; a database that does not answer now may answer next time."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    try:
        close_old_connections()
        WorkerBeat.objects.update_or_create(worker=name, defaults={"seen_at": timezone.now()})
    except Error as error:
        logger.warning("signe de vie non écrit (%s)", type(error).__name__)
