"""`manage.py import_correspondents`: the charity's own file, and others of the same habits."""

import json

import pytest

from directory.imports import correspondents
from directory.models import CentreLink, ChangeSet, Practice, Professional, Structure
from tests.factories.directory import CentreFactory, UserFactory
from tests.tables import DATA, dump, run, text_file, workbook

pytestmark = pytest.mark.django_db
FILE = DATA / "correspondants.xlsx"
TRUTH = json.loads((DATA / "truth.json").read_text())["correspondents"]
HEADINGS = ["Catégorie", "Spécialité / type", "Nom", "Prénom", "Structure", "Ville", "Tél. secrétariat"]
PERRIN = ["Spécialiste", "Cardiologie", "PERRIN", "Hélène", "", "Guéret", "05.36.49.20.11"]
LABO = ["Structure", "Laboratoire", "", "", "Labo Roy", "Guéret", "+33 5 36 49 00 01"]


def summary(name: str) -> str:
    return " ".join(f"{word}={count}" for word, count in TRUTH[name].items())


def imported(tmp_path, rows, *options, headings=HEADINGS):
    return run("import_correspondents", text_file(tmp_path / "ajain.csv", [headings, *rows]), *options)


def counts() -> list[int]:
    return [model.objects.count() for model in (Professional, Structure, Practice, CentreLink)]


def test_the_charity_s_file_gives_the_truth_twice_and_undo_takes_it_back():
    run("import_centres", DATA / "centres.csv")
    empty = dump()
    assert (run("import_correspondents", FILE, "--dry-run").last, dump()) == (summary("first_run"), empty)
    assert run("import_correspondents", FILE).last == summary("first_run")
    assert (Practice.objects.count(), CentreLink.objects.count()) == (TRUTH["entries"], TRUTH["centre_links"])
    filled = dump()
    assert (run("import_correspondents", FILE).last, dump()) == (summary("second_run"), filled)
    assert ChangeSet.objects.filter(verb="import.correspondents").count() == 1
    run("undo_import")
    assert dump() == empty


@pytest.mark.parametrize(("separator", "encoding"), [(";", "cp1252"), ("\t", "utf-8-sig"), (",", "utf-8")])
def test_text_tables_of_any_usual_writing(separator, encoding, tmp_path, ajain):
    path = text_file(tmp_path / "Ajain.csv", [HEADINGS, PERRIN, LABO], separator=separator, encoding=encoding)
    assert run("import_correspondents", path).last == "created=2 updated=0 unchanged=0 rejected=0"
    one = Practice.objects.get(professional__last_name="PERRIN")
    assert (str(one), one.town, one.phone, one.links.get().centre) == (
        "Dr Hélène PERRIN",
        "Guéret",
        "05 36 49 20 11",
        ajain,
    )


def test_headings_in_any_order_case_and_words(tmp_path, ajain):
    headings = ["DISTANCE", "messagerie SECURISEE", "ville", "Prenom", "NOM", "Spécialité", "centre", "MAJ", "Nouveaux"]
    row = [
        "12,7 km",
        "H.Perrin@medecin.mssante.fr",
        "Guéret",
        "Hélène",
        "Perrin",
        "Cardiologie",
        "ajain",
        "1/3/26",
        "O",
    ]
    assert imported(tmp_path, [row], headings=headings).last == "created=1 updated=0 unchanged=0 rejected=0"
    link = CentreLink.objects.get()
    said = (str(link.km), link.practice.secure_mailbox, str(link.practice.confirmed_on))
    assert (said, link.practice.takes_new_patients) == (("12.7", "h.perrin@medecin.mssante.fr", "2026-03-01"), True)


def test_an_entry_of_two_sheets_is_one_entry_with_two_links(tmp_path, ajain):
    CentreFactory(name="Nièvre")
    headings = [*HEADINGS, "Centre", "km"]
    rows = [
        [*PERRIN, "Ajain", "18"],
        [*PERRIN, "nievre", "52,5"],
        [*PERRIN[:2], "Perrin", "HELENE", *PERRIN[4:], "", ""],
    ]
    assert imported(tmp_path, rows, headings=headings).last == "created=1 updated=0 unchanged=2 rejected=0"
    assert dict(CentreLink.objects.values_list("centre__name", "km")) == {"Ajain": 18, "Nièvre": 52.5}


def test_a_person_at_a_structure_shares_it_with_the_structure_s_own_entry(tmp_path, ajain):
    at = [*PERRIN[:4], "Labo Roy", *PERRIN[5:]]
    assert imported(tmp_path, [at, LABO]).last == "created=2 updated=0 unchanged=0 rejected=0"
    assert (counts(), Structure.objects.get().kind) == ([1, 1, 2, 2], "Laboratoire")


def test_a_later_import_fills_blanks_and_names_what_differs(tmp_path, ajain):
    imported(tmp_path, [[*PERRIN[:6], ""], LABO])
    again = imported(tmp_path, [PERRIN, [*LABO[:6], "05 36 49 99 99"]])
    assert again.last == "created=0 updated=1 unchanged=0 rejected=0"
    assert again.out[0].startswith("différent\u00a0: ligne 3\u00a0: téléphone du secrétariat")
    applied = imported(tmp_path, [[*LABO[:6], "05 36 49 99 99"]], "--apply-differences")
    phones = set(Practice.objects.values_list("phone", flat=True))
    assert (applied.last, phones) == (
        "created=0 updated=1 unchanged=0 rejected=0",
        {"05 36 49 20 11", "05 36 49 99 99"},
    )


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("MSSanté", "186057800100123@patient.mssante.fr", "messagerie d’un patient"),
        ("MSSanté", "pas une adresse", "ce n’est pas une adresse e-mail"),
        ("Vérifié le", "31/02/2026", "cette date n’existe pas"),
        ("Centre", "Atlantide", "ce centre n’existe pas"),
    ],
)
def test_a_refused_row_is_named_and_leaves_the_others(column, value, why, tmp_path, ajain):
    rows = [[*PERRIN, value], [*LABO, ""]]
    outcome = imported(tmp_path, rows, headings=[*HEADINGS, column])
    assert (outcome.last, outcome.refused) == ("created=1 updated=0 unchanged=0 rejected=1", ["ligne 2"])
    assert (why in outcome.out[0], "186057800100123" in outcome.out[0]) == (True, False)


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [
        ("Commentaire", "Mme Dupont, patiente suivie pour un cancer", "note"),
        ("Vérifié le", "01/01/2090", "confirmed_on"),
        ("CP", "abc", "postcode"),
    ],
)
def test_what_may_not_be_kept_is_left_out_and_said(column, value, field, tmp_path, ajain):
    outcome = imported(tmp_path, [[*PERRIN, value]], headings=[*HEADINGS, column])
    assert (outcome.last, outcome.out[0][:8]) == ("created=1 updated=0 unchanged=0 rejected=0", "remarque")
    assert getattr(Practice.objects.get(), field) in ("", None)


def test_sheets_are_centres_and_refusals_name_their_cell(tmp_path, ajain):
    path = workbook(tmp_path / "c.xlsx", [["Lisez-moi"]], [["Ajain"], [], HEADINGS, PERRIN])
    assert run("import_correspondents", path).last == "created=1 updated=0 unchanged=0 rejected=0"
    headings = [*HEADINGS, "MSSanté"]
    path = workbook(tmp_path / "d.xlsx", [headings, [*LABO, "x"]], [headings, [*LABO, ""]])
    assert run("import_correspondents", path).refused == ["H2"]


def test_a_row_of_nobody_and_nowhere_is_refused(tmp_path, ajain):
    outcome = imported(tmp_path, [["Spécialiste", "Cardiologie", "", "", "", "Guéret", ""]])
    assert (outcome.last, outcome.refused) == ("created=0 updated=0 unchanged=0 rejected=1", ["ligne 2"])


@pytest.mark.parametrize(
    "rows",
    [[], [["Rien"]], [["Nom", "Prénom", "Ville", "CP"], ["a", "b", "c", "d"]], [["Spécialité", "Ville", "CP"]]],
)
def test_what_is_no_list_gives_one_line_and_exit_1(rows, tmp_path, ajain):
    outcome = run("import_correspondents", text_file(tmp_path / "x.csv", rows))
    assert (outcome.code, outcome.out, len(outcome.err)) == (1, [], 1)


def sheets(tmp_path) -> bytes:
    """Two lists: one of Ajain with a wrong mailbox, one of a centre that nobody knows."""
    headings = [*HEADINGS, "MSSanté"]
    lists = [headings, [*LABO, "x"]], [headings, [*PERRIN, ""]]
    return workbook(tmp_path / "two.xlsx", *lists, titles=("Ajain", "Atlantide")).read_bytes()


def test_a_refusal_says_which_cell_could_be_corrected(tmp_path, ajain):
    report = correspondents.write(correspondents.read(sheets(tmp_path)))
    mailbox, centre = sorted(report.refusals)
    assert [(fix.label, fix.heading, fix.value) for fix in mailbox.fixes] == [("Ajain!H2", "Messagerie sécurisée", "x")]
    assert (centre.where.label, centre.fixes) == ("Atlantide!A2", ())
    assert centre.said.endswith("donnez à la feuille le nom d’un centre")


def test_corrected_cells_count_in_their_own_sheet(tmp_path, ajain):
    CentreFactory(name="Atlantide")
    file = correspondents.read(sheets(tmp_path), cells={"Ajain!H2": "", "Atlantide!C2": "Roy"})
    report = correspondents.write(file, by=(claire := UserFactory()))
    assert (report.summary, report.change_set.actor_id) == ("created=2 updated=0 unchanged=0 rejected=0", claire.pk)
    assert [(one.last_name, one.specialty) for one in Professional.objects.all()] == [("Roy", "Cardiologie")]


def test_a_row_without_a_name_offers_both_its_cells():
    (row,) = correspondents.read("Spécialité;Nom;Structure\nCardiologie;;\n".encode())
    (refusal,) = correspondents.write([row]).refusals
    assert [(fix.label, fix.heading) for fix in refusal.fixes] == [("B2", "Nom"), ("C2", "Structure")]


def test_only_the_chosen_differences_are_applied(tmp_path, ajain):
    imported(tmp_path, [PERRIN, LABO])
    changed = [[*PERRIN[:6], "05 36 49 88 88"], [*LABO[:6], "05 36 49 99 99"]]
    file = correspondents.read(text_file(tmp_path / "ajain.csv", [HEADINGS, *changed]))
    report = correspondents.write(file, file_name="ajain.csv", chosen=frozenset({"ligne 3"}))
    assert report.lines()[-2:] == [
        "différents=2 (dont appliqués\u00a0: 1)",
        "created=0 updated=1 unchanged=0 rejected=0",
    ]
    assert set(Practice.objects.values_list("phone", flat=True)) == {"05 36 49 20 11", "05 36 49 99 99"}


def test_a_rehearsal_says_the_same_and_spares_the_writing(ajain):
    file = correspondents.read("Spécialité;Nom;Ville\nCardiologie;Perrin;Guéret\n".encode())
    rehearsed = correspondents.write(file, file_name="ajain.csv", rehearsal=True)
    assert (rehearsed.summary, counts()) == ("created=1 updated=0 unchanged=0 rejected=0", [0, 0, 0, 0])
    assert correspondents.write(file, file_name="ajain.csv").digest == rehearsed.digest
