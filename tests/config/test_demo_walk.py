"""Every page of the demo as every account of the demo: each answers as the matrix of rights says."""

import os

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from config.demo.accounts import ACCOUNTS, PASSWORD, address
from directory import weeks
from directory.models import Centre, Doctor, Practice
from rotas.models import Slot
from website.models import NewsPage

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
GRID = "/intranet/rotation/"
CARNET = "/intranet/carnet/"
NAMES = [name for name, *_ in ACCOUNTS]
EDITORS = {"admin", "direction", "communication"}


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker):
    """Loaded once for this module, and taken away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with open(os.devnull, "w") as nowhere:
            call_command("demo", stdout=nowhere)
        for path in public_pages():
            Client().get(path)  # the pictures' sizes are made once, not again for each test
        yield
        transaction.set_rollback(True)


@pytest.fixture
def visitor(_demo, db):
    """Someone who came in by the form; `visitor("")` is a stranger."""

    def enter(name: str) -> Client:
        client = Client()
        if name:
            answer = client.post("/connexion/", {"login": address(name), "password": PASSWORD})
            assert (answer.status_code, answer.headers["Location"]) == (302, "/intranet/")
        return client

    return enter


def public_pages() -> list[str]:
    """What anyone may read."""
    centres = [f"/centres/{slug}/" for slug in Centre.objects.values_list("slug", flat=True)]
    news = [page.url for page in NewsPage.objects.live()]
    return ["/", "/centres/", *centres, "/actualites/", *news, "/partenaires/", "/sitemap.xml", "/connexion/"]


@pytest.mark.parametrize("name", ["", *NAMES])
def test_everyone_reads_the_whole_public_site(name, visitor):
    client, pages = visitor(name), public_pages()
    found = {path: client.get(path).status_code for path in pages}
    assert (len(pages), found) == (20, dict.fromkeys(pages, 200) | ({"/connexion/": 302} if name else {}))


@pytest.mark.parametrize("name", ["", *NAMES])
def test_staff_pages_answer_as_the_matrix_says(name, visitor):
    slot = Slot.objects.in_week(weeks.monday_of(weeks.today())).filter(centre__slug="ajain").get()
    grid = {"": 302, "medecin": 404}.get(name, 200)
    carnet = {"": 302, **dict.fromkeys(["finances", "finances2", "communication"], 404)}.get(name, 200)
    said = {
        CARNET: carnet,
        f"{CARNET}?q=cardio+gueret": carnet,
        f"{CARNET}{Practice.objects.first().pk}/": carnet,
        "/intranet/": 200 if name else 302,
        GRID: grid,
        f"{GRID}?vue=annee": grid,
        f"{GRID}liste/": grid,
        f"{GRID}{slot.pk}/": 404 if name == "communication" else grid,
        "/cms/": 200 if name in EDITORS else 403 if name else 302,
    }
    client = visitor(name)
    assert {path: client.get(path).status_code for path in said} == said


@pytest.mark.parametrize("path", [GRID, f"{GRID}?vue=annee", f"{GRID}liste/", "/intranet/"])
def test_communication_sees_who_is_covered_and_no_name(path, visitor):
    monday = weeks.monday_of(weeks.today())
    held = Doctor.objects.filter(assignments__slot__monday__gte=monday).distinct()
    forms = [form for one in held for form in (str(one), f"{one.first_name[0]}. {one.last_name}")]
    named = {name: visitor(name).get(path).content.decode() for name in ("centrale", "communication")}
    counts = {name: sum(form in page for form in forms) for name, page in named.items()}
    assert counts["communication"] == 0
    assert path == "/intranet/" or counts["centrale"] > 10


@pytest.mark.parametrize(("name", "own"), [("ajain", "ajain"), ("nievre", "nievre")])
def test_a_coordinator_edits_their_own_centre_only(name, own, visitor):
    monday, client = weeks.monday_of(weeks.today()) + 10 * weeks.WEEK, visitor(name)
    slots = {slot.centre.slug: slot.pk for slot in Slot.objects.in_week(monday).select_related("centre")}
    answers = {slug: client.post(f"{GRID}{pk}/").status_code for slug, pk in slots.items()}
    assert answers == dict.fromkeys(slots, 403) | {own: 400}
