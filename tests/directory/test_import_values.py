"""Cells as people type them."""

from datetime import date, datetime

import pytest

from directory.imports import values
from directory.imports.doctors import read_rpps
from directory.imports.reports import BadValue

FIFTH = date(2022, 10, 5)
DATES = [
    *("05/10/22", "05/10/2022", "5/10/22", "05-10-2022", "05.10.2022", "2022-10-05", "2022/10/05", "20221005"),
    *(
        "5 octobre 2022",
        "5 oct. 2022",
        "5 OCTOBRE 22",
        "mercredi 5 octobre 2022",
        "le 5 octobre 2022",
        "Mer. 05/10/2022",
    ),
    *("05/10/2022 00:00:00", "2022-10-05T08:30", "\u00a005/10/2022 ", "44839", 44839, 44839.0),
    *(datetime(2022, 10, 5), date(2022, 10, 5)),
]
NO_DATES = ["31/02/2024", "29/02/2023", "05/13/2024", "00/10/2022", "octobre 2022", "2022", "1/2", "5 brumaire 2022"]
NO_DATES += ["05/10/0022", "32 octobre 2022", "10-05-20222", datetime(1899, 12, 31), "05/10"]


@pytest.mark.parametrize("typed", DATES, ids=str)
def test_a_date_is_read(typed):
    assert values.read_date(typed) == FIFTH


@pytest.mark.parametrize("typed", NO_DATES, ids=str)
def test_an_impossible_date_is_refused(typed):
    with pytest.raises(BadValue):
        values.read_date(typed)


@pytest.mark.parametrize("typed", [None, "", " ", "-", "?", "inconnue", "N/A", "nc"])
def test_a_blank_is_no_date(typed):
    assert values.read_date(typed) is None


def test_months_are_known_by_name_and_abbreviation():
    words = ["janv.", "févr.", "mars", "avril", "Mai", "juin", "juil.", "août", "sept", "octobre", "NOV", "décembre"]
    assert [values.read_date(f"1er {word} 2026").month for word in words] == list(range(1, 13))


def test_two_digit_years_are_of_this_century_up_to_69():
    assert [values.read_date(f"01/01/{year}").year for year in ("00", "26", "69", "70", "98")] == [
        *(2000, 2026, 2069),
        *(1970, 1998),
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0639983170", "06 39 98 31 70"),
        ("06.39.98.31.70", "06 39 98 31 70"),
        ("+33 6 39 98 31 70", "06 39 98 31 70"),
        ("+33 (0)6 39 98 31 70", "06 39 98 31 70"),
        ("0033639983170", "06 39 98 31 70"),
        (639983170, "06 39 98 31 70"),
        (33639983170.0, "06 39 98 31 70"),
        ("+32 2 555 12 12", "+32 2 555 12 12"),
        ("demander à l’accueil", ""),
        ("poste 12", "poste 12"),
        ("01 99 00 10 39 / 06 39 98 31 70", "01 99 00 10 39"),
        ("-", ""),
        (None, ""),
    ],
)
def test_a_phone_is_shown_normalised_or_kept_as_typed(typed, kept):
    assert values.read_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["A.Roy@Example.ORG", " a.roy@example.org ", "mailto:a.roy@example.org", "<a.roy@example.org>"]
)
def test_an_address_is_read(typed):
    assert values.read_email(typed) == "a.roy@example.org"


@pytest.mark.parametrize("typed", ["a.roy", "a roy@example.org", "a.roy@", "a@b.fr; c@d.fr", "a.roy chez example.org"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(BadValue):
        values.read_email(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *((word, True) for word in ["oui", "OUI", "o", "x", "X", "1", 1, 1.0, True, "Vrai", "oui (Clio)", "✓"]),
        *((word, False) for word in ["non", "N", "0", 0, False, "faux", "sans"]),
        *((word, None) for word in ["", None, "?", "peut-être", "2"]),
    ],
    ids=str,
)
def test_yes_and_no_have_many_words(typed, read):
    assert values.read_yes_no(typed) is read


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        *((word, "self_employed") for word in ["libéral", "Libérale", "LIBERAL(E)", "médecin libéral", "Installée"]),
        *((word, "locum") for word in ["remplaçant", "REMPLACANTE", "Remplaçant(e)", "remplaçant libéral"]),
        *((word, "retired") for word in ["retraité actif", "Retraitée", "retraité(e)", "retraité remplaçant"]),
        *((word, "employee") for word in ["Salarié", "salariée", "Praticien hospitalier", "hospitalière"]),
        *((word, "unknown") for word in ["", None, "autre", "?"]),
    ],
)
def test_statuses_have_many_words(typed, status):
    assert values.read_status(typed) == status


def typed_rpps() -> list:
    spaced = ["10 786 907 369", "10.786.907.369", "1078690 7369", "\u00a010786907369\u00a0", "810786907369"]
    return [*spaced, 10786907369, 10786907369.0, "10786907369.0", "'10786907369", "RPPS : 10786907369"]


@pytest.mark.parametrize("typed", typed_rpps(), ids=str)
def test_an_rpps_is_read_as_it_is_typed(typed):
    assert read_rpps(typed) == "10786907369"


@pytest.mark.parametrize("typed", ["10786907368", "1078690736", "1,07869E+10", "1078690736９", "abc", "", None, "-"])
def test_what_is_no_rpps_is_refused(typed):
    with pytest.raises(BadValue):
        read_rpps(typed)
