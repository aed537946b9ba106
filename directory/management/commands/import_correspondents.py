"""`manage.py import_correspondents FILE`: the carnet of each centre, a sheet a centre."""

from directory.imports import correspondents
from directory.imports.command import ImportCommand, file_name


class Command(ImportCommand):
    """Create and complete the entries of the carnet."""

    help = "Importe les correspondants, une feuille par centre (.xlsx ou .csv)."

    def prepare(self, options: dict):
        """Read the lists; returns what writes them."""
        tables = correspondents.read(options["file"])
        return lambda: correspondents.write(
            tables, file_name=file_name(options), apply_differences=options["apply_differences"]
        )
