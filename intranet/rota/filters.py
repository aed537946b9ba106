"""What a person may ask of the rota in the address of a page: the grid and its list answer the same words."""

from collections.abc import Iterable
from datetime import date

import django_filters
from django import forms
from django.db.models import QuerySet

from directory import departments, rights, weeks
from directory.models import User
from rotas.models import Slot
from rotas.queries import CentreRow
from rotas.states import State

DATES = ["%Y-%m-%d", "%d/%m/%Y"]


def _day() -> forms.DateInput:
    """The browser's own date field, which speaks ISO."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RotaFilter(django_filters.FilterSet):
    """Centre, department, state, own centres, and for the list a first and a last week (any day of them)."""

    centre = django_filters.ChoiceFilter(label="Centre", field_name="centre", empty_label="Tous les centres")
    departement = django_filters.ChoiceFilter(label="Département", field_name="centre__department", empty_label="Tous")
    etat = django_filters.ChoiceFilter(
        label="État",
        field_name="state",
        empty_label="Tous",
        choices=[(state.value, state.label.capitalize()) for state in State],
    )
    mes_centres = django_filters.BooleanFilter(
        label="Mes centres seulement", method="own_centres", widget=forms.CheckboxInput
    )
    du = django_filters.DateFilter(label="De la semaine du", method="from_week", input_formats=DATES, widget=_day())
    au = django_filters.DateFilter(label="À la semaine du", method="to_week", input_formats=DATES, widget=_day())

    class Meta:
        model = Slot
        fields: tuple[str, ...] = ()

    def __init__(self, data, queryset: QuerySet[Slot], *, user: User, centres: list[CentreRow]) -> None:
        super().__init__(data, queryset)
        self.centres = centres
        self.mine = frozenset(centre for _, centre in rights.roles_of(user) if centre)
        codes = sorted({centre.department for centre in centres}, key=departments.sort_key)
        self.filters["centre"].extra["choices"] = [(str(c.pk), c.name) for c in centres]
        self.filters["departement"].extra["choices"] = [
            (code, f"{code} – {departments.NAMES.get(code, code)}") for code in codes
        ]
        if not self.mine:
            del self.filters["mes_centres"]

    def own_centres(self, slots: QuerySet[Slot], name: str, value: bool | None) -> QuerySet[Slot]:
        """Only the centres of one's own roles, when asked."""
        return slots.filter(centre__in=self.mine) if value else slots

    def from_week(self, slots: QuerySet[Slot], name: str, value: date) -> QuerySet[Slot]:
        """From the week that holds this day."""
        return slots.filter(monday__gte=weeks.monday_of(value))

    def to_week(self, slots: QuerySet[Slot], name: str, value: date) -> QuerySet[Slot]:
        """Up to the week that holds this day."""
        return slots.filter(monday__lte=value)

    @property
    def asked(self) -> dict:
        """What was asked and could be understood."""
        self.form.is_valid()
        return self.form.cleaned_data

    def kept_centres(self) -> list[CentreRow]:
        """The centres that what was asked leaves, in the same order."""
        asked = self.asked
        return [
            centre
            for centre in self.centres
            if (not asked.get("centre") or str(centre.pk) == asked["centre"])
            and (not asked.get("departement") or centre.department == asked["departement"])
            and (not asked.get("mes_centres") or centre.pk in self.mine)
        ]


def hidden_fields(asked: Iterable[tuple[str, str]], names: set[str]) -> list[tuple[str, str]]:
    """What the address asks beside the form's own fields `names`, for a form to carry along."""
    return [(name, value) for name, value in asked if name not in names and name != "page"]
