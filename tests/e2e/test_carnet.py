"""The carnet in a real browser: found, corrected and confirmed on a phone; two people; each page accessible."""

import re

import pytest
from playwright.sync_api import expect

from directory import weeks
from directory.models import Practice
from tests.factories.carnet import CentreLinkFactory, PracticeFactory, ProfessionalFactory, StructureFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PHONE = {"width": 390, "height": 844}
CARNET = "/intranet/carnet/"


@pytest.fixture
def coordinator(member, ajain):
    """A coordinator of Ajain, whose carnet has a cardiologist of Guéret, one of La Souterraine, a pharmacy."""
    for name, first, town in (("Perrin", "Hélène", "Guéret"), ("Aubert", "Sylvie", "La Souterraine")):
        person = ProfessionalFactory(last_name=name, first_name=first)
        CentreLinkFactory(centre=ajain, practice=PracticeFactory(professional=person, town=town))
    place = StructureFactory(kind="Pharmacie", name="Pharmacie du Marché")
    CentreLinkFactory(centre=ajain, km=2, practice=PracticeFactory(professional=None, structure=place, town=""))
    return member("coordinator", ajain, first_name="Paule", last_name="Petit")


def perrin() -> Practice:
    return Practice.objects.get(professional__last_name="Perrin")


def find_correct_confirm(page) -> None:
    """On a phone: search with a slip, open, correct a number, say that the rest still holds."""
    page.set_viewport_size(PHONE)
    page.goto(CARNET)
    page.get_by_label("Chercher dans le carnet").fill("cardiolgue geret")
    page.get_by_label("Chercher dans le carnet").press("Enter")
    expect(page.locator(".carnet-cards .name")).to_have_text(["Dr Hélène Perrin"])
    page.locator(".carnet-cards .name").click()
    page.get_by_role("link", name="Corriger : Joindre").click()
    page.get_by_label("Téléphone du secrétariat").fill("05.36.49.20.11")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("link", name="05 36 49 20 11")).to_have_attribute("href", "tel:+33-5-36-49-20-11")
    page.get_by_role("button", name="Toujours exact").click()
    expect(page.locator("#identite")).to_contain_text("par Paule Petit")


def test_on_a_phone_an_entry_is_found_corrected_and_confirmed(page, sign_in, coordinator):
    sign_in(page, coordinator)
    find_correct_confirm(page)
    assert (perrin().phone, perrin().confirmed_on, perrin().confirmed_by) == (
        "05 36 49 20 11",
        weeks.today(),
        coordinator,
    )


def test_the_same_without_javascript(browser, live_server, sign_in, coordinator):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, coordinator)
    find_correct_confirm(page)
    context.close()


def test_the_search_answers_while_one_types_and_a_name_opens_beside(page, sign_in, coordinator):
    sign_in(page, coordinator)
    page.goto(CARNET)
    page.get_by_label("Chercher dans le carnet").press_sequentially("perr")
    expect(page.locator("#compte")).to_have_text("1 réponse")
    assert page.url.endswith("?q=perr&centre=&specialite=&categorie=")
    page.locator("table.carnet").get_by_role("link", name="Dr Hélène Perrin").click()
    expect(page.locator("#apercu h2")).to_have_text("Dr Hélène Perrin")


def test_a_correction_is_taken_back_where_it_was_made(page, sign_in, coordinator):
    sign_in(page, coordinator)
    page.goto(f"{CARNET}{perrin().pk}/")
    page.get_by_role("link", name="Corriger : Adresser").click()
    page.get_by_label("Délai de rendez-vous").fill("3 semaines")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#histoire")).to_contain_text("rien → 3 semaines")
    page.locator("#dit").get_by_role("button", name="Annuler").click()
    expect(page.locator("#dit")).to_contain_text("Votre geste est annulé.")
    assert perrin().delay == ""


def test_who_comes_second_sees_both_values_in_place(page, sign_in, coordinator):
    sign_in(page, coordinator)
    page.expected_faults = [
        "Failed to load resource: the server responded with a status of 409 (Conflict)",
    ]
    page.goto(f"{CARNET}{perrin().pk}/")
    page.get_by_role("link", name="Corriger : Adresser").click()
    page.get_by_label("Délai de rendez-vous").fill("3 semaines")
    Practice.objects.filter(pk=perrin().pk).update(delay="2 mois", version=2)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"dans Relais «\s2 mois\s», vous «\s3 semaines\s»"))
    page.get_by_role("button", name="Mettre le mien").click()
    expect(page.locator("#groupe-adresser dd")).to_have_text(["3 semaines"])
    assert perrin().delay == "3 semaines"


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, {"width": 768, "height": 1024}, PHONE])
@pytest.mark.parametrize(
    "address", ["", "?q=zzzz", "{entry}/", "{entry}/qui/", "nouvelle-fiche/", "urgences/{centre}/"]
)
def test_each_page_is_accessible_and_never_wider_than_the_screen(
    address, size, page, sign_in, coordinator, ajain, assert_accessible
):
    sign_in(page, coordinator)
    page.set_viewport_size(size)
    page.goto(CARNET + address.format(entry=perrin().pk, centre=ajain.pk))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
