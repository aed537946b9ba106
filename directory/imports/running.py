"""Runs an import as one transaction, which a dry run takes back and a collision with other writers starts again."""

from collections.abc import Callable

from django.db import IntegrityError, OperationalError, transaction

from directory.imports.reports import Report, Unreadable

TRIES = 3


def run(write: Callable[[], Report], *, dry_run: bool = False) -> Report:
    """Call `write` in a transaction; with `dry_run` everything it wrote is taken back, its report stays.

    Somebody else may write while it runs: the database then refuses, and a new reading sees what they wrote.
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                report = write()
                if dry_run:
                    transaction.set_rollback(True)
            return report
        except (IntegrityError, OperationalError) as error:
            refused = error
    if isinstance(refused, OperationalError):
        raise refused
    raise Unreadable("import impossible pour l’instant, Relais est en cours de modification : réessayez.") from refused
