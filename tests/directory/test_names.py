"""Names as people write them."""

import pytest

from directory import names


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("D'Œuvre-Été", "d oeuvre ete"),
        ("  LEFÈVRE  ", "lefevre"),
        ("Lefe\u0300vre", "lefevre"),
        ("Charenton-du-Cher", "charenton du cher"),
        ("Ægidius\u00a0Ça", "aegidius ca"),
        ("N° 2", "n 2"),
        ("?", ""),
    ],
)
def test_a_name_is_folded_to_plain_letters(typed, folded):
    assert names.fold(typed) == folded


@pytest.mark.parametrize("typed", ["Dr Weber", "Docteur Weber", "dre. Weber", "Pr. Dr Weber", "Mme Weber", "Weber"])
def test_a_title_is_taken_off(typed):
    assert names.without_title(typed) == "Weber"


@pytest.mark.parametrize("typed", ["Drouet", "Prévost", "Marie", "Merle"])
def test_a_name_that_starts_like_a_title_stays_whole(typed):
    assert names.without_title(typed) == typed


def test_a_key_forgets_case_accents_title_and_order():
    assert names.key("Dr Éloïse de LA TOUR") == names.key("De la Tour Eloise") == ("de", "eloise", "la", "tour")


def test_names_are_sorted_as_a_french_reader_expects():
    people = [("Zola", "Émile"), ("d’Alès", "Ève"), ("Éon", "Luc"), ("Dumas", "Anne"), ("Dumas", "Abel")]
    ordered = sorted(people, key=lambda person: names.sort_key(*person))
    assert ordered == [("d’Alès", "Ève"), ("Dumas", "Abel"), ("Dumas", "Anne"), ("Éon", "Luc"), ("Zola", "Émile")]
