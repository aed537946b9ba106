"""The carnet's gestures: each with its version, its page of the book and its undo; the database says no."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory import book, carnet_actions, carnet_permissions, weeks
from directory.models import CentreLink, Change, ChangeSet, EmergencyLine, Practice, Professional, Structure
from directory.refusals import ChangedSince, Refusal, Stale
from tests.factories.carnet import CentreLinkFactory, PracticeFactory, ProfessionalFactory, StructureFactory
from tests.factories.directory import CentreFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(ajain):
    """Dr Hélène Perrin, cardiologist of Guéret, 18 km from Ajain."""
    person = ProfessionalFactory(last_name="Perrin", first_name="Hélène")
    return CentreLinkFactory(centre=ajain, practice=PracticeFactory(professional=person))


def test_a_correction_moves_the_version_and_is_written(link):
    user = UserFactory()
    done = carnet_actions.correct(row=link.practice, values={"delay": "2 mois"}, by=user, version=1)
    fresh = Practice.objects.get()
    assert (fresh.delay, fresh.version, done.actor_id) == ("2 mois", 2, user.pk)
    change = done.changes.get()
    assert (change.subject, change.before["delay"], change.after["delay"]) == (
        f"directory.practice:{fresh.pk}",
        "",
        "2 mois",
    )


@pytest.mark.parametrize("version", [0, 2])
def test_another_version_than_the_one_that_stands_is_stale(link, version):
    with pytest.raises(Stale):
        carnet_actions.correct(row=link.practice, values={"delay": "2 mois"}, by=UserFactory(), version=version)
    assert (Practice.objects.get().delay, ChangeSet.objects.count()) == ("", 0)


def test_the_same_value_again_writes_nothing(link):
    row = link.practice
    assert carnet_actions.correct(row=row, values={"phone": row.phone}, by=UserFactory(), version=1) is None
    assert (Practice.objects.get().version, ChangeSet.objects.count()) == (1, 0)


def test_the_search_words_follow_a_name_and_its_undo(link):
    done = carnet_actions.correct(
        row=link.practice.professional, values={"last_name": "Durand"}, by=UserFactory(), version=1
    )
    renamed = Practice.objects.get().words
    book.undo(done, by=None)
    assert (renamed, Practice.objects.get().words) == (
        " cardiologie durand helene gueret 23000",
        " cardiologie perrin helene gueret 23000",
    )


def test_an_undo_is_refused_once_somebody_has_worked_on(link):
    user = UserFactory()
    first = carnet_actions.correct(row=link.practice, values={"delay": "2 mois"}, by=user, version=1)
    carnet_actions.correct(row=link.practice, values={"delay": "3 mois"}, by=user, version=2)
    with pytest.raises(ChangedSince):
        book.undo(first, by=user)
    assert Practice.objects.get().delay == "3 mois"


def test_a_name_that_is_there_already_is_refused(link):
    other = ProfessionalFactory(last_name="Vidal", first_name="Hélène")
    with pytest.raises(Refusal, match="déjà dans le carnet"):
        carnet_actions.correct(row=other, values={"last_name": "PERRIN"}, by=UserFactory(), version=1)
    assert Professional.objects.get(pk=other.pk).last_name == "Vidal"


def test_still_right_is_dated_and_signed(link):
    user = UserFactory()
    carnet_actions.confirm(practice=link.practice, by=user, version=1)
    fresh = Practice.objects.get()
    assert (fresh.confirmed_on, fresh.confirmed_by, fresh.is_fresh(weeks.today())) == (weeks.today(), user, True)


@pytest.mark.parametrize(("days", "fresh"), [(0, True), (180, True), (181, False), (None, False)])
def test_an_entry_is_stale_after_180_days(days, fresh):
    today = weeks.today()
    practice = PracticeFactory(confirmed_on=None if days is None else today - timedelta(days))
    stale = list(Practice.objects.to_check(today))
    assert (practice.is_fresh(today), stale) == (fresh, [] if fresh else [practice])


def test_a_pin_belongs_to_a_centre_and_its_undo_makes_readers_read_again(link, ajain):
    done = carnet_actions.pin(practice=link.practice, centre=ajain, pinned=True, by=UserFactory(), version=1)
    assert (CentreLink.objects.get().pinned, Practice.objects.get().version) == (True, 2)
    book.undo(done, by=None)
    assert (CentreLink.objects.get().pinned, Practice.objects.get().version) == (False, 3)


def test_a_pin_needs_a_link_first(link):
    with pytest.raises(Refusal, match="liée à ce centre"):
        carnet_actions.pin(practice=link.practice, centre=CentreFactory(), pinned=True, by=UserFactory(), version=1)


def test_a_distance_ties_an_entry_to_a_centre(link):
    nievre = CentreFactory(name="Nièvre")
    carnet_actions.set_distance(practice=link.practice, centre=nievre, km=Decimal("4.5"), by=UserFactory(), version=1)
    assert dict(CentreLink.objects.values_list("centre__name", "km")) == {"Ajain": 18, "Nièvre": Decimal("4.5")}


def test_a_link_that_is_taken_away_comes_back_with_its_distance(link, ajain):
    done = carnet_actions.untie(practice=link.practice, centre=ajain, by=UserFactory(), version=1)
    away = CentreLink.objects.count()
    book.undo(done, by=None)
    assert (away, CentreLink.objects.get().km, Practice.objects.get().version) == (0, 18, 3)


def test_an_archived_entry_comes_back(link):
    carnet_actions.archive(practice=link.practice, by=UserFactory(), version=1)
    away = Practice.objects.standing().count()
    carnet_actions.bring_back(practice=link.practice, by=UserFactory(), version=2)
    assert (away, Practice.objects.standing().count()) == (0, 1)


def new(**fields) -> Practice:
    person = Professional(specialty="Pneumologie", last_name="Mercier", first_name="Luc")
    return Practice(professional=person, phone="01 99 00 11 22", **fields)


def test_a_new_entry_is_one_gesture_that_undo_takes_back_whole(ajain):
    user = UserFactory()
    structure = Structure(name="CH de Montluçon", town="Montluçon")
    made = carnet_actions.create(row=new(structure=structure), centre=ajain, km=Decimal(52), by=user)
    assert (made.words, made.confirmed_by) == (" pneumologie mercier luc ch de montlucon montlucon", user)
    book.undo(ChangeSet.objects.get(), by=user)
    assert [model.objects.count() for model in (Professional, Structure, Practice, CentreLink)] == [0, 0, 0, 0]


def test_a_new_entry_joins_the_structure_that_stands(ajain):
    standing = StructureFactory(kind="", name="CH de Montluçon", town="Montluçon")
    row = new(structure=Structure(name="ch de montlucon", town="MONTLUÇON"))
    assert carnet_actions.create(row=row, centre=ajain, km=None, by=UserFactory()).structure == standing


def test_nobody_stands_twice(ajain):
    carnet_actions.create(row=new(), centre=ajain, km=None, by=UserFactory())
    with pytest.raises(Refusal, match="déjà dans le carnet"):
        carnet_actions.create(row=new(), centre=ajain, km=None, by=UserFactory())
    assert (Professional.objects.count(), Change.objects.count()) == (1, 3)


def test_an_emergency_line_is_made_then_changed_with_its_version(ajain):
    user, values = UserFactory(), {"phone": "01 99 00 00 15", "detail": ""}
    carnet_actions.set_emergency(centre=ajain, kind="poison", values=values, by=user, version=0)
    with pytest.raises(Stale):
        carnet_actions.set_emergency(centre=ajain, kind="poison", values=values, by=user, version=0)
    carnet_actions.set_emergency(centre=ajain, kind="poison", values={"phone": "15"}, by=user, version=1)
    assert list(EmergencyLine.objects.values_list("phone", "version")) == [("15", 2)]


@pytest.mark.parametrize("address", ["186057800100123@patient.mssante.fr", "X@PATIENT.MSSANTE.FR"])
def test_a_patient_s_mailbox_is_refused_by_form_and_database(address):
    practice = PracticeFactory()
    practice.secure_mailbox = address
    with pytest.raises(ValidationError, match="Messagerie d’un patient"):
        practice.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.update(secure_mailbox=address)


@pytest.mark.parametrize(
    "values",
    [
        {"professional": None},
        {"mailbox_kind": "x"},
    ],
)
def test_the_database_says_no(values):
    practice = PracticeFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(**values)


def test_each_identity_stands_once():
    first, place = PracticeFactory(town="Guéret"), StructureFactory()
    alone = {"professional": None, "structure": place}
    PracticeFactory(**alone)
    for twin in ({"professional": first.professional, "town": "Guéret"}, alone):
        with pytest.raises(IntegrityError), transaction.atomic():
            PracticeFactory(**twin)


@pytest.mark.parametrize(
    ("role", "own", "other"), [("coordinator", True, False), ("logistics", True, True), ("doctor", False, False)]
)
def test_each_centre_keeps_its_entries_and_the_central_team_all(role, own, other, member, link, ajain):
    user, stranger = member(role, ajain), CentreLinkFactory().practice
    assert [carnet_permissions.can_edit(user, one) for one in (link.practice, stranger)] == [own, other]
