"""`manage.py import_centres FILE`: the charity's list of centres."""

from directory.imports import centres
from directory.imports.command import ListCommand


class Command(ListCommand):
    """Create and complete the centres of a list."""

    help = "Importe la liste des centres (.csv ou .xlsx)."
    kind = centres
