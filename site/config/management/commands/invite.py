"""`manage.py invite EMAIL --role administration`: how people get in, the first one above all."""

from datetime import date
from smtplib import SMTPException

from django.core.management.base import BaseCommand, CommandError

from config import invitations
from directory.imports.command import database_in_one_line, print_anything
from directory.models.people import Role
from directory.refusals import Refusal


class Command(BaseCommand):
    """Make an account and its role, mail and print the link where its owner chooses a password."""

    help = "Crée un compte et son rôle, puis envoie et affiche le lien pour choisir un mot de passe."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        """No password here: it would stay in the shell's history, and be known to two people."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--role", required=True, metavar="RÔLE", help=", ".join(Role.values))
        parser.add_argument(
            "--centre", action="append", default=[], metavar="SLUG", help="un centre du rôle, répétable"
        )
        parser.add_argument("--until", metavar="2027-12-31", help="dernier jour du rôle\u202f; un an par défaut")
        parser.add_argument("--first-name", default="", metavar="PRÉNOM")
        parser.add_argument("--last-name", default="", metavar="NOM")

    def handle(self, *args, email: str, role: str, **options) -> None:
        """The link alone on the last line; exit 1 with one line when nothing was done."""
        print_anything()
        if role not in Role.values:
            raise CommandError(
                f"le rôle «\u00a0{role}\u00a0» n’existe pas\u00a0: choisissez parmi {', '.join(Role.values)}."
            )
        try:
            with database_in_one_line():
                user, address = invitations.invite(
                    email=email,
                    role=role,
                    centres=options["centre"],
                    until=_day(options["until"]),
                    first_name=options["first_name"],
                    last_name=options["last_name"],
                )
        except Refusal as error:
            raise CommandError(str(error)) from error
        self._tell(user, role, address)

    def _tell(self, user, role: str, address: str) -> None:
        """A mail server that is away stops nothing: whoever typed the command hands the link over."""
        try:
            invitations.mail(user, address)
            mailed = "le lien lui est envoyé, le voici aussi\u00a0:"
        except (OSError, SMTPException) as error:
            mailed = f"le mail n’est pas parti ({type(error).__name__}), donnez-lui ce lien\u00a0:"
        self.stdout.write(f"{user.email} a le rôle «\u00a0{Role(role).label}\u00a0» ; {mailed}")
        self.stdout.write(address)


def _day(text: str | None) -> date | None:
    """The day of `--until`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise CommandError(f"«\u00a0{text}\u00a0» n’est pas une date comme 2027-12-31.") from error
