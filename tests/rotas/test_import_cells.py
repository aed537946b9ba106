"""What one cell of the charity's rota says."""

from datetime import date, datetime

import pytest

from directory.imports.reports import BadValue
from rotas.imports.cells import Cell, Kind, read_cell
from rotas.imports.week_labels import is_week, read_week

OPEN = [
    "",
    None,
    "?",
    "??",
    " ? ",
    "-",
    "–",
    "—",
    "--",
    "…",
    "à pourvoir",
    "A POURVOIR",
    "a pourvoir ?",
    "libre",
    "Vacant",
]
CLOSED = [
    ("FERMÉ", ""),
    ("fermé", ""),
    ("Fermé.", ""),
    ("ferme", ""),
    ("FERME", ""),
    ("Fermeture", ""),
    ("Fermeture annuelle", "Fermeture annuelle"),
    ("FERMETURE ANNUELLE", "Fermeture annuelle"),
    ("Fermeture (travaux)", "Travaux"),
    ("Centre fermé (fêtes)", "Fêtes"),
    ("Fermé pour travaux", "Fermé pour travaux"),
]
HELD = [
    ("Dr Paul Roy", False, ""),
    ("  Dr Paul Roy  ", False, ""),
    ("Dr\u00a0Paul\u202fRoy", False, ""),
    ("Dr Paul Roy (avec son chien)", False, "avec son chien"),
    ("Dr Paul Roy [vient en train] (chambre 2)", False, "vient en train, chambre 2"),
    ("Dr Paul Roy (avec son chien", False, "avec son chien"),
    ("Dr Paul Roy ?", True, ""),
    ("Dr Paul Roy??", True, ""),
    ("Dr Paul Roy (?)", True, ""),
    ("Dr Paul Roy ? (avec son chien)", True, "avec son chien"),
    ("Dr Paul Roy (avec son chien) ?", True, "avec son chien"),
    ("Dr Paul Roy   (à confirmer)", True, ""),
    ("Dr Paul Roy (A CONFIRMER) (arrive dimanche soir)", True, "arrive dimanche soir"),
    ("Dr Paul Roy à confirmer", True, ""),
    ("Dr Paul Roy - a confirmer", True, ""),
    ("Dr Paul Roy   - option", True, ""),
    ("Dr Paul Roy -option", True, ""),
    ("Dr Paul Roy – Option", True, ""),
    ("Dr Paul Roy (option)", True, ""),
    ("Dr Paul Roy option", True, ""),
    ("Dr Paul Roy, en option", True, ""),
    ("Dr Paul Roy opt.", True, ""),
    ("Dr Paul Roy - option ?", True, ""),
]
BAD = [
    (12, "ce n’est pas un nom"),
    (True, "ce n’est pas un nom"),
    (datetime(2026, 1, 5), "ce n’est pas un nom"),
    ("#REF!", "erreur de formule"),
    ("(option)", "proposé, mais sans nom"),
    ("fermé ?", "fermeture incertaine\u00a0: écrivez «\u00a0fermé\u00a0», ou laissez la place à pourvoir"),
    ("FERMÉ (à confirmer)", "fermeture incertaine\u00a0: écrivez «\u00a0fermé\u00a0», ou laissez la place à pourvoir"),
]


@pytest.mark.parametrize("typed", OPEN)
def test_an_open_place(typed):
    assert read_cell(typed) == Cell(Kind.OPEN)


@pytest.mark.parametrize(("typed", "reason"), CLOSED)
def test_a_closed_place(typed, reason):
    assert read_cell(typed) == Cell(Kind.CLOSED, note=reason)


@pytest.mark.parametrize(("typed", "proposed", "note"), HELD)
def test_a_held_place(typed, proposed, note):
    assert read_cell(typed) == Cell(Kind.HELD, "Dr Paul Roy", proposed, note)


@pytest.mark.parametrize("typed", ["Dr Ferme", "Ferme Jean", "Dr Libre", "Dr Chopt", "Dr Anne-Option"])
def test_names_that_look_like_a_word_of_the_rota_stay_names(typed):
    assert read_cell(typed).kind is Kind.HELD


@pytest.mark.parametrize(("typed", "why"), BAD)
def test_a_cell_that_says_nothing_sure_is_refused(typed, why):
    with pytest.raises(BadValue) as refusal:
        read_cell(typed)
    assert str(refusal.value) == why


def test_a_note_that_looks_like_a_patient_is_dropped_and_said():
    cell = read_cell("Dr Paul Roy (voir Mme Martin née le 12/03/1950)")
    assert (cell.note, cell.lost) == ("", "note non gardée\u00a0: ce texte ressemble à des données de patient")


def test_a_note_too_long_is_cut_and_said():
    cell = read_cell(f"Dr Paul Roy ({'a' * 300})")
    assert (len(cell.note), cell.lost) == (280, "note coupée (280 caractères au plus)")


def test_a_note_without_a_doctor_is_said():
    assert read_cell("? (cherche encore)") == Cell(Kind.OPEN, lost="note sans médecin, non gardée")


WEEKS = [
    *(
        "S01",
        "s1",
        "S 01",
        "1",
        "01",
        "1.0",
        1,
        1.0,
        "Semaine 1",
        "sem. 1",
        "S.1",
        "n°1",
        "2026-S01",
        "2026-W01",
        "2026 S1",
    ),
    *("S1 2026", "S01-2026", "S01 (29/12 - 03/01)", "S01 - 29/12 au 03/01", "S1 du 29/12 au 3/1"),
    *("29/12/2025", "01/01/2026", "2026-01-01", "1er janvier 2026", "lundi 29 décembre 2025", "29/12/25"),
    *(datetime(2025, 12, 29), date(2026, 1, 4)),
]
NO_WEEKS = [
    ("S54", "2026 n’a pas de semaine 54"),
    (0, "2026 n’a pas de semaine 0"),
    ("2025-S52", "cette semaine est de 2025, le fichier est lu pour 2026"),
    ("S01 2027", "cette semaine est de 2027, le fichier est lu pour 2026"),
    ("04/01/2027", "cette date est en S01 2027, le fichier est lu pour 2026"),
    (datetime(2025, 12, 28), "cette date est en S52 2025, le fichier est lu pour 2026"),
    ("31/02/2026", "semaine illisible\u00a0: cette date n’existe pas"),
    ("janvier", "semaine illisible\u00a0: ce n’est pas une date (jour/mois/année)"),
    ("01/2026", "semaine illisible\u00a0: ce n’est pas une date (jour/mois/année)"),
    ("", "semaine non indiquée"),
    (None, "semaine non indiquée"),
    (True, "semaine illisible"),
]


@pytest.mark.parametrize("typed", WEEKS, ids=str)
def test_the_first_week_of_2026_is_written_in_many_ways(typed):
    assert (read_week(typed, 2026), is_week(typed)) == (date(2025, 12, 29), True)


@pytest.mark.parametrize(("typed", "why"), NO_WEEKS, ids=str)
def test_a_row_of_another_year_or_of_no_week_is_refused(typed, why):
    with pytest.raises(BadValue) as refusal:
        read_week(typed, 2026)
    assert str(refusal.value) == why


def test_only_long_years_have_53_weeks():
    assert read_week("S53", 2026) == date(2026, 12, 28)
    with pytest.raises(BadValue, match="2027 n’a pas de semaine 53"):
        read_week("S53", 2027)


def test_a_reason_that_looks_like_patient_data_is_dropped_and_said():
    cell = read_cell("Fermé pour le patient Jean Dupont né le 01/02/1950")
    assert (cell.kind, cell.note, cell.lost.startswith("raison non gardée")) == (Kind.CLOSED, "", True)
