"""`manage.py import_correspondents FILE`: the carnet of each centre, a sheet a centre."""

from directory.imports import correspondents
from directory.imports.command import ListCommand


class Command(ListCommand):
    """Create and complete the entries of the carnet."""

    help = "Importe les correspondants, une feuille par centre (.xlsx ou .csv)."
    kind = correspondents
