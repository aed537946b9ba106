"""Runs an import as one transaction, which a dry run takes back and a collision with other writers starts again."""

from collections.abc import Callable

from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from directory.imports.reports import Report, Unreadable
from directory.retrying import attempt


def run(write: Callable[[], Report], *, dry_run: bool = False) -> Report:
    """Call `write` in a transaction; with `dry_run` everything it wrote is taken back, its report stays.

    Somebody else may write while it runs: the database then refuses, and a new reading sees what they wrote.
    """

    def write_all() -> Report:
        with transaction.atomic():
            report = write()
            if dry_run:
                transaction.set_rollback(True)
        return report

    try:
        return attempt(write_all, again=_others_wrote)
    except IntegrityError as error:
        why = "import impossible pour l’instant, Relais est en cours de modification : réessayez."
        raise Unreadable(why) from error


def _others_wrote(error: DatabaseError) -> bool:
    """True when another reading may go through: a row came in between, or the database was held."""
    return isinstance(error, IntegrityError | OperationalError)
