"""Writes the short text that a coordinator pastes in the doctors' group: names, centres and days, nothing else."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from directory import weeks
from directory.french import DAYS, day_and_month, day_range, plural, week_days
from rotas.models import Assignment, Slot

ASK = "Une de ces semaines vous tente\u202f? Répondez ici, la coordination revient vers vous."


def of_holes(slots: Iterable[Slot], first: date, last: date) -> str:
    """The places to fill by centre, soonest first in each; `first` and `last` are the Mondays looked at."""
    by_centre: dict[str, list[date]] = {}
    for slot in slots:
        by_centre.setdefault(f"{slot.centre} ({slot.centre.department})", []).append(slot.monday)
    span = day_range(first, last + timedelta(days=6))
    if not by_centre:
        return f"Rien à pourvoir {span}. Merci à toutes et à tous\u202f!"
    lines = [f"• {centre}\u00a0: {_weeks_said(mondays)}" for centre, mondays in by_centre.items()]
    return "\n".join([f"À pourvoir {span}\u00a0:", *lines, "", ASK])


def _weeks_said(mondays: list[date]) -> str:
    """`du 30 novembre au 6 décembre, du 14 au 20 décembre (2 places)`: years only where they change."""
    said = []
    for monday, places in groupby(mondays):
        count = len(list(places))
        more = f" ({count} places)" if count > 1 else ""
        said.append(f"{week_days(monday)}{more}")
    return ", ".join(said)


def of_arrivals(rows: Iterable[Assignment], monday: date) -> str:
    """Who comes in the week of `monday`, a line a centre."""
    lines = []
    for centre, mine in groupby(rows, key=lambda row: row.slot.centre):
        lines.append(f"• {centre}\u00a0: {', '.join(map(_person, mine))}")
    week = f"semaine du {day_and_month(monday)} ({weeks.label(monday)})"
    if not lines:
        return f"Aucune arrivée confirmée pour la {week}."
    return "\n".join(
        [f"{plural(len(lines), 'Arrivée', 'Arrivées')} de la {week}\u00a0:", *lines, "", "Bon relais\u202f!"]
    )


def _person(row: Assignment) -> str:
    """`Dr Zoé Roy (du lundi au mercredi)`."""
    facts = []
    if row.first_day != row.slot.monday or row.last_day != row.slot.sunday:
        facts.append(_weekdays(row.first_day, row.last_day))
    if row.stays:
        facts.append("déjà sur place")
    return f"{row.doctor} ({', '.join(facts)})" if facts else str(row.doctor)


def _weekdays(first: date, last: date) -> str:
    """`du lundi au mercredi`, `le lundi`."""
    start, end = DAYS[first.weekday()], DAYS[last.weekday()]
    return f"le {start}" if first == last else f"du {start} au {end}"
