"""Finds the machine's Chromium, and leaves the browser tests out, aloud, where there is none."""

import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The path of the browser, if any."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests marked `browser` when nothing could run them."""
    if executable():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def say_left_out(reporter) -> None:
    """The line that names what was left out, at the end of the run."""
    if not executable():
        reporter.write_line(f"Browser tests (-m browser) left out: none of {', '.join(NAMES)} is installed.")
