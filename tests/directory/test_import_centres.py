"""The list of centres: each with its places a week since the Monday of its opening week."""

from datetime import date, timedelta

import pytest

from directory import weeks
from directory.models import Capacity, Centre, PublicStamp
from rotas.models import Assignment, Slot
from tests.factories.directory import CapacityFactory, CentreFactory
from tests.factories.rotas import AssignmentFactory
from tests.tables import DATA, dump, rows_of, run, text_file, workbook

pytestmark = pytest.mark.django_db
HEADINGS = ["Centre", "Commune", "Département", "Date d'ouverture", "Médecins par semaine", "Téléphone", "Code postal"]
AJAIN = ["Ajain", "Ajain", "23", "31/10/2022", "1", "05 53 01 94 71", "23380"]


def one(tmp_path, *rows, headings=HEADINGS, options=()):
    """Import rows of a list."""
    return run("import_centres", text_file(tmp_path / "c.csv", [headings, *rows]), *options)


def but(**changed) -> list[str]:
    """Ajain's row with other cells, by their place in the row (`c4="2"`)."""
    return [changed.get(f"c{i}", cell) for i, cell in enumerate(AJAIN)]


def test_a_centre_has_its_capacity_since_its_opening_week(tmp_path):
    one(tmp_path, ["Nièvre", "", "58", "03/04/2024", "2", "0033465718870", "58000"])
    centre = Centre.objects.get()
    assert (centre.name, centre.slug, centre.commune, centre.department) == ("Nièvre", "nievre", None, "58")
    assert (centre.phone, centre.phase) == ("04 65 71 88 70", "operation")
    assert Capacity.objects.values_list("since", "required", "wanted").get() == (date(2024, 4, 1), 2, 0)


def test_the_places_of_the_coming_weeks_are_made_at_once(tmp_path, monday):
    one(tmp_path, but(c4="2"))
    assert Slot.objects.in_week(monday).count() == Slot.objects.in_week(monday + 104 * weeks.WEEK).count() == 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_and_order_of_columns_give_the_same(separator, tmp_path):
    run("import_centres", DATA / "centres.csv")
    first = dump(keys=False)["directory.centre"]
    run("undo_import")
    rows = [["Nos centres"], [], *(row[::-1] for row in rows_of("centres.csv"))]
    run("import_centres", text_file(tmp_path / "c.csv", rows, separator=separator))
    assert dump(keys=False)["directory.centre"] == first


HEADING_WORDS = [
    ["Nom du centre", "Ville", "Dept", "Ouverture", "Places", "Tél", "CP"],
    ["CENTRE", "commune", "DEPARTEMENT", "Ouvert le", "Nb médecins", "téléphone", "code postal"],
    ["Nom", "Commune", "dpt", "date_ouverture", "Médecins/semaine", "Tel.", "C.P."],
]


@pytest.mark.parametrize("headings", HEADING_WORDS, ids=lambda words: words[0])
def test_headings_are_known_by_their_usual_words(headings, tmp_path):
    one(tmp_path, but(c4="2"), headings=headings)
    found = Centre.objects.values_list("commune", "opened_on", "phone", "postcode", "capacities__required").get()
    assert found == ("Ajain", date(2022, 10, 31), "05 53 01 94 71", "23380", 2)


def test_numbers_of_a_workbook_keep_their_leading_zero(tmp_path):
    run(
        "import_centres", workbook(tmp_path / "c.xlsx", [HEADINGS, ["Digne", None, 4, date(2025, 9, 1), 1, None, 4000]])
    )
    assert Centre.objects.values_list("department", "postcode").get() == ("04", "04000")


@pytest.mark.parametrize(
    ("typed", "code"), [("4", "04"), ("2a", "2A"), ("23 - Creuse", "23"), ("Creuse", "23"), ("974", "974")]
)
def test_departments_are_codes(typed, code, tmp_path):
    one(tmp_path, but(c2=typed))
    assert Centre.objects.get().department == code


REFUSED = [
    ({"c0": "-"}, "le nom du centre manque"),
    ({"c2": "20"}, "«\u00a020\u00a0»\u00a0: ce n’est pas un département"),
    ({"c2": "99"}, "«\u00a099\u00a0»\u00a0: ce n’est pas un département"),
    ({"c2": ""}, "le département manque"),
    ({"c3": "31/02/2024"}, "«\u00a031/02/2024\u00a0»\u00a0: cette date n’existe pas"),
    ({"c3": ""}, "la date d’ouverture manque"),
    ({"c4": "1 ou 2"}, "«\u00a01 ou 2\u00a0»\u00a0: le nombre de médecins par semaine va de 1 à 9"),
]


@pytest.mark.parametrize(("changed", "why"), REFUSED, ids=lambda value: str(value)[:12])
def test_a_row_is_refused_with_its_reason(changed, why, tmp_path):
    outcome = one(tmp_path, but(**changed))
    assert (outcome.last, outcome.refused) == ("created=0 updated=0 unchanged=0 rejected=1", ["ligne 2"])
    assert outcome.out[0].endswith(why)


def test_a_blank_number_of_places_is_one(tmp_path):
    one(tmp_path, but(c4=""))
    assert Capacity.objects.get().required == 1


def test_a_phone_or_a_postcode_never_refuses_a_row(tmp_path):
    assert one(tmp_path, but(c5="demander à la mairie", c6="inconnu")).last.startswith("created=1")
    assert Centre.objects.values_list("phone", "postcode").get() == ("", "")


def test_the_same_centre_is_known_without_case_accents_and_hyphens(tmp_path):
    CentreFactory(name="Bellegarde-en-Marche", slug="b", phone="", department="23", opened_on=date(2023, 6, 5))
    rows = [["BELLEGARDE EN MARCHE", "", "23", "05/06/2023", "1", "05 53 01 94 71", ""]]
    assert one(tmp_path, *rows).last == "created=0 updated=1 unchanged=0 rejected=0"
    assert Centre.objects.values_list("name", "phone").get() == ("Bellegarde-en-Marche", "05 53 01 94 71")


def test_a_centre_met_again_in_the_file_only_fills_blanks(tmp_path):
    assert one(tmp_path, but(c5=""), but(c1="Guéret", c4="2")).last == "created=1 updated=1 unchanged=0 rejected=0"
    assert Centre.objects.values_list("commune", "capacities__required").get() == ("Ajain", 1)


def test_what_differs_is_said_and_kept(tmp_path):
    one(tmp_path, AJAIN)
    before = dump()
    outcome = one(tmp_path, but(c1="Guéret", c4="2"))
    assert outcome.out[0] == (
        "différent\u00a0: ligne 2\u00a0: commune\u00a0: «\u00a0Guéret\u00a0» dans le fichier, "
        "«\u00a0Ajain\u00a0» dans Relais\u202f; médecins par semaine\u00a0: 2 dans le fichier, 1 dans Relais"
    )
    assert (outcome.last, dump()) == ("created=0 updated=0 unchanged=0 rejected=0", before)


def test_another_number_of_places_applies_from_this_week_on_and_is_undone(tmp_path, monday):
    one(tmp_path, AJAIN)
    before = dump()
    one(tmp_path, but(c4="2"), options=["--apply-differences"])
    assert list(Capacity.objects.order_by("since").values_list("since", "required"))[1:] == [(monday, 2)]
    assert Slot.objects.in_week(monday).count() == 2
    run("undo_import")
    assert dump() == before


def test_fewer_places_come_back_with_the_undo(tmp_path):
    one(tmp_path, but(c4="2"))
    before = dump()
    one(tmp_path, AJAIN, options=["--apply-differences"])
    assert Slot.objects.filter(place=2, monday__gt=weeks.today()).count() == 0
    run("undo_import")
    assert dump() == before


def test_an_opening_put_off_moves_the_first_capacity(tmp_path, monday):
    one(tmp_path, AJAIN)
    later = monday + timedelta(days=30)
    one(tmp_path, but(c3=f"{later:%d/%m/%Y}"), options=["--apply-differences"])
    assert Capacity.objects.get().since == weeks.monday_of(later)
    assert Slot.objects.filter(monday__lt=weeks.monday_of(later), monday__gt=weeks.today()).count() == 0


def test_a_capacity_set_by_hand_is_not_undone_by_the_same_file(tmp_path, monday):
    one(tmp_path, AJAIN)
    CapacityFactory(centre=Centre.objects.get(), since=monday - 5200 * weeks.WEEK, required=3)
    assert one(tmp_path, AJAIN).last == "created=0 updated=0 unchanged=1 rejected=0"


def test_visitors_see_new_centres_at_once(tmp_path):
    one(tmp_path, AJAIN)
    stamp = PublicStamp.objects.get().value
    one(tmp_path, but(c1="Guéret"), options=["--apply-differences"])
    assert PublicStamp.objects.get().value > stamp


def test_undo_is_refused_while_somebody_works_there(tmp_path):
    one(tmp_path, AJAIN)
    AssignmentFactory(slot=Slot.objects.first())
    before = dump()
    outcome = run("undo_import")
    assert (outcome.code, outcome.err[1:], dump()) == (
        1,
        [f"affectation «\u00a0{Assignment.objects.get()}\u00a0» s’y rattache désormais"],
        before,
    )
