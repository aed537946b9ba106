"""Which weeks a page of the grid shows, from its address: a quarter from a date, or a whole ISO year."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from directory import weeks

QUARTER = 13
FIRST_YEAR, LAST_YEAR = 2020, 2100
YEAR_VIEW = "annee"


@dataclass(frozen=True)
class Span:
    """The weeks shown; `year` is the ISO year of a year view, None for a quarter."""

    first: date
    count: int
    year: int | None = None

    @property
    def mondays(self) -> list[date]:
        """Each Monday shown."""
        return weeks.mondays(self.first, self.count)

    @property
    def last(self) -> date:
        """The last Monday shown."""
        return self.first + (self.count - 1) * weeks.WEEK

    @property
    def title(self) -> str:
        """`S48 2026 – S08 2027`, or the year."""
        return str(self.year) if self.year else f"{weeks.label(self.first)} – {weeks.label(self.last)}"

    @property
    def iso_year(self) -> int:
        """The ISO year of the first week."""
        return self.first.isocalendar().year

    def as_dates(self) -> dict[str, str]:
        """The same weeks for the list, which asks a first and a last one."""
        return {"du": self.first.isoformat(), "au": self.last.isoformat()}

    def before(self) -> dict[str, str]:
        """What the address of the span before this one asks."""
        return self._moved(-1)

    def after(self) -> dict[str, str]:
        """What the address of the span after this one asks."""
        return self._moved(1)

    def _moved(self, steps: int) -> dict[str, str]:
        if self.year:
            return {"vue": YEAR_VIEW, "annee": str(self.year + steps)}
        return {"du": (self.first + steps * QUARTER * weeks.WEEK).isoformat()}


def span_of(asked: QueryDict, today: date | None = None) -> Span:
    """The span that an address asks; what it cannot say (`?du=hier`, year 9999) falls back to this week."""
    today = today or weeks.today()
    if asked.get("vue") == YEAR_VIEW:
        year = _year(asked.get("annee", ""), today.isocalendar().year)
        mondays = weeks.mondays_of_year(year)
        return Span(mondays[0], len(mondays), year)
    return Span(weeks.monday_of(_day(asked.get("du", ""), today)), QUARTER)


def _year(typed: str, default: int) -> int:
    """A year that a calendar can hold."""
    return int(typed) if typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed) <= LAST_YEAR else default


def _day(typed: str, default: date) -> date:
    """An ISO date of a plausible year."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return default
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else default
