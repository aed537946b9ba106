"""Which weeks an address asks."""

from datetime import date

import pytest
from django.http import QueryDict

from directory.weeks import WEEK
from intranet.rota.span import span_of

TODAY = date(2026, 11, 21)


def span(query: str):
    return span_of(QueryDict(query), TODAY)


@pytest.mark.parametrize("query", ["", "du=hier", "du=9999-12-31", "du=2026-02-30", "vue=autre"])
def test_thirteen_weeks_from_this_one_unless_the_address_says_better(query):
    assert (span(query).first, span(query).count, span(query).title) == (date(2026, 11, 16), 13, "S47 2026 – S06 2027")


def test_any_day_of_a_week_stands_for_it():
    assert span("du=2026-11-29").first == date(2026, 11, 23)


@pytest.mark.parametrize(("year", "count", "first"), [(2026, 53, date(2025, 12, 29)), (2027, 52, date(2027, 1, 4))])
def test_a_year_has_all_its_iso_weeks(year, count, first):
    found = span(f"vue=annee&annee={year}")
    assert (found.first, found.count, found.title) == (first, count, str(year))


@pytest.mark.parametrize("typed", ["", "an", "1999", "2101", "²"])
def test_a_year_that_no_calendar_holds_is_this_one(typed):
    assert span(f"vue=annee&annee={typed}").year == 2026


def test_one_step_is_a_quarter_or_a_year():
    assert (span("").before(), span("").after()) == ({"du": "2026-08-17"}, {"du": "2027-02-15"})
    assert span("vue=annee").after() == {"vue": "annee", "annee": "2027"}
    assert span("").as_dates() == {"du": "2026-11-16", "au": (date(2026, 11, 16) + 12 * WEEK).isoformat()}
