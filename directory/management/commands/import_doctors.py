"""`manage.py import_doctors FILE`: the charity's list of doctors."""

from directory.imports import doctors
from directory.imports.command import ImportCommand, file_name


class Command(ImportCommand):
    """Create and complete the doctors of a list."""

    help = "Importe la liste des médecins (.csv ou .xlsx)."

    def prepare(self, options: dict):
        """Read the list; returns what writes it."""
        file = doctors.read(options["file"])
        return lambda: doctors.write(file, file_name=file_name(options), apply_differences=options["apply_differences"])
