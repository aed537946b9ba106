"""Weeks as the charity counts them: the Monday of an ISO week, shown « S45 2026 » (2026 has 53)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Func

PARIS = ZoneInfo("Europe/Paris")
WEEK = timedelta(days=7)


class IsMonday(Func):
    """True when a date column holds a Monday; plain SQL of each engine, so that any client can check it."""

    output_field = BooleanField()

    def as_sqlite(self, compiler, connection, **extra):
        """SQLite: day 1 of `strftime('%w')`."""
        return super().as_sql(
            compiler,
            connection,
            template="(CAST(strftime('%%%%w', %(expressions)s) AS integer) = 1)",
            **extra,
        )

    def as_postgresql(self, compiler, connection, **extra):
        """PostgreSQL: ISO day of week 1."""
        return super().as_sql(compiler, connection, template="(EXTRACT(ISODOW FROM %(expressions)s) = 1)", **extra)


def today(at: datetime | None = None) -> date:
    """The Paris date of the instant `at` (now by default)."""
    return (at or datetime.now(PARIS)).astimezone(PARIS).date()


def monday_of(day: date) -> date:
    """The Monday of the ISO week that holds `day`."""
    return day - timedelta(days=day.weekday())


def week_of(year: int, number: int) -> date:
    """The Monday of ISO week `number` of ISO `year`; ValueError when that year has no such week."""
    return date.fromisocalendar(year, number, 1)


def label(monday: date) -> str:
    """`S45 2026`, by ISO year: 1 January 2027 is in `S53 2026`."""
    year, number, _ = monday.isocalendar()
    return f"S{number:02d} {year}"


def mondays(first: date, count: int) -> list[date]:
    """`count` Mondays from the week of `first` on."""
    start = monday_of(first)
    return [start + i * WEEK for i in range(count)]


def mondays_between(first: date, last: date) -> Iterator[date]:
    """Each Monday from the week of `first` to the week of `last`, both included."""
    monday, end = monday_of(first), monday_of(last)
    while monday <= end:
        yield monday
        monday += WEEK


def mondays_of_year(year: int) -> list[date]:
    """The 52 or 53 Mondays of ISO `year`."""
    return list(mondays_between(week_of(year, 1), date(year, 12, 28)))
