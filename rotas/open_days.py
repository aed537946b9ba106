"""Says which weeks a public holiday shortens: it does not close a centre, it takes a day of its week away."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import holidays

from directory.weeks import WEEK

# Departments with days of their own, as the library names them; the others have the national ones.
OWN_DAYS = {"57": "57", "67": "6AE", "68": "6AE"} | {code: code for code in ("971", "972", "973", "974", "976")}
NATIONAL = ""


@lru_cache(maxsize=1024)
def holidays_of(department: str, year: int) -> dict[date, str]:
    """The public holidays of a department in a year, with their French names; NATIONAL for those of all."""
    found = holidays.France(subdiv=OWN_DAYS.get(department), years=year, language="fr")
    return {day: name.replace("'", "’") for day, name in sorted(found.items())}


@lru_cache(maxsize=16_384)
def holidays_in_week(department: str, monday: date) -> tuple[tuple[date, str], ...]:
    """The holidays of a week of a department, in order."""
    sunday = monday + timedelta(days=6)
    years = {monday.year, sunday.year}
    found = {day: name for year in years for day, name in holidays_of(department, year).items()}
    return tuple((day, found[day]) for day in sorted(found) if monday <= day <= sunday)


@lru_cache(maxsize=16_384)
def days_left(department: str, opening_days: str, monday: date) -> int | None:
    """How many days a centre is open in a week that a holiday shortens; None when none does."""
    shut = {str(day.isoweekday()) for day, _ in holidays_in_week(department, monday)} & set(opening_days)
    return len(opening_days) - len(shut) if shut else None


def names_of_week(monday: date) -> str:
    """The national holidays of a week, from Monday to Saturday; empty for most weeks."""
    return ", ".join(name for day, name in holidays_in_week(NATIONAL, monday) if day != monday + WEEK - WEEK / 7)


def shortened(mondays: Iterable[date], department: str, opening_days: str) -> dict[date, int]:
    """Monday → days left, of the weeks that a holiday shortens for a centre."""
    counts = ((monday, days_left(department, opening_days, monday)) for monday in mondays)
    return {monday: count for monday, count in counts if count is not None}
