"""Weeks from 2020 to 2040, and the engines' own check that a date is a Monday."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from directory import weeks
from tests.factories.directory import CapacityFactory

FIFTY_THREE = [2020, 2026, 2032, 2037]


def test_years_of_53_weeks_from_2020_to_2040():
    assert [year for year in range(2020, 2041) if len(weeks.mondays_of_year(year)) == 53] == FIFTY_THREE


def test_each_day_from_2020_to_2040_is_in_the_week_of_the_standard_library():
    day, wrong = date(2020, 1, 1), []
    while day < date(2041, 1, 1):
        year, number, _ = day.isocalendar()
        monday = weeks.monday_of(day)
        if (weeks.week_of(year, number), weeks.label(monday)) != (monday, f"S{number:02d} {year}"):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2027, 1, 1), "S53 2026"),
        (date(2025, 12, 29), "S01 2026"),
        (date(2027, 1, 4), "S01 2027"),
        (date(2026, 3, 2), "S10 2026"),
    ],
)
def test_a_day_is_named_by_its_iso_year(day, label):
    assert weeks.label(weeks.monday_of(day)) == label


def test_a_year_of_52_weeks_has_no_week_53():
    with pytest.raises(ValueError, match="53"):
        weeks.week_of(2027, 53)


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_paris_date_holds_on_the_nights_when_the_clock_changes(night):
    for hour in range(24):
        at = datetime(night.year, night.month, night.day, hour, 30, tzinfo=ZoneInfo("Europe/Paris"))
        assert weeks.today(at.astimezone(ZoneInfo("UTC"))) == night


def test_mondays_cross_the_53rd_week():
    labels = [weeks.label(day)[:3] for day in weeks.mondays(date(2026, 12, 25), 4)]
    assert labels == ["S52", "S53", "S01", "S02"]


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 3, 3) + timedelta(days=i) for i in range(6)])
def test_the_database_refuses_a_week_that_starts_on_another_day(day, ajain):
    with pytest.raises(IntegrityError):
        CapacityFactory(centre=ajain, since=day)
