"""What a person types to begin an import: which list, which year, which file."""

from django import forms

from directory import weeks
from directory.imports import looking
from directory.imports.kinds import KINDS
from directory.imports.reports import Unreadable, printable
from directory.imports.work import sentence

YEARS = (2000, 2100)
NAME_LENGTH = 120


def _kinds() -> list[tuple[str, str]]:
    """The lists that may be imported, as each storey registered them."""
    return [(kind.name, kind.label) for kind in KINDS.values()]


class UploadForm(forms.Form):
    """A file and what it is."""

    sorte = forms.ChoiceField(label="Que contient le fichier ?", choices=_kinds)
    annee = forms.IntegerField(
        label="Année",
        required=False,
        min_value=YEARS[0],
        max_value=YEARS[1],
        help_text="Pour une rotation : l’année de ses semaines.",
        error_messages={"invalid": "Écrivez une année, par exemple 2026."},
    )
    fichier = forms.FileField(
        label="Fichier",
        help_text="Un tableau .csv ou .xlsx, 10 Mo au plus, sans aucune donnée de patient.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Le fichier est vide."},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["annee"].initial = weeks.today().isocalendar().year

    def clean(self) -> dict:
        """Refuse at once what no import could take."""
        given = super().clean()
        kind = KINDS.get(given.get("sorte", ""))
        if kind and kind.dated and not given.get("annee") and "annee" not in self.errors:
            self.add_error("annee", "Indiquez l’année des semaines du fichier.")
        if kind and not self.errors:
            self._look(given)
        return given

    def _look(self, given: dict) -> None:
        """Read the file far enough to say no; its content and its name as it will be shown are kept."""
        sent = given["fichier"]
        if sent.size > looking.MAX_BYTES:
            self.add_error("fichier", "Fichier trop gros (10 Mo au plus).")
            return
        given["name"] = printable(sent.name)[-NAME_LENGTH:]
        given["content"] = sent.read()
        try:
            looking.look(
                kind=given["sorte"], year=given.get("annee"), file_name=given["name"], content=given["content"]
            )
        except Unreadable as error:
            self.add_error("fichier", sentence(error))
