"""The first page after sign-in."""

import re

import pytest

from directory.weeks import WEEK
from tests.factories.directory import CentreFactory, UserFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = pytest.mark.django_db
HOME = "/intranet/"


def menu(client):
    """The labels of the menu."""
    page = client.get(HOME).content.decode()
    nav = re.search(r'<nav aria-label="Intranet">(.*?)</nav>', page, re.S).group(1)
    return [label.strip() for label in re.findall(r"<a [^>]*>([^<]+)</a>", nav)]


CARNET = "Carnet de correspondants"
ROTA = ["Accueil", "Rotation des médecins", "Liste des semaines"]
STAFF = [*ROTA, CARNET, "Site public"]
EDITORS = [*ROTA, "Rédaction du site", "Site public"]
READERS = [*ROTA, CARNET, "Imports", "Rédaction du site", "Site public"]


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("communication", EDITORS),
        ("writer", EDITORS),
        ("coordinator", STAFF),
        ("logistics", [*ROTA, CARNET, "Imports", "Site public"]),
        ("finance", [*ROTA, "Site public"]),
        ("administration", READERS),
        ("direction", READERS),
        ("pioneer", STAFF),
        ("doctor", ["Accueil", CARNET, "Site public"]),
    ],
)
def test_the_menu_follows_the_matrix(role, places, signed_in, member):
    assert menu(signed_in(member(role))) == places


def test_the_next_holes_of_all_centres_for_the_central_team(central, ajain, monday):
    slots = [SlotFactory(centre=ajain, monday=monday + i * WEEK) for i in range(7)]
    AssignmentFactory(slot=slots[0])
    context = central.get(HOME).context
    assert (context["ahead"].holes, context["holes"]) == (6, slots[1:6])


def test_the_holes_of_their_own_centres_for_coordinators(signed_in, member, ajain, monday):
    mine = SlotFactory(centre=ajain, monday=monday)
    SlotFactory(centre=CentreFactory(), monday=monday)
    assert signed_in(member("coordinator", ajain)).get(HOME).context["holes"] == [mine]


def test_a_doctor_is_shown_no_coverage(signed_in, member, ajain, monday):
    SlotFactory(centre=ajain, monday=monday)
    assert "à pourvoir" not in signed_in(member("doctor")).get(HOME).content.decode()


def holes_said(client):
    """The heading of the holes, and what is said when there is none."""
    page = client.get(HOME).content.decode()
    return re.search(r'<h2 id="trous">(.*?)</h2>.*?</p>\s*(?:<p>(.*?) Vous|<ol)', page, re.S).groups()


def test_one_hole_is_singular(central, ajain, monday):
    SlotFactory(centre=ajain, monday=monday)
    assert holes_said(central) == ("1 place à pourvoir", None)


def test_without_any_place_no_doctor_is_claimed(central):
    assert holes_said(central) == ("Rien à pourvoir", "Aucune place n’est prévue ces semaines-là.")


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["confirmed"], "Chaque place de ces semaines a un médecin confirmé."),
        (["option"], "Chaque place de ces semaines a un médecin, mais 1 n’est encore que proposée."),
        (["option", "option"], "Chaque place de ces semaines a un médecin, mais 2 ne sont encore que proposées."),
    ],
)
def test_proposed_is_not_said_to_be_confirmed(states, said, central, ajain, monday):
    for i, state in enumerate(states):
        AssignmentFactory(slot__centre=ajain, slot__monday=monday + i * WEEK, state=state)
    assert holes_said(central) == ("Rien à pourvoir", said)


def test_who_has_no_role_reads_whom_to_ask(signed_in):
    answer = signed_in(UserFactory()).get(HOME)
    assert (answer.status_code, "aucun rôle en cours" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize("holes", [0, 9])
def test_five_queries(holes, central, ajain, monday, django_assert_num_queries):
    for i in range(holes):
        SlotFactory(centre=ajain, monday=monday + i * WEEK)
    with django_assert_num_queries(5):
        central.get(HOME)
