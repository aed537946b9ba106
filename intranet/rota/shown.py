"""Which places an address of the rota shows, for what is done around it: to tell, to copy, to take away."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from directory import rights, weeks
from directory.models import User
from intranet.rota.filters import RotaFilter
from intranet.rota.span import span_of
from rotas import queries
from rotas.models import Slot
from rotas.queries import CentreRow

LIST = "liste"  # `?vue=liste`: the address is that of the list, whose weeks may have no end
FIRST, LAST = weeks.monday_of(date(2000, 1, 3)), weeks.monday_of(date(2100, 12, 27))
LEFT_OUT = ("page", "tri", "q", "sur", "semaine", "vers")


@dataclass(frozen=True)
class Shown:
    """The weeks from Monday `first` to Monday `last`, the centres, the state asked (empty for all).

    `endless` is a list that asks no last week; `shut` are the (centre id, Monday) closed meanwhile.
    """

    first: date
    last: date
    centres: list[CentreRow]
    every_centre: bool
    shut: set[tuple[int, date]]
    state: str
    endless: bool

    @property
    def ids(self) -> list[int] | None:
        """The ids of the centres; None for all."""
        return None if self.every_centre else [centre.pk for centre in self.centres]

    @property
    def title(self) -> str:
        """The weeks and centres in words."""
        first, last = weeks.label(self.first), weeks.label(self.last)
        span = f"à partir de {first}" if self.endless else f"{first} – {last}"
        if self.every_centre:
            return f"{span}, tous les centres"
        return f"{span}, {', '.join(centre.name for centre in self.centres) or 'aucun centre'}"

    def slots(self) -> QuerySet[Slot]:
        """These places."""
        return slots_between(self.first, self.last, self.ids)


def slots_between(first: date, last: date, centres: list[int] | None) -> QuerySet[Slot]:
    """The places of these weeks, in the centres of these ids (None for all)."""
    slots = Slot.objects.between(first, last)
    return slots if centres is None else slots.filter(centre__in=centres)


def shown_by(user: User, address: QueryDict) -> Shown:
    """What the address of the grid shows; with `vue=liste`, what that of the list does. One query."""
    is_list, span = address.get("vue") == LIST, span_of(address)
    asked = address.copy()
    if is_list:
        asked.setdefault("du", weeks.monday_of(weeks.today()).isoformat())
    days = RotaFilter(asked, Slot.objects.none(), user=user, centres=[]).asked if is_list else {}
    first, last = asked_weeks(days) if is_list else (span.first, span.last)
    centres, shut = queries.centres_and_closures(first, last)
    found = RotaFilter(asked, Slot.objects.none(), user=user, centres=centres)
    kept = found.kept_centres()
    return Shown(
        first, last, kept, len(kept) == len(centres), shut, found.asked.get("etat") or "", is_list and last == LAST
    )


def asked_weeks(asked: dict) -> tuple[date, date]:
    """The first and the last Monday that the list's own fields ask, within what a calendar can add to."""
    first, last = asked.get("du") or FIRST, asked.get("au") or LAST
    return weeks.monday_of(min(max(first, FIRST), LAST)), weeks.monday_of(min(max(last, FIRST), LAST))


def editable(user: User, slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """Those that `user` may change."""
    mine = rights.reach(user, "rota", "E")
    return slots if mine.everywhere else slots.filter(centre__in=mine.centres)


def carried(request: HttpRequest, **more: str) -> str:
    """What the address asks of the rota, for the address of another page about the same places."""
    asked = request.GET.copy()
    for name in LEFT_OUT:
        asked.pop(name, None)
    asked.update({name: value for name, value in more.items() if value})
    return asked.urlencode()


def back_to(request: HttpRequest) -> str:
    """The page of the rota that the address comes from."""
    asked, name = request.GET.copy(), "intranet:rota"
    if asked.get("vue") == LIST:
        asked.pop("vue")
        name = "intranet:rota_list"
    for left in LEFT_OUT:
        asked.pop(left, None)
    return f"{reverse(name)}?{asked.urlencode()}"
