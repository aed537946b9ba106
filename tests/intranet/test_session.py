"""How a page whose session ended learns whose session it is in now."""

import json

import pytest

pytestmark = pytest.mark.django_db
SESSION = "/intranet/session/"
HTMX = {"HX-Request": "true"}


def test_a_page_is_told_who_is_signed_in_and_a_token_that_works(member, signed_in, django_assert_num_queries):
    user = member("logistics")
    client = signed_in(user)
    client.handler.enforce_csrf_checks = True
    with django_assert_num_queries(2):
        answer = client.get(SESSION, headers=HTMX)
    told = json.loads(answer.headers["HX-Trigger"])["relais:session"]
    assert told["user"] == user.pk
    refused = client.post("/intranet/rotation/defaire/", headers=HTMX)
    accepted = client.post("/intranet/rotation/defaire/", headers={**HTMX, "X-CSRFToken": told["csrf"]})
    assert (refused.status_code, accepted.status_code) == (403, 422)


def test_a_visitor_of_the_address_goes_home(central):
    assert central.get(SESSION).headers["Location"] == "/intranet/"


def test_a_lost_session_is_said_as_401_and_moves_no_page(client):
    answer = client.get(SESSION, headers=HTMX)
    assert (answer.status_code, "HX-Redirect" in answer.headers) == (401, False)


def test_each_page_carries_what_the_sign_in_over_it_needs(central):
    page = central.get("/intranet/").content.decode()
    assert page.count('data-login="/connexion/" data-session="/intranet/session/"') == 1
    assert page.count('<template id="session-ended">') == 1
