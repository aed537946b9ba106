"""The carnet as a list: a table on wide screens, cards with numbers to press on phones."""

from datetime import date

import django_tables2 as tables
from django.db.models import F, QuerySet

from directory.models import Centre, Practice


class CarnetTable(tables.Table):
    """Entries with `specialty`, `km`, `near` and `pinned` from `directory.carnet_queries`.

    Its cells are written by the template, once for the table and once for the cards.
    """

    specialty = tables.Column("Spécialité")
    who = tables.Column("Qui, où", order_by="words", accessor="pk")
    km = tables.Column("Distance")
    phone = tables.Column("Téléphone", orderable=False)
    delay = tables.Column("Délai", orderable=False)
    takes_new_patients = tables.Column("Nouveaux")
    confirmed_on = tables.Column("Vérifié")

    def __init__(self, *args, today: date, seen_from: Centre | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.seen_from = today, seen_from

    class Meta:
        order_by_field = "tri"
        template_name = "intranet/carnet/_table.html"

    def order_km(self, queryset: QuerySet[Practice], is_descending: bool) -> tuple[QuerySet[Practice], bool]:
        """Unknown distances last, whichever way."""
        km = F("km").desc(nulls_last=True) if is_descending else F("km").asc(nulls_last=True)
        return queryset.order_by(km, "words", "pk"), True

    def order_confirmed_on(self, queryset: QuerySet[Practice], is_descending: bool) -> tuple[QuerySet[Practice], bool]:
        """The oldest checks first, those never made before them."""
        day = F("confirmed_on")
        return queryset.order_by(day.desc(nulls_last=True) if is_descending else day.asc(nulls_first=True), "pk"), True
