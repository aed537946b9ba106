"""`manage.py import_centres FILE`: the charity's list of centres."""

from directory.imports import centres
from directory.imports.command import ImportCommand, file_name


class Command(ImportCommand):
    """Create and complete the centres of a list."""

    help = "Importe la liste des centres (.csv ou .xlsx)."

    def prepare(self, options: dict):
        """Read the list; returns what writes it."""
        table = centres.read(options["file"])
        return lambda: centres.write(
            table, file_name=file_name(options), apply_differences=options["apply_differences"]
        )
