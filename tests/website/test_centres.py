"""The centres' list and pages: fed by the same rows as the staff's grid, and never with a name."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from directory import public
from directory.weeks import WEEK
from tests.factories.directory import CentreFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory
from website import centres
from website.jobs import make_centre_pages
from website.models import CentrePage, CentresIndexPage

pytestmark = pytest.mark.django_db
WEDNESDAY = time_machine.travel("2026-03-18T12:00:00+01:00", tick=False)
MONDAY = date(2026, 3, 16)


def words(response) -> str:
    """The text of a page's main part, without tags."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.replace("&nbsp;", " ")))


@pytest.fixture
def ajain_page(home, ajain):
    """The page of Ajain, as the clock makes it."""
    ajain.phone, ajain.opening_days, ajain.hours = "0555001122", "12345", "de 9 h à 18 h"
    ajain.save()
    return centres.make_missing_pages()[0]


def test_missing_pages_are_made_once_and_published(home):
    CentreFactory(name="Ajain", slug="ajain")
    make_centre_pages()
    make_centre_pages()
    made = CentrePage.objects.get()
    assert (made.path_on_site, made.title, made.live) == ("/centres/ajain/", "Ajain", True)


def test_a_new_page_is_seen_at_once_and_a_vain_run_bumps_nothing(client, home, ajain):
    client.get("/centres/")
    make_centre_pages()
    assert 'href="/centres/ajain/"' in client.get("/centres/").content.decode()
    stamp = public.stamp()
    make_centre_pages()
    assert public.stamp() == stamp


def test_an_unpublished_page_stays_so(home, ajain):
    page = centres.make_missing_pages()[0]
    page.unpublish()
    make_centre_pages()
    assert [page.live for page in CentrePage.objects.all()] == [False]


def test_without_the_list_no_page_is_made(home, ajain):
    CentresIndexPage.objects.get().delete()
    assert centres.make_missing_pages() == []


def test_the_list_goes_by_department_number(client, home):
    for name, department in [("Ajaccio", "2A"), ("Dijon", "21"), ("Brive", "19"), ("Digne", "04"), ("Tulle", "19")]:
        CentreFactory(name=name, department=department)
    found = re.findall(r"<h2[^>]*>(.+?) <span", client.get("/centres/").content.decode())
    assert found == ["Alpes-de-Haute-Provence", "Corrèze", "Corse-du-Sud", "Côte-d’Or"]


@WEDNESDAY
def test_the_page_of_a_centre_says_what_each_week_holds(client, ajain, ajain_page):
    AssignmentFactory(slot__centre=ajain, slot__monday=MONDAY)
    ClosureFactory(centre=ajain, monday=MONDAY + WEEK)
    ClosureFactory(centre=ajain, monday=MONDAY + 2 * WEEK)
    found = words(client.get("/centres/ajain/"))
    assert "Cette semaine du 16 au 22 mars 2026 Consultations assurées" in found
    assert "Centre fermé du 23 mars au 5 avril 2026" in found
    assert found.count("Appelez le 05 55 00 11 22") == 2


@WEDNESDAY
def test_the_practical_part_comes_from_the_centre(client, ajain_page):
    page = client.get("/centres/ajain/")
    assert 'href="tel:+33-5-55-00-11-22"' in page.content.decode()
    assert "Du lundi au vendredi de 9 h à 18 h" in words(page)
    assert "Creuse (23)" in words(page)


@WEDNESDAY
def test_a_change_of_the_rota_shows_at_once(client, ajain, ajain_page):
    ClosureFactory(centre=ajain, monday=MONDAY)
    assert "Centre fermé" in words(client.get("/centres/"))
    ajain.closures.all().delete()
    public.bump()
    assert "Appelez le 05 55 00 11 22" in words(client.get("/centres/"))


@WEDNESDAY
def test_a_centre_without_a_phone_says_to_ask_there(client, ajain, ajain_page):
    ajain.phone = ""
    ajain.save()
    assert words(client.get("/centres/ajain/")).count("Renseignez-vous auprès du centre") == 5


@WEDNESDAY
def test_a_centre_to_come_says_when_it_opens(client, ajain, ajain_page):
    assert "Ouvert depuis le" in words(client.get("/centres/ajain/"))
    ajain.opened_on = date(2026, 3, 18) + timedelta(days=14)
    ajain.save()
    public.bump()
    assert "Ouvre le 1er avril 2026" in words(client.get("/centres/ajain/"))
