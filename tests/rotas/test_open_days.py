"""Public holidays shorten weeks: which, where, by how many days."""

from datetime import date

import pytest

from rotas import open_days


@pytest.mark.parametrize(
    ("monday", "department", "opening_days", "left"),
    [
        (date(2026, 4, 6), "23", "123456", 5),  # Easter Monday
        (date(2026, 4, 6), "23", "23456", None),  # closed on Mondays anyway
        (date(2027, 5, 3), "23", "123456", 4),  # Ascension on Thursday, 8 May on Saturday
        (date(2027, 5, 3), "23", "12345", 4),
        (date(2026, 3, 30), "23", "123456", None),
        (date(2026, 3, 30), "67", "123456", 5),  # Good Friday in Alsace
        (date(2026, 3, 30), "57", "123456", 5),  # and in Moselle
        (date(2026, 12, 21), "68", "123456", 4),  # 25 and 26 December
        (date(2026, 4, 27), "976", "123456", 4),  # abolition in Mayotte, then 1 May
        (date(2026, 12, 14), "974", "123456", None),  # abolition in Réunion, a Sunday
        (date(2026, 12, 28), "23", "123456", 5),  # 1 January of the next year
    ],
)
def test_days_that_a_holiday_leaves(monday, department, opening_days, left):
    assert open_days.days_left(department, opening_days, monday) == left


@pytest.mark.parametrize(
    ("monday", "names"),
    [
        (date(2027, 5, 3), "Ascension, Fête de la Victoire"),
        (date(2026, 12, 28), "Jour de l’an"),
        (date(2026, 3, 30), ""),
        (date(2026, 10, 26), ""),  # 1 November is a Sunday
    ],
)
def test_a_column_names_the_national_holidays_but_those_of_a_sunday(monday, names):
    assert open_days.names_of_week(monday) == names


def test_only_shortened_weeks_are_listed():
    mondays = [date(2026, 3, 30), date(2026, 4, 6), date(2026, 4, 13)]
    assert open_days.shortened(mondays, "23", "12345") == {date(2026, 4, 6): 4}
