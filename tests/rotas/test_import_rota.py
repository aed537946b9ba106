"""A rota is read whatever its layout, and what cannot be read for sure is refused by its address."""

import json
import random
from datetime import datetime, timedelta

import openpyxl
import pytest

from directory import weeks
from rotas.models import Assignment, Closure, Slot
from tests.factories.directory import CapacityFactory, CentreFactory, DoctorFactory
from tests.tables import DATA, dump, run, text_file, workbook

pytestmark = pytest.mark.django_db
TRUTH = json.loads((DATA / "truth.json").read_text())
NOTHING = "created=0 updated=0 unchanged=0 rejected=0"


@pytest.fixture
def centres(db):
    """Ajain with one place, Nièvre with two, long before 2026."""
    for name, places in (("Ajain", 1), ("Nièvre", 2)):
        opened = weeks.week_of(2024, 10)
        centre = CentreFactory(name=name, opened_on=opened, capacity=False)
        CapacityFactory(centre=centre, since=opened, required=places)


@pytest.fixture
def doctors(db):
    """Four doctors, two of whom are Roy."""
    people = [("Weber", "Jean"), ("Petit", "Anne"), ("Roy", "Luc"), ("Roy", "Zoé")]
    return [DoctorFactory(last_name=last, first_name=first) for last, first in people]


def send(tmp_path, *rows, year=2026, options=()):
    """Import a text rota."""
    return run("import_rota", text_file(tmp_path / "p.csv", rows), "--year", year, *options)


def held() -> set[tuple[str, str, int, str]]:
    """Who is where: week, centre, place, surname."""
    rows = Assignment.objects.active().select_related("slot__centre", "doctor")
    return {(weeks.label(a.slot.monday), a.slot.centre.name, a.slot.place, a.doctor.last_name) for a in rows}


def truth_rows() -> list[list]:
    """The charity's rota of 2026 from its heading on."""
    sheet = openpyxl.load_workbook(DATA / "planning-2026.xlsx").worksheets[0]
    return [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]


def with_doctors_and_centres() -> None:
    run("import_centres", DATA / "centres.csv")
    run("import_doctors", DATA / "medecins.csv")


@pytest.mark.parametrize(("separator", "encoding"), [(";", "cp1252"), (",", "utf-8"), ("\t", "utf-16")])
def test_a_text_file_gives_the_same_with_the_same_addresses(separator, encoding, tmp_path):
    with_doctors_and_centres()
    rows = [["PLANNING 2026"], [], *truth_rows()]
    path = text_file(tmp_path / "p.csv", rows, separator=separator, encoding=encoding)
    outcome = run("import_rota", path, "--year", 2026)
    assert outcome.last == "created=709 updated=0 unchanged=0 rejected=6"
    assert outcome.refused == [cell["cell"] for cell in TRUTH["rota_2026"]["refused"]]


def test_columns_in_another_order_give_the_same_counts(tmp_path):
    with_doctors_and_centres()
    rows = truth_rows()
    order = [*random.sample(range(1, 16), 15), 0]
    path = workbook(tmp_path / "p.xlsx", [["Légende"], ["Ajain"]], [[row[i] for i in order] for row in rows])
    outcome = run("import_rota", path, "--year", 2026)
    assert (outcome.last, outcome.out[-2]) == (
        "created=709 updated=0 unchanged=0 rejected=6",
        "fermetures=11 (11 nouvelles)",
    )


@pytest.mark.parametrize("label", ["2", "S2", "2026-S02", "S02 2026", "05/01/2026", "2026-01-08", "7 janvier 2026"])
def test_the_first_column_is_a_week_or_a_date(label, tmp_path, centres, doctors):
    send(tmp_path, ["Semaine", "Dates", "Ajain"], [label, "05/01 - 10/01", "Dr Weber"])
    assert held() == {("S02 2026", "Ajain", 1, "Weber")}


def test_true_dates_and_numbers_are_weeks(tmp_path, centres, doctors):
    rows = [["", "AJAIN"], [datetime(2026, 1, 5), "Dr Weber"], [3.0, "Dr Petit"]]
    run("import_rota", workbook(tmp_path / "p.xlsx", rows), "--year", 2026)
    assert held() == {("S02 2026", "Ajain", 1, "Weber"), ("S03 2026", "Ajain", 1, "Petit")}


@pytest.mark.parametrize(
    "headings",
    [
        ["Nièvre (1)", "Nièvre (2)"],
        ["NIEVRE", "nievre (2)"],
        ["Nièvre", "Nièvre"],
        ["Nièvre 1", "Nièvre - place 2"],
        ["Nièvre place 1", "Nièvre n° 2"],
        ["Nièvre", "Nièvre (2e place)"],
    ],
    ids=str,
)
def test_a_heading_names_a_place_of_a_centre(headings, tmp_path, centres, doctors):
    send(tmp_path, ["Sem.", *headings], ["S2", "Weber", "Petit"])
    assert held() == {("S02 2026", "Nièvre", 1, "Weber"), ("S02 2026", "Nièvre", 2, "Petit")}


def test_places_are_told_by_their_number_not_by_their_order(tmp_path, centres, doctors):
    send(tmp_path, ["Nièvre (2)", "Nièvre (1)", "Semaine"], ["Weber", "Petit", "S2"])
    assert held() == {("S02 2026", "Nièvre", 2, "Weber"), ("S02 2026", "Nièvre", 1, "Petit")}


def test_merged_cells_say_the_same_everywhere(tmp_path, centres, doctors):
    rows = [
        ["Planning", None, None, None],
        ["Semaine", "Nièvre", None, "Ajain"],
        ["S02", "Fermeture annuelle", None, "Dr Weber"],
        ["Janvier", None, None, None],
        ["S03", "Dr Petit", "?", None],
    ]
    path = workbook(tmp_path / "p.xlsx", rows, merged=("A1:D1", "B2:C2", "B3:C3", "A4:D4"))
    outcome = run("import_rota", path, "--year", 2026)
    assert outcome.out == ["fermetures=1 (1 nouvelle)", "created=2 updated=0 unchanged=0 rejected=0"]
    assert held() == {("S02 2026", "Ajain", 1, "Weber"), ("S03 2026", "Nièvre", 1, "Petit")}


def test_a_doctor_merged_over_two_weeks_is_there_both(tmp_path, centres, doctors):
    rows = [["Semaine", "Ajain"], ["S02", "Dr Weber"], ["S03", None]]
    run("import_rota", workbook(tmp_path / "p.xlsx", rows, merged=("B2:B3",)), "--year", 2026)
    assert held() == {("S02 2026", "Ajain", 1, "Weber"), ("S03 2026", "Ajain", 1, "Weber")}


def test_helper_columns_and_rows_are_left_aside(tmp_path, centres, doctors):
    rows = [
        ["Semaine", "Commentaires", "Ajain", "", "Total"],
        ["S02", "vacances", "Weber", "", "1"],
        [],
        ["Semaine", "Commentaires", "Ajain", "", "Total"],
        ["Total", "", "1", "", "1"],
        ["* sous réserve"],
    ]
    assert send(tmp_path, *rows).out == ["fermetures=0 (0 nouvelle)", "created=1 updated=0 unchanged=0 rejected=0"]


def test_a_column_of_an_unknown_centre_is_refused_once(tmp_path, centres, doctors):
    rows = [
        ["Semaine", "Ajain", "Guéret", "Vide", ""],
        ["S2", "Weber", "Petit", "", ""],
        ["S3", "", "Roy", "", "Petit"],
    ]
    assert send(tmp_path, *rows).out == [
        "C1\u00a0: «\u00a0Guéret\u00a0»\u00a0: centre inconnu\u00a0: la colonne est laissée de côté",
        "E1\u00a0: colonne sans en-tête\u00a0: la colonne est laissée de côté",
        "fermetures=0 (0 nouvelle)",
        "created=1 updated=0 unchanged=0 rejected=2",
    ]


def test_a_place_named_twice_is_refused_the_second_time(tmp_path, centres, doctors):
    outcome = send(tmp_path, ["Semaine", "Nièvre (2)", "Nièvre 2"], ["S2", "Weber", "Petit"])
    assert (outcome.refused, held()) == (["C1"], {("S02 2026", "Nièvre", 2, "Weber")})


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("S53", "2027 n’a pas de semaine 53"),
        ("2026-S53", "cette semaine est de 2026, le fichier est lu pour 2027"),
        ("bientôt", "semaine illisible\u00a0: ce n’est pas une date (jour/mois/année)"),
        ("", "semaine non indiquée"),
        ("S1", "la semaine S1 est déjà à la ligne 2"),
    ],
)
def test_the_cells_of_a_row_without_a_week_of_its_own_are_refused(label, why, tmp_path, centres, doctors):
    rows = [["Semaine", "Ajain", "Nièvre"], ["S1", "Weber", ""], [label, "Petit", "?"]]
    outcome = send(tmp_path, *rows, year=2027)
    assert outcome.out[0] == f"B3\u00a0: «\u00a0Petit\u00a0»\u00a0: {why}"
    assert outcome.last == "created=1 updated=0 unchanged=0 rejected=1"


REFUSED = [
    ("Dr Inconnu", "ce nom n’est pas dans l’annuaire des médecins"),
    ("Weber / Petit", "deux noms dans une cellule\u00a0: gardez-en un"),
    ("#REF!", "erreur de formule"),
    ("12", "ce n’est pas un nom lisible"),
]


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_a_cell_is_refused_by_its_address(typed, why, tmp_path, centres, doctors):
    outcome = send(tmp_path, ["Semaine", "Ajain"], ["S2", typed])
    assert outcome.out[0] == f"B2\u00a0: «\u00a0{typed}\u00a0»\u00a0: {why}"
    assert outcome.last == "created=0 updated=0 unchanged=0 rejected=1"


def test_an_ambiguous_surname_is_refused_and_its_place_stays_open(tmp_path, centres, doctors):
    send(tmp_path, ["Semaine", "Ajain"], ["S2", "Dr Roy"])
    assert Slot.objects.open().filter(monday=weeks.week_of(2026, 2), centre__name="Ajain").count() == 1


@pytest.mark.parametrize("value", [datetime(2026, 1, 5), 3, True, "=A1", "=1/0"])
def test_numbers_dates_and_formulas_without_value_are_refused(value, tmp_path, centres, doctors):
    rows = [["Semaine", "Ajain"], ["S2", "Dr Weber"], ["S3", value]]
    outcome = run("import_rota", workbook(tmp_path / "p.xlsx", rows), "--year", 2026)
    assert (outcome.refused, outcome.last) == (["B3"], "created=1 updated=0 unchanged=0 rejected=1")


def test_a_place_that_the_centre_does_not_have_is_refused(tmp_path, centres, doctors):
    outcome = send(tmp_path, ["Semaine", "Ajain", "Ajain (2)"], ["S2", "Weber", "Petit"], ["S3", "", "?"])
    assert outcome.out[0] == "C2\u00a0: «\u00a0Petit\u00a0»\u00a0: Ajain n’a que 1 place cette semaine-là"


def test_a_week_before_the_opening_is_refused_and_its_closure_has_no_effect(tmp_path, centres, doctors):
    rows = [["Semaine", "Ajain"], ["S2", "Weber"], ["S3", "fermé"], ["S10", "Petit"]]
    outcome = send(tmp_path, *rows, year=2024)
    why = "Ajain n’est pas encore ouvert cette semaine-là (ouverture le 04/03/2024)"
    assert outcome.out == [
        f"B2\u00a0: «\u00a0Weber\u00a0»\u00a0: {why}",
        f"remarque\u00a0: B3\u00a0: fermeture sans effet\u00a0: {why}",
        "fermetures=0 (0 nouvelle)",
        "created=1 updated=0 unchanged=0 rejected=1",
    ]


def test_a_closure_that_only_one_place_says_is_refused(tmp_path, centres, doctors):
    rows = [
        ["Semaine", "Nièvre (1)", "Nièvre (2)"],
        ["S2", "FERMÉ", "Weber"],
        ["S3", "fermé", ""],
        ["S4", "fermé", "Fermé"],
    ]
    outcome = send(tmp_path, *rows)
    assert (outcome.refused, outcome.last) == (["B2", "B3"], "created=1 updated=0 unchanged=0 rejected=2")
    assert list(Closure.objects.values_list("monday", flat=True)) == [weeks.week_of(2026, 4)]


def test_notes_and_proposals_are_kept(tmp_path, centres, doctors):
    send(tmp_path, ["Semaine", "Ajain"], ["S2", "Weber   (à confirmer) (arrive dimanche soir)"])
    found = Assignment.objects.values_list("state", "note", "option_expires_at").get()
    assert found == ("option", "arrive dimanche soir", None)


def test_a_note_about_a_patient_is_dropped_said_and_not_printed(tmp_path, centres, doctors):
    rows = [["Semaine", "Ajain"], ["S2", "Weber (patiente Mme Blanc)"], ["S3", "Inconnu (né le 12/03/1950)"]]
    assert send(tmp_path, *rows).out[:2] == [
        "B3\u00a0: «\u00a0(masqué)\u00a0»\u00a0: ce nom n’est pas dans l’annuaire des médecins",
        "remarque\u00a0: B2\u00a0: note non gardée\u00a0: ce texte ressemble à des données de patient",
    ]
    assert Assignment.objects.get().note == ""


def test_every_week_of_the_file_has_its_places_and_no_other(tmp_path, centres):
    send(tmp_path, ["Semaine", "Nièvre"], ["S2", ""], ["S5", "?"])
    found = Slot.objects.filter(centre__name="Nièvre").order_by("monday", "place").values_list("monday", "place")
    assert list(found) == [(weeks.week_of(2026, n), place) for n in (2, 5) for place in (1, 2)]


@pytest.mark.parametrize("year", ["", "26", "abc", "1850", "20260"])
def test_a_wrong_year_gives_one_line(year, tmp_path, centres):
    outcome = send(tmp_path, ["Semaine", "Ajain"], ["S2", ""], year=year)
    assert (outcome.code, outcome.out, len(outcome.err)) == (1, [], 1)


UNREADABLE = {
    "no centre is named": (
        [["Semaine", "Guéret"], ["S2", "Weber"]],
        "aucune ligne d’en-tête ne nomme un centre de Relais",
    ),
    "no column holds weeks": ([["Ajain", "Nièvre"], ["Weber", ""]], "colonne manquante\u00a0: Semaine"),
    "it is blank": ([[], ["", ""]], "le fichier est vide"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_cannot_be_read_when(name, tmp_path, centres):
    rows, why = UNREADABLE[name]
    before = dump()
    outcome = send(tmp_path, *rows)
    assert (outcome.code, outcome.out, len(outcome.err), dump()) == (1, [], 1, before)
    assert outcome.err[0].startswith(f"p.csv\u00a0: {why}")


def test_a_title_of_another_year_is_said(tmp_path, centres, doctors):
    rows = [["Planning 2026, mis à jour le 3/11/2027"], ["Semaine", "Ajain"], ["S53", "Weber"], ["S2", "Petit"]]
    assert send(tmp_path, *rows, year=2027).out == [
        "B3\u00a0: «\u00a0Weber\u00a0»\u00a0: 2027 n’a pas de semaine 53",
        "remarque\u00a0: A2\u00a0: le titre dit 2026, le fichier est lu pour 2027",
        "fermetures=0 (0 nouvelle)",
        "created=1 updated=0 unchanged=0 rejected=1",
    ]


def test_a_list_of_centres_is_no_rota():
    with_doctors_and_centres()
    before = dump()
    outcome = run("import_rota", DATA / "centres.csv", "--year", 2026)
    assert (outcome.code, outcome.out, len(outcome.err), dump()) == (1, [], 1, before)


def test_without_any_centre_the_line_says_what_to_do(tmp_path):
    outcome = send(tmp_path, ["Semaine", "Ajain"], ["S2", "Weber"])
    assert outcome.err == ["p.csv\u00a0: Relais n’a encore aucun centre\u00a0: importez d’abord les centres."]


def test_a_sheet_whose_formatting_reaches_its_last_cell_is_read(tmp_path, centres, doctors):
    path = workbook(tmp_path / "p.xlsx", [["Semaine", "Ajain"], ["S2", "Weber"]])
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(path)
    assert run("import_rota", path, "--year", 2026).last == "created=1 updated=0 unchanged=0 rejected=0"


def test_eligibility_is_not_judged(tmp_path, centres, doctors):
    late = doctors[0]
    late.joined_on = weeks.today() + timedelta(days=900)
    late.save()
    assert send(tmp_path, ["Semaine", "Ajain"], ["S2", "Weber"]).last.startswith("created=1")
