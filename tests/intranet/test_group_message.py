"""The text for the doctors' group: holes or arrivals, short, in French, with nothing that should not travel."""

import html
import re
from datetime import timedelta

import pytest

from directory import weeks
from directory.weeks import WEEK
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-12-16 12:00")]
MESSAGE = "/intranet/rotation/message/"


def text(client, asked=""):
    """The message that is offered."""
    page = client.get(f"{MESSAGE}?{asked}").content.decode()
    return html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S).group(1)).split("\n")


@pytest.fixture
def monday():
    return weeks.monday_of(weeks.today())


@pytest.fixture
def nievre(db):
    return CentreFactory(name="Nièvre", department="58", opened_on=weeks.today())


def test_holes_by_centre_with_their_weeks(central, ajain, nievre, monday):
    for centre, week, place in ((ajain, 1, 1), (ajain, 1, 2), (ajain, 2, 1), (nievre, 3, 1)):
        SlotFactory(centre=centre, monday=monday + week * WEEK, place=place)
    SlotFactory(centre=nievre, monday=monday, place=1, published=False)
    assert text(central) == [
        "À pourvoir du 14 décembre 2026 au 14 mars 2027\u00a0:",
        "• Ajain (23)\u00a0: du 21 au 27 décembre (2 places), du 28 décembre 2026 au 3 janvier 2027",
        "• Nièvre (58)\u00a0: du 4 au 10 janvier",
        "",
        "Une de ces semaines vous tente\u202f? Répondez ici, la coordination revient vers vous.",
    ]


def test_what_is_held_closed_past_or_only_wanted_is_no_hole(central, ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, state="option")
    SlotFactory(centre=ajain, monday=monday - WEEK)
    SlotFactory(centre=ajain, monday=monday + WEEK, need="wanted")
    ClosureFactory(centre=SlotFactory(centre=ajain, monday=monday + 2 * WEEK).centre, monday=monday + 2 * WEEK)
    nothing = "Rien à pourvoir du 14 décembre 2026 au 14 mars 2027. Merci à toutes et à tous\u202f!"
    assert text(central, f"du={monday - WEEK}") == [nothing.replace("14 mars", "7 mars")]


def test_the_list_without_an_end_looks_twelve_weeks_ahead(central, ajain, monday):
    SlotFactory(centre=ajain, monday=monday + 12 * WEEK)
    assert text(central, "vue=liste")[0].startswith("Rien à pourvoir du 14 décembre 2026 au 7 mars 2027.")


def test_filters_are_those_of_the_page(signed_in, member, ajain, nievre, monday):
    for centre in (ajain, nievre):
        SlotFactory(centre=centre, monday=monday)
    client = signed_in(member("coordinator", nievre))
    for asked in ("mes_centres=on", f"centre={nievre.pk}", "departement=58"):
        assert [line for line in text(client, asked) if line.startswith("•")] == [
            "• Nièvre (58)\u00a0: du 14 au 20 décembre"
        ]


def test_arrivals_of_next_monday(central, ajain, nievre, monday):
    roy, aubry = DoctorFactory(first_name="Zoé", last_name="Roy"), DoctorFactory(first_name="Luc", last_name="Aubry")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, doctor=roy)
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + WEEK, doctor=roy)
    slot = SlotFactory(centre=nievre, monday=monday + WEEK)
    days = {"first_day": slot.monday, "last_day": slot.monday + timedelta(days=2)}
    AssignmentFactory(slot=slot, doctor=aubry, **days)
    AssignmentFactory(slot__centre=nievre, slot__monday=monday + WEEK, slot__place=2, state="option")
    assert text(central, "sur=arrivees") == [
        "Arrivées de la semaine du 21 décembre (S52 2026)\u00a0:",
        "• Ajain\u00a0: Dr Zoé Roy (déjà sur place)",
        "• Nièvre\u00a0: Dr Luc Aubry (du lundi au mercredi)",
        "",
        "Bon relais\u202f!",
    ]


@pytest.mark.parametrize("asked", ["semaine=2026-12-31", "semaine=2026-12-28"])
def test_arrivals_of_the_week_asked(asked, central):
    assert text(central, f"sur=arrivees&{asked}") == [
        "Aucune arrivée confirmée pour la semaine du 28 décembre (S53 2026)."
    ]


@pytest.mark.parametrize("typed", ["hier", "9999-12-31", "0001-01-01", "2026-13-01", "\x00"])
def test_a_week_that_cannot_be_is_next_week(typed, central):
    assert "(S52 2026)" in text(central, f"sur=arrivees&semaine={typed}")[0]


def test_nothing_private_travels(central, ajain, monday):
    ajain.phone, ajain.address = "01 99 00 11 22", "3 rue du Canari"
    ajain.save()
    doctor = DoctorFactory(first_name="Zoé", last_name="Roy", email="canari@example.org", phone="06 39 98 12 34")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + WEEK, doctor=doctor, note="code 4242")
    said = "".join(text(central, "sur=arrivees") + text(central))
    assert [secret for secret in ("canari", "Canari", "99 00", "39 98", "4242", "@") if secret in said] == []


@pytest.mark.parametrize(("role", "status"), [("coordinator", 200), ("finance", 200), ("communication", 404)])
def test_who_may_read_names_may_copy(role, status, member, signed_in, ajain):
    assert signed_in(member(role, ajain)).get(MESSAGE).status_code == status


@pytest.mark.parametrize("asked", ["sur=trous", "sur=arrivees"])
@pytest.mark.parametrize("rows", [1, 30])
def test_four_queries(rows, asked, central, monday, django_assert_num_queries):
    for _ in range(rows):
        AssignmentFactory(slot__monday=monday + WEEK)
        SlotFactory(monday=monday + 2 * WEEK)
    with django_assert_num_queries(4):
        central.get(f"{MESSAGE}?{asked}")
