"""What the directory does while nobody looks: send mails that are due, end rights that are over, lead imports."""

from directory import memberships, messages
from directory.imports import runs, work
from directory.imports.kinds import Progress
from directory.mailing import deliver
from huey_tasks.registry import every, job


# The lease outlives the slowest talk with a mail server (ten replies of EMAIL_TIMEOUT seconds), so that no second
# worker sends meanwhile; tries go on for five days, as mail servers do (RFC 5321, 4.5.4.1).
@job(messages.SEND, atomic=False, priority=10, lease_seconds=240, max_failures=130)
def send_message(message: int) -> None:
    """Send one written mail; safe to run twice, since its state and its Message-ID stay."""
    deliver(message)


@every("directory.sync_groups", minute="5")
@job("directory.sync_groups")
def sync_groups() -> None:
    """Each hour, so that a role that ends also ends the rights of a session that is still open."""
    memberships.sync_all_groups()


# Not atomic: a long reading must not hold SQLite's write lock. Each looks whether its import still waits for it in the
# transaction that writes, so a second try of what is done does nothing.
@job(runs.READ, atomic=False, priority=5, max_failures=3)
def read_import(run: int, version: int, progress: Progress) -> None:
    """Say what a file would do."""
    work.rehearse(run, version, progress)


@job(runs.WRITE, atomic=False, priority=5, max_failures=3)
def write_import(run: int, version: int, progress: Progress) -> None:
    """Do what was confirmed."""
    work.carry_out(run, version, progress)


@job(runs.UNDO, atomic=False, priority=5, max_failures=3)
def undo_import(run: int, version: int) -> None:
    """Take an import back."""
    work.undo(run, version)


@every("directory.forget_import_files", minute="20", hour="4")
@job("directory.forget_import_files")
def forget_import_files() -> None:
    """Files that were imported are kept 90 days, for corrections; their reports stay."""
    runs.forget_files()
