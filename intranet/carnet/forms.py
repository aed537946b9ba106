"""The forms of the carnet: one for each group of fields of an entry, one for a new entry, one for an emergency line."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.http import HttpRequest, QueryDict

from directory import french
from directory.models import Centre, CentreLink, EmergencyLine, Practice, Professional, Structure, User
from directory.models.carnet import MAX_KM, MailboxKind

NOTE_HINT = "280 signes, jamais d’information sur un patient."
HINTS = {
    "secure_mailbox": "Celle du professionnel, en mssante.fr. Relais n’y écrit jamais.",
    "note": NOTE_HINT,
    "delay": "Par exemple : 3 semaines, 48 h si urgent.",
    "direct_line": "Pour les médecins seulement.",
}
YES_NO = [("", "Non renseigné"), ("true", "Oui"), ("false", "Non")]


def check_fields(asked: QueryDict, known: set[str], needed: set[str]) -> None:
    """BadRequest for a request that holds more, or less, than the page's own form."""
    if not needed <= set(asked) or not set(asked) <= known | {"csrfmiddlewaretoken"}:
        raise BadRequest("Cette demande contient autre chose que ce que la page propose : rechargez-la.")


class _Fields(forms.ModelForm):
    """Some columns of a row, phones in French writing, hints where they help."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, hint in HINTS.items():
            if name in self.fields:
                self.fields[name].help_text = hint
        for name in {"phone", "direct_line"} & set(self.fields):
            self.fields[name].widget.attrs["inputmode"] = "tel"
        if "mailbox_kind" in self.fields:
            self.fields["mailbox_kind"].widget.choices = [("", "Non renseigné"), *MailboxKind.choices]
        if "takes_new_patients" in self.fields:
            self.fields["takes_new_patients"].widget.choices = YES_NO

    def clean_phone(self) -> str:
        """`01 23 45 67 89`, or as typed."""
        return french.phone(self.cleaned_data["phone"])

    def clean_direct_line(self) -> str:
        """`01 23 45 67 89`, or as typed."""
        return french.phone(self.cleaned_data["direct_line"])

    def clean_secure_mailbox(self) -> str:
        """In lower case, as mailboxes are compared."""
        return self.cleaned_data["secure_mailbox"].lower()


class DistanceForm(forms.ModelForm):
    """How far an entry is from one of the person's centres."""

    km = forms.DecimalField(
        label="Distance en km",
        required=False,
        localize=True,
        min_value=0,
        max_value=MAX_KM,
        decimal_places=1,
        help_text="Par exemple : 12,5. Laissez vide si elle n’est pas connue.",
    )

    class Meta:
        model = CentreLink
        fields = ("km",)


Owner = Callable[[Practice], models.Model]


@dataclass(frozen=True)
class Group:
    """Fields that are corrected together, of the row that holds them."""

    name: str
    title: str
    owner: Owner
    fields: tuple[str, ...]

    def form(self, practice: Practice, data: QueryDict | None = None) -> forms.ModelForm:
        """Its form on the row of `practice`."""
        row = self.owner(practice)
        kind = forms.modelform_factory(type(row), form=_Fields, fields=self.fields)
        return kind(data, instance=row, auto_id=f"{self.name}-%s")


def groups_of(practice: Practice) -> dict[str, Group]:
    """The groups of an entry: how to reach, how to send somebody there, where, who."""
    person, structure = practice.professional, practice.structure
    if person:
        who = Group("qui", "Qui", lambda one: one.professional, ("category", "specialty", "last_name", "first_name"))
    else:
        who = Group("qui", "Qui", lambda one: one.structure, ("kind", "name"))
    named = ("name",) if person and structure else ()
    where = Group("lieu", "Où", lambda one: one.place, (*named, "address", "postcode", "town"))
    reach = ("phone", "direct_line", "secure_mailbox", "mailbox_kind")
    send = ("delay", "takes_new_patients", "note")
    found = (
        Group("joindre", "Joindre", lambda one: one, reach),
        Group("adresser", "Adresser", lambda one: one, send),
        where,
        who,
    )
    return {group.name: group for group in found}


class NewEntryForm(_Fields):
    """A person, at a structure or on their own, or a structure; as one centre uses it."""

    category = Professional._meta.get_field("category").formfield(required=False)
    specialty = forms.CharField(label="Spécialité, ou type de structure", max_length=80)
    last_name = forms.CharField(label="Nom", max_length=80, required=False, help_text="Vide pour une structure.")
    first_name = forms.CharField(label="Prénom", max_length=80, required=False)
    structure_name = forms.CharField(label="Structure", max_length=120, required=False)
    centre = forms.ModelChoiceField(Centre.objects.none(), label="Pour le centre", empty_label=None)
    km = DistanceForm.base_fields["km"]

    class Meta:
        model = Practice
        fields = (
            *("address", "postcode", "town", "phone", "direct_line", "secure_mailbox", "mailbox_kind"),
            *("delay", "takes_new_patients", "note"),
        )

    field_order = ("centre", "km", "category", "specialty", "last_name", "first_name", "structure_name")

    def __init__(self, *args, user: User, centres, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres
        self.fields["specialty"].widget.attrs["list"] = "specialites"

    def clean(self) -> dict:
        """A name or a structure is needed, and makes the rows of the entry."""
        data = super().clean()
        if not data.get("last_name") and not data.get("structure_name"):
            raise ValidationError("Donnez le nom d’une personne, ou celui d’une structure.")
        self.instance.professional = self._person(data) if data.get("last_name") else None
        self.instance.structure = self._structure(data) if data.get("structure_name") else None
        return data

    def _person(self, data: dict) -> Professional:
        asked = ("specialty", "last_name", "first_name")
        return Professional(
            category=data.get("category") or Professional._meta.get_field("category").default,
            **{name: data.get(name, "") for name in asked},
        )

    def _structure(self, data: dict) -> Structure:
        kind = "" if data.get("last_name") else data.get("specialty", "")
        place = {name: data.get(name, "") for name in ("address", "postcode", "town")}
        return Structure(kind=kind, name=data["structure_name"], **place)

    def entry(self) -> Practice:
        """The entry to create; a structure holds the address of who works there."""
        if self.instance.structure:
            self.instance.address = self.instance.postcode = self.instance.town = ""
        return self.instance


class EmergencyForm(_Fields):
    """One line of a centre's emergency sheet."""

    class Meta:
        model = EmergencyLine
        fields = ("phone", "detail")


def version_of(request: HttpRequest) -> int:
    """The version that the page had read; BadRequest when it is no number."""
    typed = request.POST["version"]
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise BadRequest("La version de la fiche n’est pas un nombre : rechargez la page.")
    return int(typed)
