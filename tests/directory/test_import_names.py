"""Which doctor a written name means: found whatever its order and case, never guessed."""

import pytest

from directory.imports.doctor_names import TWO_NAMES, DoctorNames
from directory.imports.reports import BadValue
from directory.models import Doctor

PEOPLE = [
    ("Weber", "Jean"),
    ("Le Gall", "Anne"),
    ("de La Tour", "Éloïse"),
    ("Dos Santos", "Maggie"),
    ("D’Œuvre", "Zoé"),
    ("Martin", "Jean-Pierre"),
    ("Martin", "Paul"),
    ("Martin", "Marie"),
    ("Jean", "Sophie"),
    ("Marie", "Henri"),
    ("Marie", "Jean"),
    ("Paul", "Martin"),
    ("Clerc", "Anne"),
    ("Clerc", "Anne"),
    ("Petit-Roy", "Luc"),
    ("Roy", "Luc"),
]
FOUND = [
    ("Dr Weber", "Jean Weber"),
    ("WEBER", "Jean Weber"),
    ("Docteur Jean WEBER", "Jean Weber"),
    ("weber jean", "Jean Weber"),
    ("Dre. Weber", "Jean Weber"),
    ("Weber Jean, Dr", "Jean Weber"),
    ("WEBER, Jean", "Jean Weber"),
    ("Marie, Jean", "Jean Marie"),
    ("Dr Jean", "Sophie Jean"),
    ("M. Weber", "Jean Weber"),
    ("J. Weber", "Jean Weber"),
    ("Weber J.", "Jean Weber"),
    ("Dr Le Gall", "Anne Le Gall"),
    ("LE GALL Anne", "Anne Le Gall"),
    ("de la tour", "Éloïse de La Tour"),
    ("Dr Eloise DE LA TOUR", "Éloïse de La Tour"),
    ("dos santos", "Maggie Dos Santos"),
    ("D'oeuvre", "Zoé D’Œuvre"),
    ("Zoe D\u2019OEUVRE", "Zoé D’Œuvre"),
    ("Jean Pierre Martin", "Jean-Pierre Martin"),
    ("J.-P. Martin", "Jean-Pierre Martin"),
    ("J. Martin", "Jean-Pierre Martin"),
    ("M. Martin", "Marie Martin"),
    ("Petit Roy", "Luc Petit-Roy"),
    ("Dr Roy", "Luc Roy"),
    ("Luc Petit - Roy", "Luc Petit-Roy"),
    ("Sophie\nJEAN", "Sophie Jean"),
]
UNKNOWN = ["Dr Inconnu", "Henri", "Dr Tour", "Gall", "Dr M. Weber", "P. Weber", "x", "Dr", "Weber Jean Luc", "Sophie"]
SEVERAL = ["Dr Martin", "Anne Clerc", "Paul Martin", "Dr Clerc", "Dr Marie"]
TWO = [
    "Dr Weber / Dr Roy",
    "Weber puis Roy",
    "Weber et Roy",
    "Weber ou Roy",
    "Weber + Roy",
    "Weber & Roy",
    "Weber; Roy",
]
TWO += ["Dr Weber Dr Roy", "Weber, Roy", "Weber - Roy", "Weber\nRoy", "Jean / Marie", "Jean, Marie"]


@pytest.fixture(scope="module")
def people():
    return DoctorNames(Doctor(pk=n, last_name=last, first_name=first) for n, (last, first) in enumerate(PEOPLE))


@pytest.mark.parametrize(("typed", "name"), FOUND)
def test_one_doctor_is_found(typed, name, people):
    assert people.find(typed).full_name == name


@pytest.mark.parametrize("typed", UNKNOWN)
def test_nobody_is_guessed(typed, people):
    with pytest.raises(BadValue, match="ce nom n’est pas dans l’annuaire"):
        people.find(typed)


@pytest.mark.parametrize("typed", SEVERAL)
def test_several_possible_doctors_are_refused(typed, people):
    with pytest.raises(BadValue, match="plusieurs médecins possibles"):
        people.find(typed)


@pytest.mark.parametrize("typed", TWO)
def test_two_names_in_a_cell_are_refused(typed, people):
    with pytest.raises(BadValue) as refusal:
        people.find(typed)
    assert str(refusal.value) == TWO_NAMES


@pytest.mark.parametrize("typed", ["? Weber", "Weber ! Roy", "*", "12", "Weber : lundi"])
def test_what_is_no_name_is_refused(typed, people):
    with pytest.raises(BadValue, match="ce n’est pas un nom lisible"):
        people.find(typed)
