"""The intranet in a real browser: signing in, filling a hole and taking it back, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from directory.models import OutgoingMessage
from directory.weeks import WEEK
from rotas.models import Assignment
from tests.factories.directory import PASSWORD, CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def coordinator(member, ajain, monday):
    """A coordinator of Ajain, whose next week is a hole; Nièvre is held, then closed."""
    SlotFactory(centre=ajain, monday=monday + WEEK)
    nievre = CentreFactory(name="Nièvre", department="58")
    AssignmentFactory(
        slot__centre=nievre, slot__monday=monday, state="option", note="en train", doctor__last_name="Roy"
    )
    ClosureFactory(centre=SlotFactory(centre=nievre, monday=monday + WEEK).centre, monday=monday + WEEK)
    DoctorFactory(first_name="Zoé", last_name="Lebrun")
    for name in ("Petit", "Moreau", "Vasseur"):  # none a slip away from the one that is sought
        DoctorFactory(last_name=name)
    return member("coordinator", ajain, first_name="Paule", email="paule@example.org")


def fill_the_hole(page):
    """From the grid: open the hole, search a doctor, confirm, read the message, undo."""
    page.goto("/intranet/rotation/")
    page.goto(page.get_by_role("link", name=re.compile("Ajain.*à pourvoir")).first.get_attribute("href"))
    page.get_by_label("Nom du médecin").fill("lebrun zoe")
    page.get_by_label("Nom du médecin").press("Enter")
    page.get_by_role("button", name="Confirmer Dr Zoé Lebrun").click()
    said = page.locator(".messages").inner_text()
    held = list(Assignment.objects.filter(state="confirmed").values_list("doctor__last_name", flat=True))
    page.locator(".messages").get_by_role("button", name="Annuler").click()
    return said.splitlines()[0], held, page.locator(".messages").inner_text()


DONE = (
    "Dr Zoé Lebrun est confirmé à Ajain. Dr Zoé Lebrun recevra un mail dans 2\u00a0minutes. "
    "Vous pouvez annuler d’ici là.",
    ["Lebrun"],
    "Votre geste est annulé.",
)


def test_a_hole_is_filled_and_freed_again(page, sign_in, coordinator):
    sign_in(page, coordinator)
    assert fill_the_hole(page) == DONE
    assert OutgoingMessage.objects.get().state == "cancelled"


def test_the_same_without_javascript(browser, live_server, sign_in, coordinator):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, coordinator)
    assert fill_the_hole(page) == DONE
    context.close()


def test_the_search_answers_while_one_types(page, sign_in, coordinator):
    sign_in(page, coordinator)
    page.goto("/intranet/rotation/")
    page.goto(page.get_by_role("link", name=re.compile("Ajain.*à pourvoir")).first.get_attribute("href"))
    page.get_by_label("Nom du médecin").press_sequentially("lebr")
    expect(page.locator("#candidates li b")).to_have_text(["Dr Zoé Lebrun"])


def test_the_list_follows_its_filters_and_the_address_with_them(page, sign_in, coordinator):
    sign_in(page, coordinator)
    page.goto("/intranet/rotation/liste/")
    page.get_by_label("État").select_option("a-pourvoir")
    expect(page.locator("#rota_list tbody tr")).to_have_count(1)
    assert page.get_by_role("status").last.inner_text() == "1 place"
    assert "etat=a-pourvoir" in page.url


def test_signing_in_by_the_form_then_out(page, coordinator):
    page.goto("/intranet/rotation/")
    page.get_by_label("E-mail").fill("paule@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Rotation des médecins"
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/intranet/")
    assert "/connexion/" in page.url


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, PHONE, {"width": 320, "height": 640}])
@pytest.mark.parametrize(
    "address",
    ["/intranet/", "/intranet/rotation/", "/intranet/rotation/liste/", "/intranet/rotation/{}/", "/intranet/x/"],
)
def test_each_page_is_accessible_and_never_wider_than_the_screen(
    address, size, page, sign_in, coordinator, ajain, assert_accessible
):
    sign_in(page, coordinator)
    page.set_viewport_size(size)
    if address == "/intranet/x/":
        page.expected_faults = ["Failed to load resource: the server responded with a status of 404 (Not Found)"]
    page.goto(address.format(ajain.slots.get().pk))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


@pytest.mark.parametrize("address", ["/connexion/", "/mot-de-passe/oublie/", "/mot-de-passe/oublie/envoye/"])
def test_the_entrance_is_accessible(address, page, assert_accessible, db):
    page.goto(address)
    assert_accessible(page)


def test_a_phone_reads_cards_instead_of_the_grid(page, sign_in, coordinator):
    sign_in(page, coordinator)
    page.set_viewport_size(PHONE)
    page.goto("/intranet/rotation/")
    assert page.locator("table.rota").is_visible() is False
    assert page.locator(".cards li").all_inner_texts()[0].split("\n")[0] == "Nièvre"


def test_headings_and_centres_stay_in_sight(page, sign_in, coordinator):
    sign_in(page, coordinator)
    page.set_viewport_size({"width": 900, "height": 700})
    page.goto("/intranet/rotation/?vue=annee")
    page.evaluate("document.querySelector('.scroller').scrollTo(2000, 0)")
    assert page.get_by_role("rowheader", name="Ajain").first.bounding_box()["x"] < 260
