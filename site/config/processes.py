"""Runs the web server and the worker side by side, as one: what stops one stops both."""

import ctypes
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager

HOST = "127.0.0.1"
STOP_SECONDS = 35  # the worker lets its jobs end for 25 seconds, the web server its requests for 20
LOOK_SECONDS = 0.25
PR_SET_PDEATHSIG = 1  # prctl(2)
# Loaded before any fork: a child between fork and exec must not import.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def is_free(port: int) -> bool:
    """Whether this machine lets us listen on `port`."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def answers(port: int) -> bool:
    """Whether a web server answers on `port`, whatever it says."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/robots.txt")  # not /healthz: before the worker’s first beat it rightly complains
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def side_by_side(commands: dict[str, list[str]], *, env: dict, cwd: str, ready: Callable[[], bool]) -> str:
    """Run the commands until one ends, then stop them all; its name, or nothing when a signal asked to stop.

    `ready` is called again and again until it says True (the address is then printed).
    """
    children: dict[str, subprocess.Popen] = {}
    with _one_signal_raises():
        try:
            for name, command in commands.items():
                # A session of its own: Ctrl-C in the terminal reaches us alone, and we stop them gently.
                children[name] = subprocess.Popen(  # noqa: S603 — our own commands
                    command, env=env, cwd=cwd, start_new_session=True, preexec_fn=_end_with_parent
                )
            return _watch(children, ready)
        except Stopped:
            return ""
        finally:
            _stop(list(children.values()))


def _end_with_parent() -> None:
    """In the child: Linux sends it SIGTERM when its parent dies, so that a SIGKILL leaves nobody on the port."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _watch(children: dict[str, subprocess.Popen], ready: Callable[[], bool]) -> str:
    """The name of the first child that ends."""
    said = False
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                return name
        said = said or ready()
        time.sleep(LOOK_SECONDS)


def _stop(children: list[subprocess.Popen]) -> None:
    """Ask all to end, wait, then end those that did not."""
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def _one_signal_raises():
    """Ctrl-C and SIGTERM raise Stopped within, once; afterwards they do what they did before.

    The second is left unheard: make passes on the one that its whole group has had already, and what is stopping
    would be cut short.
    """

    def stop(signum, frame) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    before = {signum: signal.signal(signum, stop) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for signum, action in before.items():
            signal.signal(signum, action)
