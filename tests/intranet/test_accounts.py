"""Signing in and out: in French, in Relais' look, without telling who has an account."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.factories.directory import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/connexion/"


@pytest.fixture(autouse=True)
def _no_attempt_counted_yet():
    cache.clear()


def sign_in(client, email, password=PASSWORD, **fields):
    return client.post(SIGN_IN, {"login": email, "password": password, **fields})


def read(response):
    """The words of a page, without what differs at each display."""
    return re.sub(r'[ \n]+|value="[^"]*"', " ", response.content.decode())


@pytest.mark.parametrize("typed", ["claire@example.org", "CLAIRE@Example.org", " claire@example.org "])
def test_the_right_password_opens_the_intranet(typed, client, member):
    member("logistics", email="claire@example.org")
    assert sign_in(client, typed).url == "/intranet/"
    assert client.get("/intranet/").status_code == 200


def test_one_comes_back_to_the_page_asked(client, member):
    user = member("logistics")
    asked = client.get("/intranet/rotation/?vue=annee").url
    assert asked == "/connexion/?next=%2Fintranet%2Frotation%2F%3Fvue%3Dannee"
    assert 'name="next" value="/intranet/rotation/?vue=annee"' in client.get(asked).content.decode()
    assert sign_in(client, user.email, next="/intranet/rotation/?vue=annee").url == "/intranet/rotation/?vue=annee"


@pytest.mark.parametrize(
    "next_url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", r"\\evil.example"]
)
def test_nobody_is_sent_elsewhere(next_url, client, member):
    assert sign_in(client, member("logistics").email, next=next_url).url == "/intranet/"


def test_an_unknown_address_and_a_wrong_password_get_the_same_words(member):
    known, unknown = member("logistics").email, "personne@example.net"
    answers = [sign_in(Client(), email, "mauvais mot de passe") for email in (known, unknown)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert read(answers[0]) == read(answers[1])
    assert "Erreur\u00a0: Connexion" in read(answers[0])


def test_a_closed_account_does_not_open(client):
    sign_in(client, UserFactory(is_active=False).email)
    assert client.get("/intranet/").status_code == 302


def test_a_demo_account_is_refused_outside_demo_mode(client, member, settings):
    user = member("logistics", email="centrale@relais.example")
    settings.DEMO = False
    assert sign_in(client, user.email).status_code == 200
    settings.DEMO = True
    assert sign_in(client, user.email).status_code == 302


def test_after_too_many_tries_the_page_rests(client, member):
    email = member("logistics").email
    answers = [sign_in(Client(REMOTE_ADDR="192.0.2.7"), f"{i}{email}", "faux") for i in range(31)]
    assert (answers[-1].status_code, answers[-1].headers["Retry-After"]) == (429, "300")
    assert "Réessayez dans 5 minutes" in answers[-1].content.decode()


def test_one_account_is_guarded_whatever_the_address_it_is_tried_from(member):
    email = member("logistics").email
    for i in range(6):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{i}"), email, "faux")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.99"), email).status_code == 200


def test_signing_out_ends_the_session_and_empties_the_browser(central):
    assert central.get("/deconnexion/").status_code == 405
    answer = central.post("/deconnexion/")
    assert (answer.status_code, answer.url) == (302, "/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert central.get("/intranet/").status_code == 302


def test_signing_out_leaves_a_visitor_without_a_message_cookie(central):
    assert sorted(name for name, cookie in central.post("/deconnexion/").cookies.items() if cookie.value) == []


def test_nobody_signs_up(client):
    assert [client.get("/inscription/").status_code, client.post("/inscription/").status_code] == [404, 404]


def test_a_lost_password_is_chosen_again_by_mail(client, member):
    user = member("logistics")
    client.post("/mot-de-passe/oublie/", {"email": user.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    assert mail.outbox[0].subject == "Relais\u00a0: Choisir un autre mot de passe"
    form = client.get(link, follow=True).request["PATH_INFO"]
    new = "un-relais-tous-les-lundis"
    assert client.post(form, {"password1": new, "password2": new}).url == "/mot-de-passe/choisi/"
    assert sign_in(Client(), user.email, new).url == "/intranet/"


def test_a_lost_password_page_does_not_tell_who_has_an_account(client, member):
    answers = [
        client.post("/mot-de-passe/oublie/", {"email": email}, follow=True)
        for email in (member("logistics").email, "personne@example.net")
    ]
    assert read(answers[0]) == read(answers[1])
    assert len(mail.outbox) == 1


def test_a_link_that_was_used_says_so(client):
    page = client.get("/mot-de-passe/choisir/1-abc-def/").content.decode()
    assert "Ce lien ne sert plus" in page


def test_one_changes_one_s_password(central):
    new = "un-relais-tous-les-lundis"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert central.get("/mot-de-passe/changer/").status_code == 200
    assert central.post("/mot-de-passe/changer/", fields).status_code == 302


@pytest.mark.parametrize("address", ["/mot-de-passe/changer/", "/compte/verification/"])
def test_pages_about_oneself_ask_to_sign_in(address, client):
    assert client.get(address).url.startswith("/connexion/?next=")
