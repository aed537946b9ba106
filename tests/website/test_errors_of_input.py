"""Requests that make no sense are answered in words, never by a crash."""

import pytest
from django.test import Client

from website.tree import ensure_tree

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded; charset="


@pytest.mark.parametrize("charset", ["utf-7", "iso-8859-1"])
@pytest.mark.parametrize("address", ["/", "/connexion/", "/deconnexion/"])
def test_a_body_in_a_forbidden_alphabet_is_a_bad_request(address, charset):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["relais_csrf"] = "a" * 32
    assert client.post(address, b"a=+AGE-", content_type=FORM + charset).status_code == 400


def test_a_picture_of_an_endless_name_is_not_there(client):
    assert client.get(f"/media/images/{'a' * 300}").status_code == 404


@pytest.mark.parametrize("where", ["http://[", "http://%5B::1", "//evil.example", "javascript:alert(1)"])
def test_a_sign_in_that_leads_nowhere_is_still_a_sign_in(client, where):
    assert client.get("/connexion/", {"next": where}).status_code == 200


@pytest.mark.parametrize("asked", ["W/{0}", '"x", {0}', "*", "{0}"])
def test_a_kept_page_is_not_sent_again_to_who_holds_it(client, asked):
    etag = client.get("/actualites/").headers["ETag"]
    assert client.get("/actualites/", headers={"If-None-Match": asked.format(etag)}).status_code == 304


def test_the_sitemap_names_the_site_as_its_settings_do(client, settings):
    settings.BASE_URL = "https://relais.test"
    settings.ALLOWED_HOSTS = ["relais.test"]
    ensure_tree()
    body = client.get("/sitemap.xml", headers={"Host": "relais.test"}).content.decode()
    assert ("https://relais.test/centres/" in body, "localhost" in body) == (True, False)


@pytest.mark.parametrize("address", ["/cms/", "/cms/images/", "/cms/logout/"])
def test_who_is_no_editor_is_refused_rather_than_sent_round(client, member, address):
    client.force_login(member("finance"))
    assert client.get(address).status_code == 403


def test_a_demo_session_does_not_outlive_the_demo(client, member, settings):
    client.force_login(member("logistics", email="centrale@relais.example"))
    assert client.get("/intranet/").status_code == 200
    settings.DEMO = False
    assert client.get("/intranet/").status_code == 302
