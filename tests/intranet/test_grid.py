"""The grid page: what it shows, to whom, and at what cost."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from directory import weeks
from directory.weeks import WEEK
from intranet.rota.grid import render_table
from rotas.models import Baseline
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = pytest.mark.django_db
GRID = "/intranet/rotation/"
LABEL = re.compile(r'(?:aria-label="|<td[^>]*><span class="visually-hidden">)(S\d\d[^"<]*)')


def cells_of(client, address=GRID):
    """What each cell of the grid says, in order."""
    return LABEL.findall(client.get(address).content.decode())


@pytest.fixture
def nievre(db):
    return CentreFactory(name="Nièvre", department="58", opened_on=weeks.today())


@pytest.mark.time_machine("2026-11-25 12:00")
def test_each_state_is_said_with_its_week_centre_and_place(central, ajain, nievre):
    monday, doctor = weeks.monday_of(weeks.today()), DoctorFactory(first_name="Zoé", last_name="Roy")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, doctor=doctor)
    SlotFactory(centre=ajain, monday=monday + WEEK)
    SlotFactory(centre=nievre, monday=monday + WEEK, place=2, need="wanted")
    ClosureFactory(centre=SlotFactory(centre=nievre, monday=monday + 2 * WEEK).centre, monday=monday + 2 * WEEK)
    assert cells_of(central) == [
        "S48, du 23 au 29 novembre, Ajain, place 1\u00a0: Dr Zoé Roy, confirmé",
        "S49, du 30 novembre au 6 décembre, Ajain, place 1\u00a0: à pourvoir",
        "S50, du 7 au 13 décembre, Nièvre, place 1\u00a0: fermé",
        "S49, du 30 novembre au 6 décembre, Nièvre, place 2\u00a0: souhaitée",
    ]


@pytest.mark.time_machine("2026-10-07 12:00")
def test_past_holes_are_unknown_until_somebody_says_they_were_missed(central, ajain):
    monday = weeks.monday_of(weeks.today())
    SlotFactory(centre=ajain, monday=monday - WEEK)
    SlotFactory(centre=ajain, monday=monday - 2 * WEEK, missed=True)
    said = cells_of(central, f"{GRID}?du={monday - 2 * WEEK}")
    assert [label.rpartition("\u00a0: ")[2] for label in said] == ["manquée", "non renseigné"]


@pytest.mark.time_machine("2026-12-16 12:00")
def test_headings_carry_week_day_year_and_the_current_one(central, ajain):
    SlotFactory(centre=ajain, monday=weeks.monday_of(weeks.today()))
    page = central.get(GRID).content.decode()
    assert re.findall(r'<th scope="col"[^>]*>(?!Centre)(.*?)</th>', page)[:4] == [
        'S51 <em>2026</em><small>14 déc.</small><span class="now">cette semaine</span>',
        'S52<small>21 déc.</small><span class="feast">Noël</span>',
        'S53<small>28 déc.</small><span class="feast">Jour de l’an</span>',
        "S01 <em>2027</em><small>4 janv.</small>",
    ]


def test_a_year_of_53_weeks_has_53_columns(central, ajain):
    SlotFactory(centre=ajain, monday=weeks.week_of(2026, 53))
    page = central.get(f"{GRID}?vue=annee&annee=2026").content.decode()
    assert len(re.findall(r'<th scope="col"(?: class="current")?>', page)) == 54
    assert page.count('<td class="none">') == 52


def test_a_centre_spans_its_places(central, nievre, monday):
    for place in (1, 2):
        SlotFactory(centre=nievre, monday=monday, place=place)
    page = central.get(GRID).content.decode()
    assert re.findall(r"<th scope=\"row(?!\" class=\"end).*?</th>", page) == [
        '<th scope="rowgroup" rowspan="2">Nièvre <small>58</small><small class="days">lun.–sam.</small></th>'
    ]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", ["Ajain", "Nièvre"]),
        ("departement=58", ["Nièvre"]),
        ("etat=a-pourvoir", ["Nièvre"]),
        ("etat=confirme", ["Ajain"]),
        ("etat=ferme", []),
        ("centre=abc&etat=n'importe", ["Ajain", "Nièvre"]),
    ],
)
def test_the_address_filters(asked, kept, central, ajain, nievre, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday)
    SlotFactory(centre=nievre, monday=monday)
    page = central.get(f"{GRID}?{asked}").content.decode()
    assert re.findall(r'<th scope="row">(\S+) ', page) == kept


def test_my_centres_are_those_of_my_roles(signed_in, member, ajain, nievre, monday):
    for centre in (ajain, nievre):
        SlotFactory(centre=centre, monday=monday)
    page = signed_in(member("coordinator", nievre)).get(f"{GRID}?mes_centres=on").content.decode()
    assert re.findall(r'<th scope="row">(\S+) ', page) == ["Nièvre"]


def test_only_cells_that_one_may_edit_are_links(signed_in, member, ajain, nievre, monday):
    mine = SlotFactory(centre=ajain, monday=monday)
    SlotFactory(centre=nievre, monday=monday)
    page = signed_in(member("coordinator", ajain)).get(GRID).content.decode()
    assert re.findall(r'<td id="s\d+"[^>]*><a href="([^"]+)"', page) == [f"/intranet/rotation/{mine.pk}/"]


@pytest.mark.parametrize("role", ["communication", "writer", "pioneer"])
@pytest.mark.parametrize("address", [GRID, "/intranet/rotation/liste/", "/intranet/"])
def test_coverage_without_names_holds_no_name_at_all(role, address, signed_in, member, ajain, monday):
    doctor = DoctorFactory(first_name="Xénophon", last_name="Zwingmann")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, doctor=doctor, note="notule", state="option")
    page = signed_in(member(role)).get(address).content.decode()
    assert [word for word in ("Xénophon", "X. ", "Zwingmann", "notule", "/rotation/1/") if word in page] == []
    assert address == "/intranet/" or "proposé" in page.lower()


def test_tiles_count_holes_continuity_and_missed_weeks(central, ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday)
    SlotFactory(centre=ajain, monday=monday + WEEK)
    SlotFactory(centre=ajain, monday=monday - WEEK, missed=True)
    tiles = central.get(GRID).context["tiles"]
    assert (tiles["ahead"].holes, tiles["ahead"].places) == (1, 2)
    assert (tiles["until"], tiles["missed"].weeks) == (monday + timedelta(days=6), 1)


def tiles_said(client):
    """The words of each tile, without its heading."""
    tiles = re.findall(r'<div(?: id="\w+")? class="tile">.*?</dt>(.*?)</div>', client.get(GRID).content.decode(), re.S)
    return [re.sub(r"[ \n]+", " ", re.sub(r"<meter.*?</meter>|<[^>]+>", " ", tile)).strip() for tile in tiles]


@pytest.fixture
def no_baseline(db):
    Baseline.objects.all().delete()


def test_tiles_of_an_empty_network_claim_nothing(central, no_baseline):
    assert tiles_said(central) == [
        "0 / 0 aucune place n’est prévue ces semaines-là",
        "— aucune place n’est prévue",
        "0 depuis le début",
    ]


def test_tiles_say_zero_in_the_singular_and_what_is_missing(central, ajain, monday, no_baseline):
    SlotFactory(centre=ajain, monday=monday)
    SlotFactory(centre=ajain, monday=monday - WEEK)
    assert tiles_said(central) == [
        "1 / 1 0 confirmée, 0 proposée",
        "— une place n’est pas confirmée cette semaine",
        "0 1 place non renseignée depuis le début",
    ]


def test_missed_weeks_before_relais_come_with_their_date_and_source(central, ajain, monday, no_baseline):
    Baseline.objects.create(until=date(2025, 12, 28), missed_weeks=2, source="bilan 2025")
    SlotFactory(centre=ajain, monday=monday - WEEK, missed=True)
    assert tiles_said(central)[2] == "3 dont 2 avant Relais, au 28/12/2025\u00a0: bilan 2025"


def test_nothing_found_says_what_to_do_next(central):
    page = central.get(f"{GRID}?etat=manquee").content.decode()
    assert "Retirer les filtres" in page
    assert "<table" not in page


def a_year(centres, places, monday):
    """`centres` centres with two thirds of their weeks held."""
    slots = [
        SlotFactory(centre=CentreFactory(capacity=False), monday=monday + i * WEEK, place=place)
        for _ in range(centres)
        for place in range(1, places + 1)
        for i in range(3)
    ]
    for slot in slots[::3] + slots[1::3]:
        AssignmentFactory(slot=slot)


@pytest.mark.parametrize("address", [GRID, f"{GRID}?vue=annee", f"{GRID}?departement=23&etat=a-pourvoir"])
@pytest.mark.parametrize("centres", [3, 40])
def test_seven_queries_whatever_the_number_of_centres(centres, address, central, monday, django_assert_num_queries):
    a_year(centres, 2, monday)
    with django_assert_num_queries(7):
        assert central.get(address).status_code == 200


def test_no_place_in_twelve_weeks_costs_one_query_more_and_no_gap_none(
    central, ajain, monday, django_assert_num_queries
):
    with django_assert_num_queries(8):
        central.get(GRID)
    AssignmentFactory(slot__centre=ajain, slot__monday=monday)
    with django_assert_num_queries(7):
        central.get(GRID)


def test_the_table_alone_is_what_the_page_holds(member, signed_in, ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, state="option", slot__place=2)
    user = member("logistics")
    table = render_table(user, monday, 13)
    assert signed_in(user).get(GRID).content.decode().count(table) == 1


def test_options_say_their_days_left(central, ajain, monday):
    held = AssignmentFactory(slot__centre=ajain, slot__monday=monday, state="option")
    held.option_expires_at = timezone.now() + timedelta(hours=71)
    held.save()
    assert central.get(GRID).content.decode().count("<i>? proposé ·\u00a03\u00a0j</i>") == 2
