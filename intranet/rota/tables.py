"""The list twin of the grid: one line a place and week, sortable, cards on a phone."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directory import weeks
from directory.french import day_range
from directory.models import User
from intranet.rota import cells
from rotas.models import Slot
from rotas.permissions import can_see_names
from rotas.states import State


class SlotTable(tables.Table):
    """Places with their state; `holders` and `state` come from `rotas.queries`."""

    week = tables.Column("Semaine", accessor="monday", order_by=("monday",))
    centre = tables.Column("Centre", accessor="centre__name")
    department = tables.Column("Département", accessor="centre__department")
    place = tables.Column("Place")
    state = tables.Column("État")
    doctor = tables.Column("Médecin", accessor="pk", orderable=False)
    page = tables.Column("Détail", accessor="pk", orderable=False)

    class Meta:
        attrs = {"class": "list"}
        order_by_field = "tri"
        empty_text = "Aucune semaine ne répond à cette demande. Élargissez les dates ou retirez un filtre."

    def render_week(self, value) -> SafeString:
        """`S48 2026` and its days."""
        sunday = value + weeks.WEEK - weeks.WEEK / 7
        return format_html("<b>{}</b> <small>{}</small>", weeks.label(value), day_range(value, sunday))

    def render_centre(self, value: str, record: Slot) -> SafeString:
        """The centre; a phone's card, which has no room for the place's own cell, says it here."""
        place = format_html('<span class="narrow">, place {}</span>', record.place) if record.place > 1 else ""
        return format_html("{}{}", value, place)

    def render_state(self, value: str) -> SafeString:
        """Sign, word and colour."""
        state = State(value)
        return format_html('<span class="state {}">{} {}</span>', cells.CSS[state], cells.SIGNS[state], state.label)

    def render_doctor(self, record: Slot) -> SafeString | str:
        """Who holds the place, in full, with the note."""
        return (
            format_html_join(
                ", ",
                "{}{}",
                ((holder.doctor, f" ({holder.note})" if holder.note else "") for holder in record.holders),
            )
            or "—"
        )

    def render_page(self, record: Slot) -> SafeString:
        """The way to the place's page, named for those who hear links out of their line."""
        return format_html(
            '<a href="{}">Ouvrir<span class="visually-hidden"> {}</span></a>',
            reverse("intranet:slot", args=[record.pk]),
            record,
        )


def table_for(user: User, slots) -> SlotTable:
    """The table that `user` may read: without names or links for those who see coverage only."""
    return SlotTable(slots, exclude=() if can_see_names(user) else ("doctor", "page"))
