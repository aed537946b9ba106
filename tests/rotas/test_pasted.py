"""Names pasted from a spreadsheet: one doctor each, or a sentence."""

import pytest

from rotas.pasted import doctors_named
from tests.factories.directory import DoctorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gallet(db):
    for first_name, last_name in (("Jean", "Petit"), ("Luc", "Petit"), ("Jean-Paul", "Petitjean")):
        DoctorFactory(first_name=first_name, last_name=last_name)
    return DoctorFactory(first_name="Jean-Paul", last_name="Gallét")


@pytest.mark.parametrize(
    "text", ["Dr Jean-Paul Gallet", "GALLET Jean Paul", "J.-P. Gallet", "gallét", "  docteur  Gallet  j "]
)
def test_a_name_in_any_writing_finds_its_doctor(text, gallet):
    assert doctors_named([text]) == {text: gallet}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Petit", "Plusieurs médecins répondent à «\u00a0Petit\u00a0» : écrivez le prénom et le nom."),
        ("Gallet Luc", "Aucun médecin ne s’appelle «\u00a0Gallet Luc\u00a0» : vérifiez le nom."),
        ("J", "Aucun médecin ne s’appelle «\u00a0J\u00a0» : vérifiez le nom."),
        ("%", "Aucun médecin ne s’appelle «\u00a0%\u00a0» : vérifiez le nom."),
    ],
)
def test_what_names_nobody_or_several_is_said(text, why, gallet):
    assert doctors_named([text]) == {text: why.replace(" : ", "\u00a0: ")}


def test_a_whole_name_wins_over_longer_ones(gallet):
    jean = DoctorFactory(first_name="Anne", last_name="Gallet")
    DoctorFactory(first_name="Anne Lise", last_name="Gallet")
    assert doctors_named(["Anne Gallet"]) == {"Anne Gallet": jean}


def test_one_query_for_many_names(gallet, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = doctors_named([f"Nom {i}" for i in range(58)] + ["Gallet", "x" * 10_000])
    assert found["Gallet"] == gallet
