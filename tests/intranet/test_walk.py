"""Walks every address of the project: as a stranger, in each role, with another centre's rows, GET and POST."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import resolve

from directory import rights, weeks
from directory.models.people import Role
from tests.factories.carnet import CentreLinkFactory
from tests.factories.directory import CentreFactory, ImportRunFactory, MembershipFactory, UserFactory
from tests.factories.rotas import SlotFactory
from tests.intranet.addresses import every_pattern

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}

# Each address that answers without a sign-in. A new one is added here only after a second look.
OPEN = {
    "connexion/",
    "deconnexion/",
    "inscription/",
    "compte/inactif/",
    "mot-de-passe/oublie/",
    "mot-de-passe/oublie/envoye/",
    "mot-de-passe/choisi/",
    "^mot-de-passe/choisir/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "healthz",
    "documents/^(\\d+)/(.*)$",
    "documents/authenticate_with_password/<int:restriction_id>/",
    "robots.txt",
    "favicon.ico",
    "sitemap.xml",
    "actualites/flux.xml",
    "media/<path:path>",
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
    "_util/login/",
    "^_util/login/",
    "^((?:[\\w\\-]+/)*)$",
    "^cms/(?:users|groups|api-tokens|password_reset|failwhale|test404)/",
    "^cms/login/$",
    "cms/jsi18n/",
    "cms/sprite/",
}
# Asks to sign in, and is about nobody but who is signed in.
OWN = {"compte/verification/", "mot-de-passe/changer/"}


def routes(prefix: str, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """Route → path of the addresses under `prefix`."""
    return {
        route: path
        for route, path, _ in every_pattern()
        if route.startswith(prefix) and not route.startswith(but or "\0")
    }


def test_each_address_outside_the_intranet_and_the_editors_was_reviewed():
    assert set(routes("", but=("intranet/", "cms/"))) == {r for r in OPEN if not r.startswith("cms/")} | OWN


def test_the_paths_of_the_walk_lead_where_they_say():
    astray = [
        (path, route)
        for route, path, pattern in every_pattern()
        if route.startswith(("intranet/", "compte/", "mot-de-passe/")) and resolve(path).func != pattern.callback
    ]
    assert astray == []


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("path", sorted([*routes("intranet/").values(), *(f"/{route}" for route in OWN)]))
def test_strangers_are_sent_to_sign_in(path, method, client):
    answer = getattr(client, method)(path)
    assert (answer.status_code, answer.headers.get("Location", "").partition("?")[0]) == (302, "/connexion/")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", sorted(routes("intranet/").values()))
def test_a_stranger_s_fragment_answers_401_and_leaves_the_page_where_it_is(path, client):
    answer = client.get(path, headers={**HTMX, "HX-Current-URL": "http://testserver/intranet/rotation/?du=2026-11-23"})
    assert (answer.status_code, answer.headers.get("HX-Redirect"), answer.content.decode()) == (
        401,
        None,
        "<p>Votre session est finie\u00a0: connectez-vous à nouveau.</p>",
    )


def test_editors_addresses_ask_strangers_to_sign_in(client):
    answers = {route: client.get(path) for route, path in routes("cms/").items()}
    asked = ("/connexion/", "/cms/login/")
    let_in = {
        route
        for route, answer in answers.items()
        if answer.status_code != 404 and not answer.headers.get("Location", "").startswith(asked)
    }
    assert let_in == {route for route in OPEN if route.startswith("cms/")}


def test_each_view_of_the_intranet_declares_a_right_of_the_matrix():
    things = {
        route: getattr(pattern.callback, "asked", None)
        for route, _, pattern in every_pattern()
        if route.startswith("intranet/")
    }
    assert [route for route, asked in things.items() if asked is None or asked.thing not in rights.matrix()] == []


# Address → row and letter asked of GET and of POST (None: the method does not exist there).
ASKED = {
    "intranet/": ("staff_home", "V", None),
    "intranet/rotation/": ("coverage", "L", None),
    "intranet/rotation/liste/": ("coverage", "L", None),
    "intranet/rotation/prevenir/": ("rota", "E", "E"),
    "intranet/rotation/prevenir/<int:gesture>/": ("rota", "E", "E"),
    "intranet/rotation/message/": ("rota", "L", None),
    "intranet/rotation/export.xlsx": ("coverage", None, "L"),
    "intranet/rotation/<int:slot>/": ("rota", "V", "E"),
    "intranet/rotation/<int:slot>/histoire/": ("rota", "V", None),
    "intranet/rotation/remplir/": ("rota", None, "E"),
    "intranet/rotation/defaire/": ("rota", None, "E"),
    "intranet/rotation/refaire/": ("rota", None, "E"),
    "intranet/gestes/<int:gesture>/annuler/": ("rota", None, "E"),
    "intranet/a-faire/<int:task>/": ("rota", None, "E"),
    "intranet/session/": ("staff_home", "V", None),
    "intranet/imports/": ("import", "L", "C"),
    "intranet/imports/<int:run>/": ("import", "V", "C"),
    "intranet/carnet/": ("carnet", "L", None),
    "intranet/carnet/nouvelle-fiche/": ("carnet", "C", "C"),
    "intranet/carnet/urgences/<int:centre>/": ("carnet", "E", "E"),
    "intranet/carnet/gestes/<int:gesture>/annuler/": ("carnet", None, "E"),
    "intranet/carnet/<int:practice>/": ("carnet", "V", "E"),
    "intranet/carnet/<int:practice>/distance/<int:centre>/": ("carnet", "E", "E"),
    "intranet/carnet/<int:practice>/<slug:group>/": ("carnet", "E", "E"),
    "intranet/^(?P<address>.+/)$": ("staff_home", "V", "V"),
}


# Addresses that everyone who signs in knows, and those that need nothing but who asks.
KNOWN = {"intranet/", "intranet/session/"}
NO_FIELD = {"intranet/rotation/defaire/", "intranet/rotation/refaire/"}
ANY_CENTRE = "intranet/carnet/nouvelle-fiche/"  # its form asks for one of the person's own


def test_the_table_of_rights_names_each_address_of_the_intranet():
    assert set(ASKED) == set(routes("intranet/"))


def expected(route: str, role: str, method: str, own: bool, fragment: bool) -> int:
    """What the matrix says that this role gets; an empty POST that is let in is a bad request."""
    thing, read, write = ASKED[route]
    cell = rights.matrix()[thing].get(role, {})
    letter = {"get": read, "post": write}[method]
    if "address" in route:
        return 404
    if (letter or read or write) not in cell:
        return 403 if {"L", "V"} & set(cell) or route in KNOWN else 404
    if letter is None:
        return 405
    if "gesture" in route or "task" in route:
        return 404
    if route == "intranet/session/":
        return 200 if fragment else 302
    located = route != ANY_CENTRE and ("slot" in route or "/carnet/" in route)
    mine = own or cell[letter] == "" or not located
    if method == "get" or letter == "L":
        return 200 if mine or cell[letter] != "c" else 403
    if route in NO_FIELD:
        return 422
    return 400 if mine else 403


@pytest.fixture
def nievre(db):
    return CentreFactory(name="Nièvre")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", [*Role.values, "none", "expired"])
def test_each_role_gets_what_the_matrix_says(role, method, headers, ajain, nievre, signed_in):
    client, found, said = signed_in(someone(role, ajain)), {}, {}
    for centre in (ajain, nievre):
        for route, path in paths_in(centre).items():
            answer = getattr(client, method)(path, headers=headers)
            found[route, centre.name] = (answer.status_code, answer.headers["Cache-Control"], answer.headers["Vary"])
            status = expected(route, role, method, centre == ajain, bool(headers))
            said[route, centre.name] = (status, "no-store", "Cookie, HX-Request")
    assert found == said


def paths_in(centre) -> dict[str, str]:
    """Route → path of each address of the intranet, to rows of this centre where it asks for some."""
    rows = {"slot": SlotFactory(centre=centre).pk, "practice": CentreLinkFactory(centre=centre).practice_id}
    rows |= {"run": ImportRunFactory().pk, "centre": centre.pk, "gesture": 1, "task": 1, "group": "joindre"}
    return {
        route: sample if "?P" in route else "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(rows[part[1]]), route)
        for route, sample in routes("intranet/").items()
    }


def someone(role: str, centre):
    """A person of this role, for this centre; "none" has none, "expired" had the widest one until yesterday."""
    if role == "none":
        return UserFactory()
    if role == "expired":
        return MembershipFactory(role="logistics", end=weeks.today() - timedelta(days=1)).user
    return MembershipFactory(role=role, centres=[centre]).user


def test_a_person_made_inactive_is_out_at_the_next_request(signed_in, member):
    user = member("logistics")
    client = signed_in(user)
    assert client.get("/intranet/").status_code == 200
    user.is_active = False
    user.save()
    assert client.get("/intranet/").status_code == 302


def test_a_role_that_ends_closes_its_pages_at_the_next_request(signed_in, member):
    user = member("logistics")
    client = signed_in(user)
    assert client.get("/intranet/rotation/").status_code == 200
    user.memberships.update(end=weeks.today() - timedelta(days=1))
    assert client.get("/intranet/rotation/").status_code == 404


@pytest.mark.parametrize("role", Role.values)
def test_only_those_whom_the_matrix_lets_edit_pages_enter_the_cms(role, member, client):
    client.force_login(member(role))
    enters = bool({"L", "V"} & set(rights.matrix()["page_draft"].get(role, {})))
    answers = [client.get(path).status_code for path in ("/cms/", "/cms/pages/")]
    assert [status == 200 for status in answers] == [enters, enters]


@pytest.mark.parametrize("path", ["/intranet/rotation/1/", "/intranet/gestes/1/annuler/", "/intranet/carnet/1/"])
def test_a_form_without_its_token_is_refused(path, member, ajain):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("logistics"))
    assert client.post(path).status_code == 403


def test_a_missing_slash_is_forgiven_and_an_unknown_address_is_not_found(central):
    assert central.get("/intranet/rotation").headers["Location"] == "/intranet/rotation/"
    answer = central.get("/intranet/nulle-part/")
    assert (answer.status_code, answer.templates[0].name) == (404, "intranet/refusal.html")


@pytest.mark.parametrize("slot", [0, 10**9, 10**30])
def test_a_place_that_does_not_exist_is_not_found(slot, central):
    assert central.get(f"/intranet/rotation/{slot}/").status_code == 404


@pytest.mark.parametrize("page", ["http://[::1", "http://[", "\x00", "javascript:alert(1)"])
def test_a_fragment_from_nowhere_is_asked_to_sign_in_too(client, page):
    answer = client.get("/intranet/rotation/", headers={**HTMX, "HX-Current-URL": page})
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (401, None)
