"""`manage.py import_rota FILE --year 2026`: a year of the charity's rota."""

from directory.imports.command import ImportCommand, file_name
from rotas.imports import rota


class Command(ImportCommand):
    """Bring the weeks of a rota into Relais."""

    help = "Importe le planning d’une année (.csv ou .xlsx)."

    def add_arguments(self, parser) -> None:
        """The file and its ISO year."""
        super().add_arguments(parser)
        parser.add_argument("--year", metavar="YYYY", help="année (ISO) des semaines du fichier")

    def prepare(self, options: dict):
        """Read the rota; returns what writes it."""
        file = rota.read(options["file"], year=options["year"])
        return lambda: rota.write(file, file_name=file_name(options), apply_differences=options["apply_differences"])
