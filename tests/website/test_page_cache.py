"""Visitors' pages kept whole: fresh at once when something moves, never another person's, one query a hit."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.core.cache import caches
from django.db import OperationalError, connection

from directory import public, weeks
from tests.factories.directory import CentreFactory
from tests.factories.website import make_news
from website import page_cache

pytestmark = pytest.mark.django_db
SELECT_ONLY = 1


def kept() -> int:
    return len(caches["pages"]._cache)


def test_a_hit_costs_one_query_and_is_the_same_page(client, home, django_assert_num_queries):
    first = client.get("/")
    with django_assert_num_queries(SELECT_ONLY):
        again = client.get("/")
    assert (again.status_code, again.content, dict(again.items())) == (200, first.content, dict(first.items()))


def test_a_bump_makes_the_page_new(client, home):
    client.get("/centres/")
    CentreFactory(name="Ajain")
    assert b"Ajain" not in client.get("/centres/").content
    public.bump()
    assert b"Ajain" in client.get("/centres/").content


def test_a_bump_while_a_page_is_built_is_not_lost(client, home):
    client.get("/")
    public.bump()
    built = page_cache.may_be_kept

    def bump_meanwhile(request, response):
        with patch.object(connection, "execute_wrappers", []):  # somebody else writes, not this read
            public.bump()
        return built(request, response)

    with patch.object(page_cache, "may_be_kept", bump_meanwhile):
        client.get("/")
    CentreFactory()
    assert b'<dd class="figure">1</dd>' in client.get("/").content


def test_midnight_in_paris_makes_the_page_new(client, home):
    midnight = weeks.today() + timedelta(days=1)
    client.get("/")
    with time_machine.travel(midnight.isoformat() + "T12:00:00+00:00"):
        client.get("/")
    assert kept() == 2


def test_a_browser_that_holds_the_page_gets_304(client, home):
    tag = client.get("/")["ETag"]
    answer = client.get("/", headers={"if-none-match": tag})
    assert (answer.status_code, answer.content, answer["ETag"], answer["Cache-Control"]) == (304, b"", tag, "no-cache")


def test_head_is_answered_without_a_body_and_keeps_nothing(client, home):
    assert (client.head("/").content, kept()) == (b"", 0)
    length = client.get("/")["Content-Length"]
    assert (client.head("/").content, client.head("/")["Content-Length"]) == (b"", length)


@pytest.mark.parametrize(
    "address", ["/?x=1", "/?page=1&x=2", "/?page=abc", "/absent/", "/cms/", "/connexion/", "/centres", "/media/absent"]
)
def test_only_known_public_addresses_are_kept(client, home, address):
    client.get(address)
    assert kept() == 0


def test_a_page_number_is_kept_apart(client, home):
    for number in range(13):
        make_news(number)
    pages = [client.get(f"/actualites/{query}").content for query in ("", "?page=1", "?page=2")]
    assert (kept(), pages[0] == pages[1], pages[1] == pages[2]) == (3, True, False)


def test_people_with_a_session_are_never_served_from_memory_nor_kept(signed_in, client, home):
    member = signed_in("communication")
    member.get("/")
    assert kept() == 0
    client.get("/centres/")
    assert "ETag" not in member.get("/centres/")


def test_hosts_and_schemes_have_pages_of_their_own(client, home):
    client.get("/")
    client.get("/", headers={"host": "localhost"})
    client.get("/", secure=True)
    assert kept() == 3


def test_a_post_goes_through(client, home):
    client.get("/")
    assert client.post("/").status_code == 200
    assert kept() == 1


def test_without_the_database_a_kept_page_is_still_served(client, home):
    page = client.get("/").content
    with patch.object(connection, "cursor", side_effect=OperationalError("away")):
        assert client.get("/").content == page


def test_a_page_with_a_cookie_or_for_some_people_only_is_not_kept(rf, home):
    request = rf.get("/")
    request.resolver_match = type("Match", (), {"view_name": "wagtail_serve"})
    plain = {"content": b"x", "content_type": "text/html; charset=utf-8"}
    answers = [page_cache.HttpResponse(**plain) for _ in range(4)]
    answers[1].set_cookie("a", "b")
    answers[2]["Vary"] = "Cookie"
    answers[3]["Cache-Control"] = "no-store"
    assert [page_cache.may_be_kept(request, answer) for answer in answers] == [True, False, False, False]


@pytest.mark.parametrize("address", ["/%00", "/l%20été/", "/ajain%0A/", f"/{'a' * 290}/"])
def test_an_address_that_no_cache_takes_for_a_key_is_not_found_and_nothing_more(client, home, address):
    assert (client.get(address).status_code, kept()) == (404, 0)
