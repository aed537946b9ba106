"""A file imported again while people work in Relais adds, fills blanks, and says what differs without touching it."""

from datetime import timedelta

import pytest

from directory import book, public, weeks
from directory.models import Capacity, OutgoingMessage
from directory.refusals import ChangedSince
from rotas import actions
from rotas.models import Assignment, Closure, DutyDay, Slot
from tests.factories.directory import CapacityFactory, CentreFactory, DoctorFactory, UserFactory
from tests.factories.rotas import AssignmentFactory
from tests.tables import dump, run, text_file

pytestmark = pytest.mark.django_db
MONDAY = weeks.monday_of(weeks.today()) + 30 * weeks.WEEK
YEAR, WEEK, _ = MONDAY.isocalendar()
HEADINGS = ["Semaine", "Ajain", "Nièvre (1)", "Nièvre (2)"]
NONE = "created=0 updated=0 unchanged=0 rejected=0"
UPDATED = "created=0 updated=1 unchanged=0 rejected=0"
SAME = "created=0 updated=0 unchanged=1 rejected=0"
APPLY = ["--apply-differences"]


@pytest.fixture(autouse=True)
def house(db):
    """Two centres and four doctors."""
    for name, places in (("Ajain", 1), ("Nièvre", 2)):
        CapacityFactory(centre=CentreFactory(name=name, capacity=False), required=places)
    for name in ("Weber", "Petit", "Colas", "Simon"):
        DoctorFactory(last_name=name, first_name="Anne")


@pytest.fixture
def send(tmp_path):
    """Import one week: the cells of the three places."""

    def send_week(*cells, options=()):
        path = text_file(tmp_path / "p.csv", [HEADINGS, [f"S{WEEK}", *cells]])
        return run("import_rota", path, "--year", YEAR, *options)

    return send_week


def slot(centre: str = "Ajain", place: int = 1) -> Slot:
    return Slot.objects.get(centre__name=centre, monday=MONDAY, place=place)


def by_hand(name: str, where: Slot | None = None, **fields) -> Assignment:
    where = where or slot()
    doctor = DoctorFactory._meta.model.objects.get(last_name=name)
    return actions.assign(slot=where, doctor=doctor, by=UserFactory(), version=where.version, **fields)


def holders(centre: str = "Ajain", place: int = 1) -> list[tuple[str, str]]:
    rows = slot(centre, place).assignments.active().select_related("doctor")
    return [(a.doctor.last_name, a.state) for a in rows]


def said(outcome) -> list[str]:
    """The differences without their address."""
    return [line.split("\u00a0: ", 2)[2] for line in outcome.out if line.startswith("différent\u00a0")]


def test_a_new_doctor_fills_a_blank_without_a_message(send):
    send("", "", "")
    version = slot().version
    assert send("Dr Weber", "", "").last == "created=1 updated=0 unchanged=0 rejected=0"
    assert (slot().version, OutgoingMessage.objects.count()) == (version + 1, 0)


def test_a_note_fills_a_blank(send):
    send("Dr Weber", "", "")
    assert send("Dr Weber (vient en train)", "", "").last == UPDATED
    assert send("Dr Weber", "", "").last == SAME
    assert Assignment.objects.get().note == "vient en train"


def test_a_doctor_placed_by_hand_as_in_the_file_is_the_same(send):
    send("", "", "")
    by_hand("Weber")
    assert send("WEBER Anne", "", "").last == SAME


DIFFERENT = {
    "another doctor": ("Dr Petit", "Dr Anne Weber, confirmé", [("Petit", "confirmed")]),
    "a proposal": ("Dr Weber ?", "confirmé", [("Weber", "option")]),
    "nobody": ("", "Dr Anne Weber, confirmé", []),
    "to be filled": ("à pourvoir", "Dr Anne Weber, confirmé", []),
    "closed": ("fermé", "Dr Anne Weber, confirmé", []),
    "another note": ("Dr Weber (en voiture)", "en train", [("Weber", "confirmed")]),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_differs_is_said_and_left(name, send):
    typed, in_relais, _ = DIFFERENT[name]
    send("", "", "")
    by_hand("Weber", note="en train")
    before = dump()
    outcome = send(typed, "", "")
    given = f"«\u00a0{typed}\u00a0»" if typed else "vide"
    told = f"«\u00a0{in_relais}\u00a0» dans Relais"
    assert said(outcome) == [f"{given} dans le fichier, {'note ' if 'note' in name else ''}{told}"]
    assert (outcome.last, dump()) == (NONE, before)


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_differs_is_applied_on_demand_without_a_message_and_undone(name, send):
    typed, _, result = DIFFERENT[name]
    send("", "", "")
    AssignmentFactory(slot=slot(), doctor=DoctorFactory(last_name="Weber", first_name="Zoé"), note="en train")
    before = dump(keys=False)
    outcome = send(typed.replace("Weber", "Zoé Weber"), "", "", options=APPLY)
    assert (outcome.last, holders(), len(said(outcome))) == (UPDATED, result, 0)
    assert outcome.out[-2] == "différents=1 (appliqués)"
    assert (OutgoingMessage.objects.count(), DutyDay.objects.count()) == (0, 7 * len(result))
    run("undo_import")
    assert dump(keys=False) == before


def test_a_proposal_that_became_firm_in_the_file_is_a_difference(send):
    send("Dr Weber - option", "", "")
    assert said(send("Dr Weber", "", "")) == [
        "«\u00a0Dr Weber\u00a0» dans le fichier, «\u00a0proposé\u00a0» dans Relais"
    ]
    assert (send("Dr Weber", "", "", options=APPLY).last, holders()) == (UPDATED, [("Weber", "confirmed")])


def test_a_doctor_freed_by_hand_is_not_put_back(send):
    send("Dr Weber", "", "")
    actions.release(slot=slot(), by=UserFactory(), version=slot().version)
    outcome = send("Dr Weber", "", "")
    assert said(outcome) == ["«\u00a0Dr Weber\u00a0» dans le fichier, place libérée dans Relais"]
    assert (outcome.last, holders()) == (NONE, [])
    assert (send("Dr Weber", "", "", options=APPLY).last, holders()) == (UPDATED, [("Weber", "confirmed")])


def test_a_doctor_whose_release_was_undone_by_an_import_comes_back(send):
    send("Dr Weber", "", "")
    send("", "", "", options=APPLY)
    assert send("Dr Weber", "", "").last == "created=1 updated=0 unchanged=0 rejected=0"


def test_a_week_opened_again_by_hand_is_not_closed_again(send):
    send("fermé", "", "")
    actions.reopen_week(slot=slot(), by=UserFactory(), version=slot().version)
    outcome = send("fermé", "", "")
    assert said(outcome) == ["«\u00a0fermé\u00a0» dans le fichier, semaine rouverte dans Relais"]
    assert Closure.objects.count() == 0
    assert (send("fermé", "", "", options=APPLY).last, Closure.objects.count()) == (UPDATED, 1)


def test_a_week_closed_by_hand_stays_closed(send):
    send("", "", "")
    actions.close_week(slot=slot("Nièvre"), by=UserFactory(), version=1, reason="travaux")
    before = dump(keys=False)
    outcome = send("", "Dr Weber", "")
    assert said(outcome) == [
        "«\u00a0Dr Weber\u00a0» dans le fichier, «\u00a0fermé\u00a0» dans Relais",
        "vide dans le fichier, «\u00a0fermé\u00a0» dans Relais",
    ]
    assert send("", "Dr Weber", "", options=APPLY).last == "created=0 updated=2 unchanged=0 rejected=0"
    assert (Closure.objects.count(), holders("Nièvre")) == (0, [("Weber", "confirmed")])
    run("undo_import")
    assert dump(keys=False) == before


def test_an_extra_place_that_the_file_ignores_does_not_keep_a_week_open(send):
    Capacity.objects.filter(centre__name="Ajain").update(wanted=1)
    send("", "", "")
    assert (send("fermé", "", "").out[0], slot(place=2).need) == ("fermetures=1 (1 nouvelle)", "wanted")


def test_who_holds_an_extra_place_that_the_file_ignores_is_not_sent_home_unasked(send):
    Capacity.objects.filter(centre__name="Ajain").update(wanted=1)
    send("", "", "")
    by_hand("Weber", slot(place=2))
    assert said(send("fermé", "", "")) == [
        "«\u00a0fermé\u00a0» dans le fichier, «\u00a0Dr Anne Weber, confirmé\u00a0» dans Relais"
    ]
    assert (send("fermé", "", "", options=APPLY).last, holders(place=2)) == (UPDATED, [])


def test_who_is_elsewhere_in_relais_is_refused_with_the_place(send):
    send("", "", "")
    by_hand("Weber", slot("Nièvre", 2))
    outcome = send("Dr Weber", "", "")
    assert outcome.out[0] == (
        "B2\u00a0: «\u00a0Dr Weber\u00a0»\u00a0: Dr Anne Weber est déjà à Nièvre, place 2, cette semaine-là dans Relais"
    )
    assert said(outcome) == ["vide dans le fichier, «\u00a0Dr Anne Weber, confirmé\u00a0» dans Relais"]
    assert outcome.last == "created=0 updated=0 unchanged=0 rejected=1"


def test_two_doctors_who_changed_places_are_moved_when_differences_apply(send):
    send("Dr Weber", "Dr Petit", "")
    assert len(said(send("Dr Petit", "Dr Weber", ""))) == 2
    outcome = send("Dr Petit", "Dr Weber", "", options=APPLY)
    assert outcome.last == "created=0 updated=2 unchanged=0 rejected=0"
    assert (holders(), holders("Nièvre")) == ([("Petit", "confirmed")], [("Weber", "confirmed")])


def test_a_move_that_cannot_be_leaves_the_others_in_place(send, tmp_path):
    send("Dr Weber", "Dr Petit", "")
    elsewhere = CentreFactory(name="Indre")
    doctor = DoctorFactory(last_name="Roy", first_name="Luc")
    AssignmentFactory(slot__centre=elsewhere, slot__monday=MONDAY, doctor=doctor)
    before = dump()
    outcome = send("Dr Roy", "Dr Weber", "", options=APPLY)
    assert (outcome.refused, outcome.last) == (["B2", "C2"], "created=0 updated=0 unchanged=0 rejected=2")
    assert dump() == before


def test_a_shared_week_is_a_difference(send):
    send("", "", "")
    first, second = MONDAY, MONDAY + timedelta(days=3)
    by_hand("Weber", first_day=first, last_day=first)
    by_hand("Petit", slot(), first_day=second, last_day=second)
    assert send("Dr Weber", "", "").last == NONE
    assert send("Dr Weber", "", "", options=APPLY).last == UPDATED
    assert (holders(), DutyDay.objects.count()) == ([("Weber", "confirmed")], 7)


def test_part_of_a_week_held_alone_is_the_same(send):
    send("", "", "")
    by_hand("Weber", first_day=MONDAY, last_day=MONDAY)
    assert (send("Dr Weber", "", "").last, DutyDay.objects.count()) == (SAME, 1)


def test_a_missed_week_that_somebody_held_is_no_longer_missed(send):
    send("", "", "")
    Slot.objects.filter(pk=slot().pk).update(missed=True)
    before = dump()
    send("Dr Weber", "", "")
    assert slot().missed is False
    run("undo_import")
    assert dump() == before


def test_a_mail_that_has_not_left_is_stopped_when_the_doctor_is_replaced(send):
    send("", "", "")
    by_hand("Weber")
    send("Dr Petit", "", "", options=APPLY)
    assert [message.state for message in OutgoingMessage.objects.all()] == ["cancelled"]


def test_undo_says_so_when_somebody_took_the_place_since(send):
    send("Dr Weber", "", "")
    send("", "", "", options=APPLY)
    by_hand("Petit")
    change_set = book.ChangeSet.objects.filter(source="import").last()
    with pytest.raises(ChangedSince, match="ce qui est venu depuis"):
        book.undo(change_set, by=None)
    assert holders() == [("Petit", "confirmed")]


def test_undo_says_what_changed_since(send):
    send("Dr Weber", "", "")
    actions.release(slot=slot(), by=UserFactory(), version=slot().version)
    outcome = run("undo_import")
    assert (outcome.code, outcome.err[1:]) == (1, ["affectation «\u00a0Dr Anne Weber, annulé\u00a0» a changé depuis"])


@pytest.mark.parametrize(("typed", "taken"), [("Ferme", 0), ("FERME", 0), ("fermé", 1), ("Fermeture annuelle", 1)])
def test_a_doctor_called_ferme_closes_no_centre(send, typed, taken):
    DoctorFactory(last_name="Ferme", first_name="Anne")
    assert send(typed, "", "").last == f"created=0 updated=0 unchanged=0 rejected={1 - taken}"
    assert Closure.objects.count() == taken


def test_a_reopening_by_hand_is_remembered_after_an_undone_import(send):
    send("fermé", "", "")
    actions.reopen_week(slot=slot(), by=UserFactory(), version=slot().version)
    send("fermé", "", "", options=APPLY)
    run("undo_import")
    assert said(send("fermé", "", "")) == ["«\u00a0fermé\u00a0» dans le fichier, semaine rouverte dans Relais"]
    assert Closure.objects.count() == 0


def test_the_same_file_again_tells_visitors_nothing(send):
    send("Dr Weber", "", "fermé")
    stamp = public.stamp()
    assert (send("Dr Weber", "", "fermé").code, public.stamp()) == (0, stamp)
    assert (send("Dr Weber", "Dr Petit", "fermé").code, public.stamp()) == (0, stamp + 1)
