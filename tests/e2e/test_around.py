"""Around the rota in a real browser: telling and taking back, copying for the group, taking a workbook away."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from directory.models import OutgoingMessage, Task
from directory.weeks import WEEK
from rotas import options
from rotas.models import Assignment
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SIZES = [{"width": 1440, "height": 900}, {"width": 768, "height": 1024}, {"width": 390, "height": 844}]


@pytest.fixture
def claire(member, ajain, monday):
    """Of the central team. At Ajain: a hole, somebody imported, somebody without an address, an expired proposal."""
    SlotFactory(centre=ajain, monday=monday + 2 * WEEK)
    zoe = DoctorFactory(first_name="Zoé", last_name="Lebrun", email="zoe@example.org")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + WEEK, doctor=zoe)
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + 3 * WEEK, doctor__email="", doctor__phone="0639981234")
    past = timezone.now() - timedelta(hours=1)
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + 4 * WEEK, state="option", option_expires_at=past)
    options.follow_deadlines()
    return member("logistics", first_name="Claire")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_tell_then_take_back(script, browser, live_server, sign_in, claire):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=script, locale="fr-FR")
    page = context.new_page()
    sign_in(page, claire)
    page.goto("/intranet/rotation/")
    page.get_by_role("link", name="Prévenir 1 médecin").click()
    assert page.get_by_role("link", name="06 39 98 12 34").get_attribute("href") == "tel:+33-6-39-98-12-34"
    page.get_by_role("button", name="Prévenir 1 médecin").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("1 mail part à"))
    states = [OutgoingMessage.objects.get().state]
    page.get_by_role("button", name="Annuler ce mail").click()
    expect(page.get_by_role("status").first).to_have_text("Un mail est annulé.")
    assert [*states, OutgoingMessage.objects.get().state] == ["pending", "cancelled"]
    context.close()


def test_the_message_is_copied_as_it_was_retouched(page, sign_in, claire):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, claire)
    page.goto("/intranet/rotation/")
    page.get_by_role("link", name="Copier un message pour le groupe").click()
    assert page.get_by_label("Texte du message").input_value().startswith("À pourvoir du ")
    page.get_by_label("Texte du message").fill("Bonjour le groupe")
    page.get_by_role("button", name="Copier").click()
    expect(page.locator("[data-copied]")).to_have_text("Copié")
    assert page.evaluate("navigator.clipboard.readText()") == "Bonjour le groupe"


def test_without_a_clipboard_the_text_is_selected(page, sign_in, claire):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    sign_in(page, claire)
    page.goto("/intranet/rotation/message/?sur=arrivees")
    page.get_by_role("button", name="Copier").press("Enter")
    expect(page.locator("[data-copied]")).to_have_text("Le texte est sélectionné\u00a0: copiez-le.")
    assert page.evaluate("getSelection().toString()").startswith("Arrivée de la semaine du ")


def test_the_workbook_is_taken_away_from_the_grid_and_the_list(page, sign_in, claire, tmp_path):
    sign_in(page, claire)
    for address in ("/intranet/rotation/", "/intranet/rotation/liste/?etat=a-pourvoir"):
        page.goto(address)
        with page.expect_download() as taken:
            page.get_by_role("button", name="Télécharger (XLSX)").click()
        taken.value.save_as(tmp_path / "rotation.xlsx")
        book = load_workbook(tmp_path / "rotation.xlsx")
        assert book["Liste"].max_row == (5 if "liste" not in address else 2)


def test_a_reminder_is_prolonged_then_undone(page, sign_in, claire):
    sign_in(page, claire)
    page.goto("/intranet/")
    page.get_by_role("button", name="Prolonger de 72\u00a0h").click()
    expect(page.get_by_role("heading", name="À faire")).to_have_count(0)
    assert (Task.objects.open().count(), Assignment.objects.get(state="option").version) == (0, 2)
    page.get_by_role("button", name="Annuler").click()
    assert Assignment.objects.get(state="option").option_expires_at < timezone.now()


@pytest.mark.parametrize("size", [*SIZES, {"width": 320, "height": 640}], ids=lambda size: str(size["width"]))
@pytest.mark.parametrize(
    "address",
    ["", "rotation/", "rotation/liste/", "rotation/prevenir/", "rotation/message/", "rotation/message/?sur=arrivees"],
)
def test_each_page_is_accessible_and_never_wider_than_the_screen(
    address, size, page, sign_in, claire, assert_accessible
):
    sign_in(page, claire)
    page.set_viewport_size(size)
    page.goto(f"/intranet/{address}")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
