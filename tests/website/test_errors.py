"""Error pages: in French, in the look, with a way out; nothing of the machine's insides."""

import logging
import re

import pytest
from django.test import Client

from website import errors

pytestmark = pytest.mark.django_db


def test_an_absent_page_says_where_to_go(client, home):
    response = client.get("/absent/")
    html = response.content.decode()
    assert (response.status_code, "Cette page n’existe pas" in html, 'href="/centres/"' in html) == (404, True, True)
    assert "mailto:contact@relais.example" in html


def test_an_absent_page_costs_little(client, home, django_assert_num_queries):
    with django_assert_num_queries(3):  # the stamp, the site, a redirection
        assert client.get("/fichier-absent.html").status_code == 404


def test_a_failure_gives_a_reference_that_the_log_holds(home, monkeypatch, caplog):
    monkeypatch.setattr("website.figures.for_home", lambda page: 1 / 0)
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.ERROR, logger="relais.errors"):
        response = client.get("/")
    html = response.content.decode()
    reference = re.search(r'class="reference">([0-9A-F]{8})<', html).group(1)
    assert (response.status_code, "ZeroDivision" in html, "Traceback" in html) == (500, False, False)
    assert [reference in record.getMessage() for record in caplog.records if record.name == "relais.errors"] == [True]


def test_an_expired_form_says_so_in_french(home):
    response = Client(enforce_csrf_checks=True).post("/connexion/", {"login": "x"})
    assert (response.status_code, "Ce formulaire a expiré" in response.content.decode()) == (403, True)


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (errors.forbidden, 403, "Cette page ne vous est pas ouverte"),
        (errors.bad_request, 400, "Cette demande n’a pas été comprise"),
    ],
)
def test_other_refusals_are_french_too(rf, view, status, words):
    response = view(rf.get("/"), Exception("interne"))
    html = response.content.decode()
    assert (response.status_code, words in html, "interne" in html) == (status, True, False)
