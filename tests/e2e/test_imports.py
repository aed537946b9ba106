"""The charity's own files led through the screens: preview, two cells corrected on the spot, import, exact undo."""

import json

import pytest
from playwright.sync_api import expect

from directory.models import ImportRun
from rotas.models import Assignment
from tests.factories.directory import DoctorFactory, ImportRunFactory
from tests.tables import DATA, dump, text_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
TRUTH = json.loads((DATA / "truth.json").read_text())
FILES = {
    "centres": ("Centres", "centres.csv", ""),
    "doctors": ("Médecins", "medecins.csv", ""),
    "rota_2026": ("Rotation des médecins", "planning-2026.xlsx", "2026"),
    "rota_2027": ("Rotation des médecins", "planning-2027.xlsx", "2027"),
    "correspondents": ("Carnet de correspondants", "correspondants.xlsx", ""),
}
SIZES = [{"width": 1440, "height": 900}, {"width": 768, "height": 1024}, {"width": 390, "height": 844}]


@pytest.fixture
def claire(page, sign_in, member):
    """The central team's page."""
    sign_in(page, member("logistics", first_name="Claire", last_name="Martin"))
    return page


def send(page, kind: str, path, year: str) -> None:
    """Choose and send a file."""
    page.goto("/intranet/imports/")
    page.get_by_label("Que contient le fichier").select_option(label=kind)
    page.get_by_label("Année").fill(year)
    page.get_by_label("Fichier", exact=True).set_input_files(path)
    page.get_by_role("button", name="Voir l’aperçu").click()


def preview(page, run_due_jobs, name: str) -> str:
    """Send one of the charity's files and have it read; the summary that was stored."""
    kind, file, year = FILES[name]
    send(page, kind, DATA / file, year)
    expect(page.get_by_role("heading", name="Lecture du fichier en cours")).to_be_visible()
    run_due_jobs()
    expect(page.get_by_role("heading", name="Confirmer")).to_be_visible()
    return ImportRun.objects.latest("pk").report["summary"]


def press(page, run_due_jobs, button: str, then: str) -> None:
    """Press a button that asks for a job, have it done, wait for what the page then says."""
    page.get_by_role("button", name=button).click()
    expect(page.locator("progress")).to_be_visible()
    run_due_jobs()
    expect(page.get_by_text(then).first).to_be_attached()
    expect(page.locator("progress")).to_have_count(0)


def expected(name: str) -> str:
    return " ".join(f"{word}={count}" for word, count in TRUTH[name]["first_run"].items())


def test_the_five_files_are_imported_and_undone_to_the_exact_rows(claire, run_due_jobs):
    before, pages = [], []
    for name in FILES:
        before.append(dump())
        assert preview(claire, run_due_jobs, name) == expected(name)
        assert dump() == before[-1]
        press(claire, run_due_jobs, "Importer", "L’import est fait")
        pages.append(claire.url)
    for address, standing in zip(reversed(pages), reversed(before), strict=True):
        claire.goto(address)
        press(claire, run_due_jobs, "Annuler cet import", "L’import est annulé")
        assert dump() == standing


@pytest.fixture
def rota(claire, run_due_jobs):
    """The preview of 2026, whose centres and doctors are there; two refused names resemble two doctors."""
    for name in ("centres", "doctors"):
        preview(claire, run_due_jobs, name)
        press(claire, run_due_jobs, "Importer", "L’import est fait")
    DoctorFactory(first_name="Ysaline", last_name="Troisvallées")
    DoctorFactory(first_name="Zéphyrin", last_name="Quatrefage")
    preview(claire, run_due_jobs, "rota_2026")
    return claire


def test_two_cells_are_corrected_on_the_spot_then_all_is_undone(rota, run_due_jobs):
    before = dump()
    rota.get_by_label("Texte correct en Planning 2026!M55").fill("Dr Ysaline Troisvallées")
    rota.get_by_label("Texte correct en Planning 2026!P56").fill("quatrefage zephyrin")
    rota.get_by_role("button", name="Recalculer l’aperçu").click()
    run_due_jobs()
    expect(rota.get_by_role("button", name="Importer 711 affectations et 11 fermetures")).to_be_visible()
    rota.goto(rota.url)  # one may leave and come back
    press(rota, run_due_jobs, "Importer 711 affectations et 11 fermetures", "L’import est fait")
    corrected = Assignment.objects.filter(doctor__last_name__in=["Troisvallées", "Quatrefage"])
    assert (Assignment.objects.count(), corrected.count()) == (711, 2)
    press(rota, run_due_jobs, "Annuler cet import (711 affectations et 11 fermetures)", "L’import est annulé")
    assert dump() == before


def test_near_names_are_shown_beside_what_is_refused(rota):
    line = rota.get_by_role("listitem").filter(has_text="M55")
    assert line.locator(".hint").inner_text() == "Peut-être\u00a0: Dr Ysaline Troisvallées"
    assert rota.get_by_role("listitem").filter(has_text="ligne").count() == 0


def test_each_state_of_an_import_is_accessible_at_each_size(rota, run_due_jobs, assert_accessible):
    for size in SIZES:
        rota.set_viewport_size(size)
        assert_accessible(rota)
        assert rota.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    rota.get_by_role("button", name="Importer 709").click()
    assert_accessible(rota)
    run_due_jobs()
    expect(rota.get_by_role("button", name="Corriger")).to_be_visible()
    assert_accessible(rota)


@pytest.mark.parametrize("size", SIZES)
def test_the_list_and_its_errors_are_accessible(size, claire, assert_accessible, tmp_path):
    ImportRunFactory.create_batch(3)
    claire.set_viewport_size(size)
    claire.expected_faults = [
        "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
    ]
    send(claire, "Médecins", text_file(tmp_path / "f.csv", [["Nom"], ["Roy"]]), "2026")
    assert claire.get_by_role("alert").get_by_role("link", name="Fichier").is_visible()
    assert_accessible(claire)
    assert claire.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_the_same_without_javascript(browser, live_server, sign_in, member, run_due_jobs):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, member("logistics"))
    send(page, "Centres", DATA / "centres.csv", "")
    for button in ("Importer 11 centres", "Annuler cet import (11 centres)"):
        run_due_jobs()
        page.get_by_role("link", name="Actualiser").click()
        page.get_by_role("button", name=button).click()
    run_due_jobs()
    page.get_by_role("link", name="Actualiser").click()
    assert page.get_by_text("annulé", exact=True).is_visible()
    context.close()
