"""`manage.py import_doctors FILE`: the charity's list of doctors."""

from directory.imports import doctors
from directory.imports.command import ListCommand


class Command(ListCommand):
    """Create and complete the doctors of a list."""

    help = "Importe la liste des médecins (.csv ou .xlsx)."
    kind = doctors
