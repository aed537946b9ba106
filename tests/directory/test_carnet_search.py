"""What a search of the carnet finds, in which order, and what each centre sees first."""

from datetime import timedelta
from decimal import Decimal

import pytest

from directory import carnet_queries, carnet_words, weeks
from directory.models import Practice
from tests.factories.carnet import (
    CentreLinkFactory,
    EmergencyLineFactory,
    PracticeFactory,
    ProfessionalFactory,
    StructureFactory,
)
from tests.factories.directory import CentreFactory

pytestmark = pytest.mark.django_db
KNOWN = {"cardiologie", "gueret", "aubusson", "urologie", "neurologie", "23000", "perrin", "orl"}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("cardio", {"cardio"}),
        ("cardiologue", {"cardiologie"}),
        ("cradio", {"cardio"}),
        ("geret", {"gueret"}),
        ("urologue", {"urologie"}),
        ("perin", {"perrin"}),
        ("2300", {"2300"}),
        ("23001", {"23001"}),
        ("olr", {"olr"}),
        ("zzzzzz", {"zzzzzz"}),
    ],
)
def test_a_slip_of_the_finger_finds_the_nearest_known_word(word, found):
    assert carnet_words.nearest(word, KNOWN) == found


@pytest.fixture
def _carnet():
    """Two cardiologists, one of Guéret; a laboratory; an archived cardiologist."""
    for name, town in (("Aubert", "Guéret"), ("Vidal", "La Souterraine")):
        PracticeFactory(professional=ProfessionalFactory(last_name=name, first_name="Œdipe"), town=town)
    place = StructureFactory(kind="Laboratoire de biologie", name="Bio Creuse", town="Guéret")
    PracticeFactory(professional=None, structure=place, town="", note="téléexpertise possible")
    gone = ProfessionalFactory(last_name="Parti")
    PracticeFactory(professional=gone, archived_on=weeks.today())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Dr Œdipe Aubert", "Dr Œdipe Vidal", "Bio Creuse"]),
        ("cardio gueret", ["Dr Œdipe Aubert"]),
        ("GUÉRET  cardiolgue", ["Dr Œdipe Aubert"]),
        ("oedipe souter", ["Dr Œdipe Vidal"]),
        ("labo", ["Bio Creuse"]),
        ("teleexpertise", ["Bio Creuse"]),
        ("aubert cardio vidal", []),
        ("' OR 1=1 --", []),
        ("%", ["Dr Œdipe Aubert", "Dr Œdipe Vidal", "Bio Creuse"]),
    ],
)
@pytest.mark.usefixtures("_carnet")
def test_words_in_any_order_without_accents_or_small_slips(typed, found):
    seen = carnet_queries.seen_from(Practice.objects.standing().whole(), None)
    assert [str(one) for one in carnet_queries.found(seen, typed)] == found


def test_a_centre_sees_what_it_pinned_then_the_nearest_then_the_rest(ajain):
    far, near, pinned = (CentreLinkFactory(centre=ajain, km=Decimal(km)).practice for km in (40, 2, 60))
    pinned.links.update(pinned=True)
    elsewhere = CentreLinkFactory(km=1).practice
    seen = carnet_queries.seen_from(Practice.objects.all(), ajain)
    assert [(one.pk, one.km) for one in seen] == [(pinned.pk, 60), (near.pk, 2), (far.pk, 40), (elsewhere.pk, None)]


def test_without_a_centre_the_nearest_link_tells_the_distance(ajain):
    practice = CentreLinkFactory(centre=ajain, km=Decimal("8.5")).practice
    CentreLinkFactory(practice=practice, km=Decimal(30))
    seen = carnet_queries.seen_from(Practice.objects.all(), None).get()
    assert (seen.km, seen.near) == (Decimal("8.5"), "Ajain")


def test_the_share_of_fresh_entries_of_each_centre(ajain, django_assert_num_queries):
    today = weeks.today()
    for days in (10, 180, 181, None):
        CentreLinkFactory(centre=ajain, practice__confirmed_on=today - timedelta(days) if days else None)
    CentreLinkFactory(centre=ajain, practice__archived_on=today)
    with django_assert_num_queries(1):
        found = carnet_queries.freshness(today)
    assert [(one.centre, one.fresh, one.total, one.share) for one in found] == [("Ajain", 2, 4, 50)]


def test_a_centre_s_own_lines_take_the_place_of_the_national_ones(ajain):
    EmergencyLineFactory(centre=ajain, phone="01 99 00 00 15")
    EmergencyLineFactory(centre=CentreFactory(), kind="hospital")
    sheets = [carnet_queries.emergency_sheet(centre) for centre in (ajain, None)]
    assert [[call.phone for call in sheet] for sheet in sheets] == [
        ["15", "112", "114", "01 99 00 00 15", "116 117", ""],
        ["15", "112", "114", "", "116 117", ""],
    ]
