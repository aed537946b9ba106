"""The figures of the home page: what Relais can count it counts itself, the rest is typed with date and source."""

from dataclasses import dataclass

from directory import weeks
from directory.french import plain_day, plural, thousands
from directory.models import Doctor
from rotas import coverage
from website import care


@dataclass(frozen=True)
class Figure:
    """A figure as shown: its digits, what it counts, and what a reader should know of it."""

    value: str
    label: str
    note: str


def for_home(page) -> list[Figure]:
    """Centres, doctors, what editors typed on `page`, weeks missed."""
    day = plain_day(weeks.today())
    opened = care.opened_today().count()
    doctors = Doctor.objects.count()
    return [
        Figure(thousands(opened), plural(opened, "centre ouvert", "centres ouverts"), f"Au {day}."),
        Figure(
            thousands(doctors),
            plural(doctors, "médecin dans le collectif", "médecins dans le collectif"),
            f"Au {day}.",
        ),
        *typed(page),
        missed(),
    ]


def typed(page) -> list[Figure]:
    """The figures that editors typed."""
    return [
        Figure(
            thousands(block.value["value"]),
            block.value["label"],
            f"Au {plain_day(block.value['as_of'])}. Source\u00a0: {block.value['source']}.",
        )
        for block in page.figures
    ]


def missed() -> Figure:
    """Weeks missed since the start; past weeks of which nobody has said anything yet are owned up to."""
    count = coverage.missed_weeks()
    note = "Depuis l’ouverture du premier centre."
    if count.unknown:
        note += f" Semaines passées non renseignées\u00a0: {thousands(count.unknown)}."
    return Figure(thousands(count.weeks), plural(count.weeks, "semaine manquée", "semaines manquées"), note)
