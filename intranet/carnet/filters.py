"""What a person may ask of the carnet in the address of its page: words, and pills that narrow them."""

import django_filters
from django import forms
from django.db.models import QuerySet

from directory import carnet_queries, rights, weeks
from directory.models import Centre, Practice, User
from directory.models.carnet import Category

STRUCTURES = "structure"
CATEGORIES = [*Category.choices, (STRUCTURES, "Structure")]
# address → words of the pill
PILLS = {
    "mes_centres": "Mes centres",
    "epingles": "Épinglés",
    "nouveaux": "Prend de nouveaux patients",
    "a_verifier": "À vérifier",
    "archives": "Archivés",
}


def _switch(method: str) -> django_filters.BooleanFilter:
    """A pill: on or not there."""
    return django_filters.BooleanFilter(method=method, widget=forms.CheckboxInput)


class CarnetFilter(django_filters.FilterSet):
    """Words, centre, category, specialty and the pills; archived entries show only when they are asked for."""

    q = django_filters.CharFilter(method="with_words")
    centre = django_filters.ChoiceFilter(label="Centre", method="of_centre", empty_label="Tous les centres")
    categorie = django_filters.ChoiceFilter(
        label="Catégorie", method="of_category", empty_label="Toutes", choices=CATEGORIES
    )
    specialite = django_filters.ChoiceFilter(label="Spécialité ou type", field_name="specialty", empty_label="Toutes")
    mes_centres = _switch("own_centres")
    epingles = _switch("kept_on_top")
    nouveaux = _switch("with_room")
    a_verifier = _switch("to_check")
    archives = _switch("put_away")

    class Meta:
        model = Practice
        fields: tuple[str, ...] = ()

    def __init__(self, data, queryset: QuerySet[Practice], *, user: User, centres: list[Centre]) -> None:
        super().__init__(data, queryset)
        self.mine = [centre for centre in centres if centre.pk in {pk for _, pk in rights.roles_of(user)}]
        self.centres = centres
        self.filters["centre"].extra["choices"] = [(str(centre.pk), centre.name) for centre in centres]
        self.filters["specialite"].extra["choices"] = [(name, name) for name in carnet_queries.specialties()]
        if not self.mine:
            del self.filters["mes_centres"]

    @property
    def asked(self) -> dict:
        """What was asked and could be understood."""
        self.form.is_valid()
        return self.form.cleaned_data

    @property
    def seen_from(self) -> Centre | None:
        """The centre whose distances and emergency sheet are shown: the one asked, else one's own."""
        asked = self.asked.get("centre")
        chosen = next((centre for centre in self.centres if str(centre.pk) == asked), None)
        return chosen or next(iter(self.mine), None)

    def filter_queryset(self, queryset: QuerySet[Practice]) -> QuerySet[Practice]:
        """Without those put away, unless they are asked for."""
        found = super().filter_queryset(carnet_queries.seen_from(queryset, self.seen_from))
        return found if self.asked.get("archives") else found.filter(archived_on=None)

    def with_words(self, practices: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        """Each word, in any order."""
        return carnet_queries.found(practices, value)

    def of_centre(self, practices: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        """The entries that this centre uses."""
        return practices.filter(links__centre=value)

    def of_category(self, practices: QuerySet[Practice], name: str, value: str) -> QuerySet[Practice]:
        """A kind of person, or the structures."""
        return (
            practices.filter(professional=None)
            if value == STRUCTURES
            else practices.filter(professional__category=value)
        )

    def own_centres(self, practices: QuerySet[Practice], name: str, value: bool | None) -> QuerySet[Practice]:
        """Those of one's own centres, each once."""
        return practices.filter(pk__in=_of_centres(self.mine)) if value else practices

    def kept_on_top(self, practices: QuerySet[Practice], name: str, value: bool | None) -> QuerySet[Practice]:
        """Those that the centre pinned."""
        return practices.filter(pinned=True) if value else practices

    def with_room(self, practices: QuerySet[Practice], name: str, value: bool | None) -> QuerySet[Practice]:
        """Those who take new patients."""
        return practices.filter(takes_new_patients=True) if value else practices

    def to_check(self, practices: QuerySet[Practice], name: str, value: bool | None) -> QuerySet[Practice]:
        """Those that nobody has confirmed for half a year."""
        return practices.to_check(weeks.today()) if value else practices

    def put_away(self, practices: QuerySet[Practice], name: str, value: bool | None) -> QuerySet[Practice]:
        """The archived ones only."""
        return practices.exclude(archived_on=None) if value else practices


def _of_centres(centres: list[Centre]) -> QuerySet:
    """The ids of the entries that these centres use."""
    return Practice.objects.filter(links__centre__in=[centre.pk for centre in centres]).values("pk")


def pills(found: CarnetFilter, asked, *, archives: bool) -> list[dict]:
    """Each pill with the address that turns it on or off; `asked` is the query of the page."""
    shown = []
    for name, label in PILLS.items():
        if name not in found.filters or (name == "archives" and not archives):
            continue
        query = asked.copy()
        query.pop("page", None)
        on = bool(found.asked.get(name))
        if on:
            query.pop(name)
        else:
            query[name] = "on"
        shown.append({"label": label, "on": on, "url": f"?{query.urlencode()}"})
    return shown
