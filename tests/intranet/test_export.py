"""The rota as a workbook: what is shown, as real dates and plain texts, for who may read it, and on record."""

import io
from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook

from directory import weeks
from directory.models import ChangeSet
from directory.weeks import WEEK
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory
from tests.intranet.test_grid_scale import fill

pytestmark = pytest.mark.django_db
EXPORT = "/intranet/rotation/export.xlsx"
PAYLOADS = [
    f"{sign}{text}"
    for sign in ("=", "+", "-", "@", "\t=", "\n=", "'=", " =")
    for text in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x")', "SUM(A1:A9)", "#REF!")
]


def taken(client, asked=""):
    """The workbook of an address."""
    answer = client.post(f"{EXPORT}?{asked}")
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def rows(sheet):
    """The values of a sheet below its head."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


@pytest.fixture
def two_centres(ajain):
    """In the week of 23 November 2026 and after: Ajain held, then open; Nièvre closed."""
    monday, doctor = weeks.monday_of(weeks.today()), DoctorFactory(first_name="Zoé", last_name="Roy")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, doctor=doctor, note="en train")
    SlotFactory(centre=ajain, monday=monday + WEEK)
    nievre = CentreFactory(name="Nièvre", department="58", opened_on=weeks.today())
    ClosureFactory(centre=SlotFactory(centre=nievre, monday=monday + WEEK).centre, monday=monday + WEEK)


@pytest.mark.time_machine("2026-11-25 12:00")
@pytest.mark.usefixtures("two_centres")
def test_the_list_holds_a_line_a_place_with_real_dates(central):
    sheet = taken(central)["Liste"]
    first, then = datetime(2026, 11, 23), datetime(2026, 11, 30)
    assert [cell.value for cell in sheet[1]][:3] == ["Semaine", "Du", "Au"]
    assert rows(sheet) == [
        ["S48 2026", first, first + timedelta(6), "Ajain", "23", 1, "confirmé", "Dr Zoé Roy", "en train"],
        ["S49 2026", then, then + timedelta(6), "Ajain", "23", 1, "à pourvoir", None, None],
        ["S49 2026", then, then + timedelta(6), "Nièvre", "58", 1, "fermé", None, None],
    ]


@pytest.mark.time_machine("2026-11-25 12:00")
@pytest.mark.usefixtures("two_centres")
def test_the_grid_is_the_screen_s(central):
    sheet = taken(central)["Rotation"]
    assert [row[:5] for row in rows(sheet)] == [
        ["Ajain", "23", 1, "Dr Zoé Roy\nen train", "à pourvoir"],
        ["Nièvre", "58", 1, None, "fermé"],
    ]
    assert (sheet.max_column, sheet["D1"].value, sheet["D1"].number_format) == (
        16,
        datetime(2026, 11, 23),
        '"S48 2026 ("dd/mm/yyyy")"',
    )
    assert (sheet["D2"].fill.fgColor.rgb[2:], sheet["E2"].fill.fgColor.rgb[2:]) == ("E6F1EA", "FBE3DC")


@pytest.mark.usefixtures("two_centres")
def test_heads_stay_in_sight_and_columns_are_wide_enough(central):
    book = taken(central)
    assert [sheet.freeze_panes for sheet in book] == ["D2", "A2"]
    assert [sheet.column_dimensions["D"].width for sheet in book] == [22, 24]


@pytest.mark.parametrize("role", ["communication", "writer", "pioneer"])
@pytest.mark.usefixtures("two_centres")
def test_coverage_takes_no_name_away(role, member, signed_in):
    book = taken(signed_in(member(role)))
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [word for word in said if "Roy" in word or "Zoé" in word or "train" in word] == []
    assert [len(row) for row in rows(book["Liste"])] == [7, 7, 7]


@pytest.mark.parametrize(
    ("asked", "grid", "listed"),
    [
        ("departement=58", ["Nièvre"], ["fermé"]),
        ("etat=ferme", ["Nièvre"], ["fermé"]),
        ("etat=confirme", ["Ajain"], ["confirmé"]),
        ("vue=liste", ["Ajain", "Nièvre"], ["confirmé", "à pourvoir", "fermé"]),
        ("vue=liste&du=&etat=a-pourvoir", ["Ajain"], ["à pourvoir"]),
        ("vue=liste&du=hier&au=0001-01-01", [], []),
        ("du=2020-01-06", [], []),
        ("vue=annee&annee=9999", ["Ajain", "Nièvre"], None),
    ],
)
@pytest.mark.time_machine("2026-11-25 12:00")
@pytest.mark.usefixtures("two_centres")
def test_the_address_is_that_of_the_page(asked, grid, listed, central):
    book = taken(central, asked)
    assert [row[0] for row in rows(book["Rotation"])] == grid
    assert listed in (None, [row[6] for row in rows(book["Liste"])])


def test_two_people_in_a_place_are_one_line(central, ajain, monday):
    slot = SlotFactory(centre=ajain, monday=monday)
    for name, first, last in (("Roy", 3, 6), ("Aubry", 0, 2)):
        AssignmentFactory(
            slot=slot,
            doctor=DoctorFactory(first_name="Zoé", last_name=name),
            first_day=monday + timedelta(first),
            last_day=monday + timedelta(last),
            state="option" if name == "Roy" else "confirmed",
        )
    said = "Dr Zoé Aubry (lun.–mer.) et Dr Zoé Roy (jeu.–dim., proposé)"
    assert [row[6:8] for row in rows(taken(central)["Liste"])] == [["confirmé", said]]


def test_forty_payloads_come_back_as_the_texts_that_they_were(central, ajain, monday):
    for i, text in enumerate(PAYLOADS):
        slot = SlotFactory(centre=ajain, monday=monday + i * WEEK)
        AssignmentFactory(slot=slot, doctor__first_name="A", doctor__last_name=text, note=text)
    book = taken(central, "vue=liste")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert (len(PAYLOADS), kinds) == (40, {"s", "d", "n"})
    assert [row[8] for row in rows(book["Liste"])] == PAYLOADS
    marked = [row[8].quotePrefix for row in book["Liste"].iter_rows(min_row=2)]
    assert marked == [1 if text[0] in "=+-@\t\n" else 0 for text in PAYLOADS]


def test_signs_that_no_workbook_can_hold_become_spaces(central, ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, note="a\x0bb\x1fc\ufffe")
    assert rows(taken(central)["Liste"])[0][8] == "a b c "


def test_who_took_what_is_in_the_book(member, signed_in, ajain, monday):
    SlotFactory(centre=ajain, monday=monday)
    user = member("communication")
    signed_in(user).post(f"{EXPORT}?etat=a-pourvoir&centre={ajain.pk}")
    record = ChangeSet.objects.get(verb="export.rota")
    span = f"{weeks.label(monday)} – {weeks.label(monday + 12 * WEEK)}"
    assert (record.actor_id, record.reason) == (user.pk, f"{span}, tous les centres, a-pourvoir, 1 places, sans noms")


@pytest.mark.parametrize("centres", [3, 200])
def test_a_year_of_200_centres_in_five_queries(centres, central, django_assert_num_queries):
    fill(centres)
    weeks_of_this_year = len(weeks.mondays_of_year(weeks.today().isocalendar().year))
    with django_assert_num_queries(5):
        answer = central.post(f"{EXPORT}?vue=annee")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True)
    lines = [sum(1 for _ in sheet.iter_rows()) for sheet in book]
    assert lines == [2 * centres + 1, 2 * centres * weeks_of_this_year + 1]
