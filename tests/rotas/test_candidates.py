"""Who could take a place: found by name, in an order that helps, each with why."""

from datetime import date

import pytest

from directory import weeks
from directory.models import Doctor
from directory.weeks import WEEK
from rotas.candidates import candidates
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 16)


@pytest.fixture
def slot(ajain):
    return SlotFactory(centre=ajain, monday=MONDAY)


@pytest.fixture
def make():
    """Makes a doctor of the centre's department: `make("Roy")`."""

    def doctor(last_name, first_name="Luc", department="23", **fields):
        return DoctorFactory(last_name=last_name, first_name=first_name, department=department, **fields)

    return doctor


def came(doctor, centre, *weeks_before, **fields):
    """`doctor` was in `centre` so many weeks before the place."""
    for count in weeks_before:
        AssignmentFactory(doctor=doctor, slot__centre=centre, slot__monday=MONDAY - count * WEEK, **fields)


def found(slot, typed="", **limit):
    return [one.doctor.last_name for one in candidates(slot, typed, **limit)]


def reasons(slot, typed=""):
    return [one.reason for one in candidates(slot, typed)]


def test_the_free_come_first_then_who_knows_the_centre_then_the_nearest(ajain, slot, make):
    make("Loin", department="75")
    make("Abel")
    make("Proche", department="87")
    came(make("Deux", department="75"), ajain, 3, 8)
    came(make("Vieux"), ajain, 30)
    came(make("Récent", department="974"), ajain, 5)
    AssignmentFactory(doctor=make("Aa"), slot__centre__name="Nièvre", slot__monday=MONDAY)
    AssignmentFactory(doctor=make("Zy"), slot=slot)
    assert found(slot) == ["Zy", "Deux", "Récent", "Vieux", "Abel", "Proche", "Loin", "Aa"]


def test_each_has_a_reason_in_words(ajain, slot, make):
    came(make("A", department="18"), ajain, 1, 4)
    came(make("B"), ajain, 2)
    make("C")
    make("D", department="974")
    make("E", department="")
    assert reasons(slot) == [
        "libre, déjà venu 2 fois, la dernière en S11 2026, à environ 110\u00a0km",
        "libre, déjà venu une fois, en S10 2026, du département",
        "libre, jamais venu, du département",
        "libre, jamais venu, à environ 9\u202f200\u00a0km",
        "libre, jamais venu",
    ]


def test_where_they_are_that_week_is_said(ajain, slot, make):
    nievre = CentreFactory(name="Nièvre", department="58")
    place = SlotFactory(centre=nievre, monday=MONDAY)
    AssignmentFactory(doctor=make("A"), slot=place, state="option")
    other = SlotFactory(centre=ajain, monday=MONDAY, place=2)
    AssignmentFactory(doctor=make("B"), slot=other)
    AssignmentFactory(doctor=make("C"), slot=SlotFactory(centre=nievre, monday=MONDAY + WEEK))
    assert [(one.reason, bool(one.obstacle)) for one in candidates(slot, "")] == [
        ("libre, jamais venu, du département", False),
        ("déjà à Nièvre cette semaine, proposé", True),
        ("déjà à Ajain cette semaine, confirmé", True),
    ]


def test_two_places_in_a_broken_week_are_both_said(slot, make):
    doctor = make("A")
    for name, first, last in (("Nièvre", 16, 18), ("Indre", 19, 22)):
        days = {"first_day": date(2026, 3, first), "last_day": date(2026, 3, last)}
        AssignmentFactory(doctor=doctor, slot__centre__name=name, slot__monday=MONDAY, state="option", **days)
    assert reasons(slot) == ["déjà à Nièvre et à Indre cette semaine, proposé"]


def test_who_holds_the_place_comes_first_and_is_free_to_be_confirmed(ajain, slot, make):
    doctor = make("A")
    came(doctor, ajain, 2)
    AssignmentFactory(doctor=doctor, slot=slot, state="option")
    one = candidates(slot, "a")[0]
    assert (one.held, one.obstacle) == ("proposé", "")
    assert one.reason == "tient cette place, proposé, déjà venu une fois, en S10 2026, du département"


def test_what_was_cancelled_or_only_proposed_is_no_stay(ajain, slot, make):
    doctor = make("A")
    came(doctor, ajain, 1, state="cancelled")
    came(doctor, ajain, 2, state="option")
    AssignmentFactory(doctor=doctor, slot=slot, state="cancelled")
    AssignmentFactory(doctor=doctor, slot=SlotFactory(centre=ajain, monday=MONDAY + WEEK))
    assert reasons(slot) == ["libre, jamais venu, du département"]


def test_who_is_expected_before_the_place_has_not_come_yet(ajain, make):
    ahead = SlotFactory(centre=ajain, monday=weeks.monday_of(weeks.today()) + 3 * WEEK)
    AssignmentFactory(doctor=make("Bientôt"), slot__centre=ajain, slot__monday=ahead.monday - WEEK)
    assert reasons(ahead) == ["libre, jamais venu, du département"]


def test_names_are_sought_among_those_who_know_the_centre_too(ajain, slot, make):
    came(make("Lebrun", "Zoé"), ajain, 1)
    came(make("Petit", "Zoé"), ajain, 2)
    make("Lebrun", "Marc")
    assert [str(one.doctor) for one in candidates(slot, "lebrun")] == ["Dr Zoé Lebrun", "Dr Marc Lebrun"]
    assert [str(one.doctor) for one in candidates(slot, "z lebrun")] == ["Dr Zoé Lebrun"]


@pytest.mark.parametrize("typed", ["alain", "allian", "R. Alain", "remi alain"])
def test_a_slip_finds_who_was_meant_and_says_so(typed, slot, make):
    make("Allain", "Rémi")
    make("Petit")
    assert [(one.doctor.last_name, one.reason) for one in candidates(slot, typed)] == [
        ("Allain", "nom approchant, libre, jamais venu, du département")
    ]


def test_names_a_slip_away_follow_when_few_are_found(ajain, slot, make):
    make("Martens")
    came(make("Martin"), ajain, 1)
    assert [(one.doctor.last_name, one.by_slip) for one in candidates(slot, "marten")] == [
        ("Martens", False),
        ("Martin", True),
    ]


def test_nobody_is_taken_for_somebody_who_is_busy_or_bears_the_very_name(slot, make):
    AssignmentFactory(doctor=make("Martin"), slot__monday=MONDAY)
    make("Marin")
    make("Marten")
    assert (found(slot, "martin"), found(slot, "marten")) == (["Martin"], ["Marten"])
    assert found(slot, "marton") == ["Marten", "Martin"]


def test_those_who_cannot_come_keep_a_quarter_of_the_places(slot, make):
    Doctor.objects.bulk_create(Doctor(last_name=f"Libre {i:02}", department="23") for i in range(20))
    for i in range(5):
        AssignmentFactory(doctor=make(f"Pris {i}"), slot__monday=MONDAY)
    names = found(slot)
    assert (names[:9], names[9:]) == ([f"Libre {i:02}" for i in range(9)], ["Pris 0", "Pris 1", "Pris 2"])
    assert len(found(slot, limit=20)) == 20


def test_who_lives_far_is_found_where_few_live_around(slot, make, django_assert_num_queries):
    make("Abel", department="974")
    make("Zola", department="87")
    make("Inconnu", department="")
    with django_assert_num_queries(3):
        assert found(slot) == ["Zola", "Abel", "Inconnu"]


@pytest.mark.parametrize("typed", ["%", "\0", "\ud800", "<b>", "a" * 10_000, "a' OR 1=1 --", "王" * 10_000])
def test_whatever_is_typed_is_answered(typed, slot, make):
    make("Roy")
    assert found(slot, typed) == []


def test_order_is_that_of_sql_when_more_are_found_than_shown(slot):
    Doctor.objects.bulk_create(
        Doctor(last_name=f"Roy {i:03}", department=code) for i in range(40) for code in ("75", "87", "2B", "18")
    )
    assert found(slot, "roy", limit=60) == [f"Roy {i:03}" for _ in range(2) for i in range(40)][:60]


QUERIES = {"": 2, "d": 2, "doc": 2, "anne docteur007": 2, "docteur007 anne": 2, "doctuer007": 4, "qzxwvk": 4}


@pytest.mark.parametrize("size", [30, 3_000])
def test_the_queries_do_not_grow(size, slot, ajain, make, django_assert_num_queries):
    Doctor.objects.bulk_create(
        Doctor(last_name=f"Docteur{i:03}", first_name="Anne", department="23") for i in range(size)
    )
    for one in Doctor.objects.all()[:5]:
        came(one, ajain, one.pk)
    for typed, count in QUERIES.items():
        with django_assert_num_queries(count):
            candidates(slot, typed)
