"""French writing, by examples taken from real calendars."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from directory import french


def test_a_day_is_written_in_full():
    assert french.day(date(2026, 3, 2)) == "lundi 2 mars 2026"


def test_the_first_of_a_month_is_1er():
    assert french.day(date(2026, 8, 1)) == "samedi 1er août 2026"


def test_an_instant_is_written_by_its_paris_date():
    assert french.plain_day(datetime(2026, 7, 31, 22, 30, tzinfo=UTC)) == "1er août 2026"


def test_a_short_day_has_two_digits_everywhere():
    assert french.short_day(date(2026, 3, 2)) == "02/03/2026"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 3, 16), date(2026, 3, 22), "du 16 au 22 mars 2026"),
        (date(2026, 6, 1), date(2026, 6, 7), "du 1er au 7 juin 2026"),
        (date(2026, 3, 30), date(2026, 4, 5), "du 30 mars au 5 avril 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "du 28 décembre 2026 au 3 janvier 2027"),
        (date(2026, 12, 25), date(2026, 12, 25), "le 25 décembre 2026"),
    ],
)
def test_a_range_says_month_and_year_once(first, last, written):
    assert french.day_range(first, last) == written


@pytest.mark.parametrize(
    ("digits", "written"),
    [
        ("123456", "du lundi au samedi"),
        ("124", "lundi, mardi et jeudi"),
        ("12", "lundi et mardi"),
        ("3", "mercredi"),
        ("", ""),
    ],
)
def test_opening_days_in_a_row_are_said_by_their_bounds(digits, written):
    assert french.opening_days(digits) == written


@pytest.mark.parametrize(
    ("digits", "written"),
    [("123456", "lun.–sam."), ("124", "lun., mar., jeu."), ("12", "lun., mar."), ("", "")],
)
def test_opening_days_where_room_is_short(digits, written):
    assert french.opening_days_in_short(digits) == written


@pytest.mark.parametrize(
    "typed", ["0123456789", "01.23.45.67.89", "01 23 45 67 89", "+33 1 23 45 67 89", "0033123456789"]
)
def test_a_french_phone_is_written_by_pairs(typed):
    assert french.phone(typed) == "01 23 45 67 89"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0639980012", "06 39 98 00 12"),
        ("+32 2 123 45 67", "+32 2 123 45 67"),
        ("voir mairie", "voir mairie"),
        ("", ""),
    ],
)
def test_other_phones_stay_readable(typed, written):
    assert french.phone(typed) == written


def test_a_phone_link_is_international_and_empty_without_a_number():
    assert french.phone_link("01 23 45 67 89") == "tel:+33-1-23-45-67-89"
    assert french.phone_link("voir mairie") == ""


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (950, "950"), (74000, "74\u202f000"), (-1234567, "-1\u202f234\u202f567")]
)
def test_thousands_are_parted_by_a_narrow_no_break_space(value, written):
    assert french.thousands(value) == written


def test_templates_write_french():
    source = "{% load french %}{{ d|french_day }}|{{ d|plain_day }}|{{ d|short_day }}|{{ d|day_range:e }}"
    written = Template(source).render(Context({"d": date(2026, 3, 2), "e": date(2026, 3, 8)}))
    assert written == "lundi 2 mars 2026|2 mars 2026|02/03/2026|du 2 au 8 mars 2026"


@pytest.mark.parametrize(("count", "written"), [(0, "0 place"), (1, "1 place"), (2, "2 places"), (74, "74 places")])
def test_nothing_and_one_are_singular(count, written):
    template = Template("{% load french %}{{ count }} place{{ count|plural }}")
    assert (template.render(Context({"count": count})), french.plural(count, "place", "places")) == (
        written,
        written.split(" ")[1],
    )


def test_templates_write_phones_figures_and_missing_dates():
    source = "{% load french %}{{ p|phone }}|{{ p|phone_link }}|{{ n|thousands }}|{{ d|short_day }}"
    written = Template(source).render(Context({"p": "0123456789", "n": 74000, "d": None}))
    assert written == "01 23 45 67 89|tel:+33-1-23-45-67-89|74\u202f000|"
