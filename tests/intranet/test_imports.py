"""Imports on their two pages: sending a file, reading its preview, deciding, confirming, taking back."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.imports import runs
from directory.models import CentreLink, Doctor, ImportFile, ImportRun, Practice
from huey_tasks.models import Job, JobState
from tests.factories.directory import CentreFactory, DoctorFactory, ImportRunFactory, invented_rpps
from tests.tables import workbook

pytestmark = pytest.mark.django_db
LIST = "/intranet/imports/"
HTMX = {"HX-Request": "true"}
HEAD = "Nom;Prénom;RPPS;Mail"
GOOD = f"Weber;Anne;{invented_rpps(1)};anne@example.org"
BAD = "Roy;Luc;12345;luc@example.org"


def doctors(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def send(client, content: bytes, kind="doctors", name="medecins.csv", year="2026"):
    """Post a file as the form does."""
    return client.post(LIST, {"sorte": kind, "annee": year, "fichier": SimpleUploadedFile(name, content)})


@pytest.fixture
def preview(central, run_due_jobs):
    """Sends a list of doctors and reads it: the address of its page."""

    def lead(*rows: str) -> str:
        address = send(central, doctors(*rows)).headers["Location"]
        run_due_jobs()
        return address

    return lead


def the_run() -> ImportRun:
    return ImportRun.objects.latest("pk")


def gesture(client, address: str, word: str, **fields):
    return client.post(address, {"geste": word, "version": the_run().version, **fields})


def text(answer) -> str:
    """What a page says, without its tags."""
    return plain(re.sub(r"<[^>]*>", "", answer.content.decode()))


def plain(html: str) -> str:
    """One line, without the tokens that change at each answer."""
    return re.sub(r"[ \n]+", " ", re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)).strip()


def test_a_file_is_kept_and_its_reading_is_asked_for(central):
    answer = send(central, doctors(GOOD))
    run = the_run()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}{run.pk}/")
    assert (run.kind, run.year, run.state, bytes(run.file.content)) == ("doctors", None, "reading", doctors(GOOD))
    assert Job.objects.get().arguments == {"run": run.pk, "version": 1}


def bomb() -> bytes:
    """A small workbook that says that it holds 200 MB."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return box.getvalue()


REFUSED = {
    "empty": (b"", "f.csv", "doctors", "Le fichier est vide."),
    "blank": (b" \n ", "f.csv", "doctors", "Le fichier est vide."),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "f.csv", "doctors", "Ce n’est pas un tableau (.csv ou .xlsx)."),
    "ending": (doctors(GOOD), "f.exe", "doctors", "Ce n’est pas un tableau (.csv ou .xlsx)."),
    "headings": (b"Nom;Mail\nA;B\n", "f.csv", "doctors", "Colonnes manquantes : Prénom, N° RPPS."),
    "no zip": (b"PK\x03\x04...", "f.xlsx", "doctors", "Ce n’est pas un classeur Excel lisible (.xlsx)."),
    "patient": (
        doctors(GOOD),
        "patient M. Durand.csv",
        "doctors",
        "Le nom du fichier ressemble à des données de patient : renommez-le.",
    ),
    "no centre": (doctors(GOOD), "f.csv", "rota", "Relais n’a encore aucun centre : importez d’abord les centres."),
    "too big": (b"a;b\n" * 2_600_000, "f.csv", "doctors", "Fichier trop gros (10 Mo au plus)."),
    "bomb": (bomb(), "f.xlsx", "doctors", "Classeur trop gros une fois décompressé (150 Mo au plus)."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_no_import_could_take_is_refused_on_the_page(name, central):
    content, file, kind, why = REFUSED[name]
    answer = send(central, content, kind=kind, name=file)
    assert (answer.status_code, answer.context["form"].errors["fichier"]) == (422, [why])
    assert f"Fichier : {why}" in text(answer)
    assert (ImportRun.objects.count(), ImportFile.objects.count(), Job.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("year", "why"),
    [("", "Indiquez l’année des semaines du fichier."), ("douze", "Écrivez une année, par exemple 2026.")],
)
def test_a_rota_needs_its_year(year, why, central):
    answer = send(central, b"x", kind="rota", year=year)
    assert (answer.status_code, answer.context["form"].errors["annee"]) == (422, [why])


def test_a_big_file_is_left_to_the_job(central, run_due_jobs):
    rows = "\n".join(f"Nom;{'x' * 40};{n}" for n in range(9000))
    assert send(central, f"Nom;Mail\n{rows}".encode()).status_code == 302
    run_due_jobs()
    assert (the_run().state, the_run().note) == ("unreadable", "Colonnes manquantes : Prénom, N° RPPS.")


def test_the_page_follows_the_reading_until_it_ends(central, run_due_jobs):
    address = send(central, doctors(GOOD, BAD)).headers["Location"]
    Job.objects.update(progress_done=300, progress_total=1200)
    page, fragment = central.get(address), central.get(address, headers=HTMX)
    assert ('hx-trigger="every 1s"' in fragment.content.decode(), "300 lignes lues sur 1" in text(page)) == (True, True)
    assert fragment.content.decode() in page.content.decode()
    run_due_jobs()
    assert "hx-trigger" not in central.get(address, headers=HTMX).content.decode()


def test_the_last_fragment_is_the_page_and_says_so_once(preview, central):
    address = preview(GOOD, BAD)
    page, fragment = central.get(address).content.decode(), central.get(address, headers=HTMX).content.decode()
    aside = re.search(r'<p id="run_status".*?</p>', fragment, re.S).group()
    assert plain(fragment.replace(aside, "")) in plain(page)
    assert "L’aperçu est prêt : 1 médecin, 1 refus." in aside


def test_a_preview_names_what_is_refused_with_a_field_to_correct_it(preview, central):
    answer = central.get(preview(GOOD, BAD))
    row = answer.context["refused"].rows[0]
    assert (row.line.label, row.fields[0].name, row.fields[0].value) == ("ligne 3", "texte C3", "12345")
    assert "Importer 1 médecin" in text(answer)
    assert dict(answer.context["tiles"]) == {
        "Créations": "1",
        "Mises à jour": "0",
        "Déjà dans Relais": "0",
        "Différences": "0",
        "Refus": "1",
    }


def test_from_correction_to_import_to_undo(preview, central, run_due_jobs):
    address = preview(GOOD, BAD)
    for word, fields in (("corriger", {"texte C3": invented_rpps(2)}), ("confirmer", {})):
        assert gesture(central, address, word, **fields).status_code == 302
        run_due_jobs()
    assert (the_run().state, Doctor.objects.count()) == ("done", 2)
    gesture(central, address, "annuler")
    run_due_jobs()
    assert (Doctor.objects.count(), "L’import est annulé." in text(central.get(address))) == (0, True)


def test_confirming_with_corrections_not_yet_looked_at_previews_them(preview, central, run_due_jobs):
    address = preview(GOOD, BAD)
    gesture(central, address, "confirmer", **{"texte C3": invented_rpps(2)})
    run_due_jobs()
    assert (the_run().state, the_run().report["created"], Doctor.objects.count()) == ("ready", 2, 0)


def test_a_correction_is_given_back_and_a_refusal_ignored(preview, central, run_due_jobs):
    address = preview(GOOD, BAD)
    gesture(central, address, "corriger", **{"texte C3": invented_rpps(2)})
    run_due_jobs()
    assert f"C3 vaut maintenant « {invented_rpps(2)} »" in text(central.get(address))
    gesture(central, address, "retirer", cellule="C3")
    run_due_jobs()
    gesture(central, address, "corriger", **{"ignorer ligne 3": "on", "texte C3": "12345"})
    run_due_jobs()
    assert the_run().decisions == {"cells": {}, "ignored": ["ligne 3"], "applied": []}
    assert central.get(address).context["refused"].rows[0].ticked


def test_two_people_on_one_preview(preview, central, run_due_jobs):
    address = preview(GOOD, BAD)
    version = the_run().version
    gesture(central, address, "corriger", **{"ignorer ligne 3": "on"})
    run_due_jobs()
    late = {"geste": "corriger", "version": version, "texte C3": "777"}
    answer = central.post(address, late)
    assert (answer.status_code, runs.MOVED in text(answer)) == (409, True)
    assert answer.context["refused"].rows[0].fields[0].value == "777"


def test_a_correction_that_cannot_be_kept_stays_in_its_field(preview, central):
    answer = gesture(central, preview(BAD), "corriger", **{"texte C2": "né le 3/3/1950"})
    assert (answer.status_code, runs.UNWELCOME in text(answer)) == (422, True)
    assert (answer.context["refused"].rows[0].fields[0].value, the_run().decisions) == ("né le 3/3/1950", {})


FORGED = [
    {},
    {"geste": "supprimer", "version": "2"},
    {"geste": "corriger"},
    {"geste": "corriger", "version": "²"},
    {"geste": "corriger", "version": "2", "texte Z9": "x"},
    {"geste": "confirmer", "version": "2", "state": "done"},
    {"geste": "retirer", "version": "2", "cellule": "Z9"},
]


@pytest.mark.parametrize("posted", FORGED)
def test_what_the_page_does_not_offer_is_refused(posted, preview, central):
    assert central.post(preview(GOOD, BAD), posted).status_code == 400
    assert (the_run().state, the_run().version) == ("ready", 2)


@pytest.mark.parametrize("posted", [{}, {"sorte": "doctors", "state": "done"}])
def test_a_forged_upload_is_refused(posted, central):
    assert central.post(LIST, posted).status_code == 400


def test_an_unknown_list_is_refused(central):
    assert send(central, doctors(GOOD), kind="users").status_code == 422


@pytest.mark.parametrize("role", ["administration", "direction"])
def test_who_may_only_look_gets_no_form(role, preview, member, signed_in):
    address, reader = preview(GOOD, BAD), signed_in(member(role))
    assert "<form" not in re.search(r"<main.*</main>", reader.get(LIST).content.decode(), re.S).group()
    assert "<form" not in re.search(r"<main.*</main>", reader.get(address).content.decode(), re.S).group()
    assert gesture(reader, address, "confirmer").status_code == 403


def test_html_and_formulas_of_a_file_are_only_text(preview, central):
    page = central.get(preview("=cmd|x;<script>alert(1)</script>;<b>1</b>;a@b.fr")).content.decode()
    assert ("<script>alert" in page, "&lt;b&gt;1&lt;/b&gt;" in page) == (False, True)


def test_near_names_are_offered_for_a_name_of_the_rota(central, run_due_jobs, tmp_path):
    CentreFactory(name="Ajain")
    for first, last in (("Anne", "Clerc"), ("Luc", "Clerc"), ("Zoé", "Lebrun")):
        DoctorFactory(first_name=first, last_name=last)
    path = workbook(tmp_path / "p.xlsx", [["Semaine", "Ajain"], ["S10", "Dr Clerc"], ["S11", "Lebrunn Zoe"]])
    address = send(central, path.read_bytes(), kind="rota", name="p.xlsx").headers["Location"]
    run_due_jobs()
    near = [row.fields[0].near for row in central.get(address).context["refused"].rows]
    assert near == [("Dr Anne Clerc", "Dr Luc Clerc"), ("Dr Zoé Lebrun",)]


def test_the_carnet_is_led_like_the_others_from_a_mistyped_centre_to_undo(central, run_due_jobs):
    CentreFactory(name="Ajain")
    content = "Spécialité;Nom;Ville;Centre\nCardiologie;Perrin;Guéret;Ajin\n".encode()
    address = send(central, content, kind="correspondents", name="carnet.csv").headers["Location"]
    run_due_jobs()
    field = central.get(address).context["refused"].rows[0].fields[0]
    assert (field.name, field.heading, field.value, field.near) == ("texte D2", "Centre", "Ajin", ("Ajain",))
    gesture(central, address, "corriger", **{"texte D2": "Ajain"})
    run_due_jobs()
    assert "Importer 1 fiche" in text(central.get(address))
    gesture(central, address, "confirmer")
    run_due_jobs()
    assert CentreLink.objects.get().centre.name == "Ajain"
    gesture(central, address, "annuler")
    run_due_jobs()
    assert (the_run().undone, Practice.objects.count()) == (True, 0)


def test_work_that_was_given_up_can_be_tried_again(central, run_due_jobs):
    address = send(central, doctors(GOOD)).headers["Location"]
    Job.objects.update(state=JobState.DEAD)
    assert "Le travail a été abandonné" in text(central.get(address))
    gesture(central, address, "reprendre")
    run_due_jobs()
    assert the_run().state == "ready"


def test_an_import_that_does_not_exist_is_not_found(central):
    assert [central.get(f"{LIST}{number}/").status_code for number in (0, 10**9, 10**30)] == [404] * 3


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_number_of_queries(count, central, django_assert_num_queries):
    ImportRunFactory.create_batch(count)
    with django_assert_num_queries(5):
        central.get(LIST)


@pytest.mark.parametrize("count", [1, 30])
def test_a_report_asks_the_same_number_of_queries(count, preview, central, django_assert_num_queries):
    address = preview(*[BAD] * count)
    with django_assert_num_queries(9):
        central.get(address)


def test_a_long_report_goes_by_pages(preview, central):
    address = preview(*[BAD] * 60)
    second = central.get(f"{address}?refus=2").context["refused"]
    assert (len(second.rows), second.rows[0].line.label) == (10, "ligne 52")
