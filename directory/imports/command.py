"""What the import commands share: their arguments, their output, one line when a file cannot be read."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from directory.imports.reports import Report, Unreadable
from directory.imports.running import run


class ImportCommand(BaseCommand):
    """`FILE [--dry-run] [--apply-differences]`; a subclass reads the file and says how to write it."""

    # Each command's own: reads the file, Unreadable when it cannot, and returns what writes it in a transaction.
    prepare: Callable[[dict], Callable[[], Report]]
    requires_system_checks = ()  # its output is a contract: no warning of another subject in between

    def add_arguments(self, parser) -> None:
        """The file, and the two ways to look before one leaps."""
        parser.add_argument("file", metavar="FILE", help="fichier .csv ou .xlsx")
        parser.add_argument("--dry-run", action="store_true", help="n’écrit rien, affiche la même chose")
        parser.add_argument(
            "--apply-differences",
            action="store_true",
            help="remplace aussi ce qui diffère dans Relais par ce que dit le fichier",
        )

    def handle(self, *args, **options) -> None:
        """Print the report; CommandError (exit 1, one line) when the file cannot be read."""
        print_anything()
        try:
            with database_in_one_line():
                report = run(self.prepare(options), dry_run=options["dry_run"])
        except Unreadable as error:
            raise CommandError(f"{file_name(options)} : {error}") from error
        for line in report.lines():
            self.stdout.write(line)


class ListCommand(ImportCommand):
    """Imports a list whose module is `kind`: it has a `read` and a `write`."""

    kind: ModuleType

    def prepare(self, options: dict) -> Callable[[], Report]:
        """Read the list; returns what writes it."""
        table = self.kind.read(options["file"])
        return lambda: self.kind.write(
            table, file_name=file_name(options), apply_differences=options["apply_differences"]
        )


@contextmanager
def database_in_one_line() -> Iterator[None]:
    """A database that is away, or not migrated, gives one line instead of a traceback."""
    try:
        yield
    except DatabaseError as error:
        first = str(error).partition("\n")[0]
        raise CommandError(f"la base de données ne répond pas comme prévu : {first}") from error


def file_name(options: dict) -> str:
    """The file's name on one line, as messages and the book of changes show it."""
    name = Path(options["file"]).name or options["file"]
    return " ".join(name.encode("utf-8", "replace").decode().split())


def print_anything() -> None:
    """A terminal of another encoding shows `?` instead of stopping the import."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
