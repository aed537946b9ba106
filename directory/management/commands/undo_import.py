"""`manage.py undo_import`: takes back an import as a whole, or says what changed since."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, QuerySet
from django.utils import timezone

from directory import book
from directory.imports.command import database_in_one_line, print_anything
from directory.models import ChangeSet
from directory.models.book import Source
from directory.refusals import ChangedSince, Refusal
from directory.weeks import PARIS

KINDS = {
    "import.centres": "centres",
    "import.doctors": "médecins",
    "import.rota": "planning",
    "import.correspondents": "correspondants",
}


class Command(BaseCommand):
    """Undo the last import that still stands, or the one whose number is given (`--list` shows them)."""

    help = "Annule un import : le dernier, ou celui dont on donne le numéro (--list les montre)."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        """An optional number, or the list."""
        parser.add_argument("number", nargs="?", help="numéro de l’import, donné par --list")
        parser.add_argument("--list", action="store_true", help="montre les imports, le dernier en premier")

    def handle(self, *args, number: str | None, **options) -> None:
        """Print what was undone; exit 1 with what changed since, one line each, when it cannot be."""
        print_anything()
        with database_in_one_line():
            lines = _list() if options["list"] else [_undo(_asked(number))]
        for line in lines:
            self.stdout.write(line)


def _undo(change_set: ChangeSet) -> str:
    """What was undone, in words; CommandError when it cannot be."""
    try:
        book.undo(change_set, by=None, reason=f"Annulation de l’import n° {change_set.pk}")
    except ChangedSince as error:
        lines = [f"Import n° {change_set.pk} non annulé, Relais a changé depuis :", *error.drift]
        raise CommandError("\n".join(lines)) from error
    except Refusal as error:
        raise CommandError(str(error)) from error
    return f"Import n° {change_set.pk} annulé : {_what(change_set)}"


def _list() -> list[str]:
    """A line for each import."""
    return [_line(change_set) for change_set in _imports().annotate(size=Count("changes"))]


def _imports() -> QuerySet[ChangeSet]:
    """The imports, last first."""
    return ChangeSet.objects.filter(source=Source.IMPORT).select_related("undone_by").order_by("-pk")


def _asked(number: str | None) -> ChangeSet:
    """The import of this number, or the last one that still stands; CommandError when there is none."""
    if number is None:
        change_set = _imports().filter(undone_by=None).first()
        if change_set is None:
            raise CommandError("il n’y a aucun import à annuler.")
        return change_set
    change_set = (
        _imports().filter(pk=number).first() if number.isascii() and number.isdigit() and len(number) < 19 else None
    )
    if change_set is None:
        raise CommandError(f"l’import n° {number} n’existe pas : voir undo_import --list.")
    return change_set


def _what(change_set: ChangeSet) -> str:
    """Which list, from which file."""
    kind = KINDS.get(change_set.verb, change_set.verb)
    return f"{kind} ({change_set.reason})" if change_set.reason else kind


def _line(change_set: ChangeSet) -> str:
    """An import in the list."""
    when = timezone.localtime(change_set.at, PARIS)
    undone = " ; annulé" if hasattr(change_set, "undone_by") else ""
    return f"n° {change_set.pk} : {_what(change_set)}, {when:%d/%m/%Y %H:%M}, {change_set.size} changements{undone}"
