"""A place's page: what stands, and the gestures that change it, refused or taken back."""

import re

import pytest

from directory.models import ChangeSet, OutgoingMessage
from directory.weeks import WEEK
from rotas import actions
from rotas.models import Assignment, Closure
from tests.factories.directory import CentreFactory, DoctorFactory, UserFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctor(db):
    return DoctorFactory(first_name="Zoé", last_name="Roy")


@pytest.fixture
def coordinator(signed_in, member, ajain):
    return signed_in(member("coordinator", ajain))


def url(slot):
    return f"/intranet/rotation/{slot.pk}/"


def post(client, slot, gesture, version=1, **fields):
    return client.post(url(slot), {"geste": gesture, "version": version, **fields})


def text(response):
    """What a reader reads of a page."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def messages_of(client):
    """The messages that the next page shows."""
    return [str(message) for message in client.get("/intranet/").context["messages"]]


@pytest.mark.parametrize(("gesture", "state"), [("confirmer", "confirmed"), ("proposer", "option")])
def test_one_press_assigns_and_goes_back_to_the_week(gesture, state, coordinator, slot, doctor):
    answer = post(coordinator, slot, gesture, doctor=doctor.pk)
    assert (answer.status_code, answer.url) == (302, f"/intranet/rotation/?du={slot.monday}#s{slot.pk}")
    assert [(a.doctor, a.state) for a in slot.assignments.all()] == [(doctor, state)]


def test_the_mail_to_come_is_announced_with_its_delay(coordinator, slot, doctor, settings):
    settings.MESSAGE_DELAY_SECONDS = 600
    post(coordinator, slot, "confirmer", doctor=doctor.pk)
    assert messages_of(coordinator) == [
        "Dr Zoé Roy est confirmé à Ajain. Dr Zoé Roy recevra un mail dans 10\u00a0minutes. "
        "Vous pouvez annuler d’ici là."
    ]


def test_a_proposal_announces_no_mail(coordinator, slot, doctor):
    post(coordinator, slot, "proposer", doctor=doctor.pk)
    assert messages_of(coordinator) == ["Dr Zoé Roy est proposé à Ajain."]


def test_undo_is_offered_with_the_message_and_takes_the_gesture_back(coordinator, slot, doctor):
    post(coordinator, slot, "confirmer", doctor=doctor.pk)
    gesture = ChangeSet.objects.get()
    page = coordinator.get("/intranet/rotation/").content.decode()
    assert re.findall(r'action="(/intranet/gestes/[^"]+)"', page) == [f"/intranet/gestes/{gesture.pk}/annuler/"]
    assert coordinator.post(f"/intranet/gestes/{gesture.pk}/annuler/").status_code == 302
    assert (Assignment.objects.count(), OutgoingMessage.objects.get().state) == (0, "cancelled")
    assert messages_of(coordinator) == ["Votre geste est annulé."]


def test_undo_says_what_changed_since(coordinator, slot, doctor):
    post(coordinator, slot, "confirmer", doctor=doctor.pk)
    first = ChangeSet.objects.get()
    post(coordinator, slot, "liberer", version=2)
    answer = coordinator.post(f"/intranet/gestes/{first.pk}/annuler/")
    assert (answer.status_code, "s. Votre geste n’est pas annulé." in text(answer)) == (409, True)


def test_nobody_undoes_another_s_gesture(coordinator, slot, doctor, member):
    done = actions.assign(slot=slot, doctor=doctor, by=member("logistics"), version=1)
    assert coordinator.post(f"/intranet/gestes/{done.change_set.pk}/annuler/").status_code == 404
    assert Assignment.objects.get().state == "confirmed"


def test_a_gesture_in_a_centre_that_is_no_longer_one_s_own_stays(coordinator, slot, doctor, ajain):
    post(coordinator, slot, "confirmer", doctor=doctor.pk)
    ajain.memberships.get().centres.set([CentreFactory()])
    assert coordinator.post(f"/intranet/gestes/{ChangeSet.objects.get().pk}/annuler/").status_code == 403
    assert Assignment.objects.get().state == "confirmed"


def test_a_stale_version_shows_both_values_and_writes_nothing(coordinator, slot, doctor, member):
    other = DoctorFactory(first_name="Ali", last_name="Bey")
    actions.assign(slot=slot, doctor=other, by=member("logistics", first_name="Claire", last_name="Blin"), version=1)
    answer = post(coordinator, slot, "confirmer", doctor=doctor.pk)
    said = text(answer)
    assert answer.status_code == 409
    assert "Ce qui est là\u00a0: Dr Ali Bey confirmé, par Claire Blin," in said
    assert "Ce que vous vouliez\u00a0: confirmer Dr Zoé Roy." in said
    assert [a.doctor for a in slot.assignments.active()] == [other]


def test_after_a_collision_one_press_with_the_fresh_version_does_it(coordinator, slot, doctor, member):
    actions.assign(slot=slot, doctor=DoctorFactory(), by=member("logistics"), version=1)
    page = post(coordinator, slot, "confirmer", doctor=doctor.pk).content.decode()
    form = re.search(r'<form method="post" class="choices">(.*?)</form>', page, re.S).group(1)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert coordinator.post(url(slot), fields).status_code == 302
    assert [a.doctor for a in slot.assignments.active()] == [doctor]


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5"])
def test_a_missing_or_senseless_version_is_refused(version, coordinator, slot, doctor):
    assert post(coordinator, slot, "confirmer", version=version, doctor=doctor.pk).status_code == 422
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"geste": "vendre"},
        {},
        {"geste": "confirmer", "centre": "2"},
        {"geste": "liberer", "doctor": "1"},
        {"geste": "confirmer", "state": "confirmed"},
        {"geste": "proposer", "first_day": "2026-01-01"},
    ],
)
def test_what_the_page_does_not_offer_is_a_bad_request(fields, coordinator, slot):
    assert coordinator.post(url(slot), {"version": 1, **fields}).status_code == 400
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize("version", [10**30, 2**63 - 1])
def test_an_absurd_version_is_stale_not_an_error(version, coordinator, slot, doctor):
    assert post(coordinator, slot, "confirmer", version=version, doctor=doctor.pk).status_code == 409


@pytest.mark.parametrize("doctor", ["", "0", "abc", str(10**30)])
def test_an_unknown_doctor_is_refused_in_words(doctor, coordinator, slot):
    answer = post(coordinator, slot, "confirmer", doctor=doctor)
    assert (answer.status_code, bool(re.search("médecin", text(answer)))) == (422, True)


def test_a_doctor_who_is_elsewhere_is_refused_in_words(coordinator, slot, doctor):
    AssignmentFactory(doctor=doctor, slot__monday=slot.monday, slot__centre__name="Nièvre")
    answer = post(coordinator, slot, "confirmer", doctor=doctor.pk)
    assert (answer.status_code, "Dr Zoé Roy est déjà à Nièvre" in text(answer)) == (422, True)
    assert re.findall(r"<title>(Erreur)", answer.content.decode()) == ["Erreur"]


def test_the_page_after_a_refusal_holds_the_version_that_stands(coordinator, slot, doctor):
    AssignmentFactory(doctor=doctor, slot__monday=slot.monday)
    page = post(coordinator, slot, "confirmer", doctor=doctor.pk).content.decode()
    assert set(re.findall(r'name="version" value="(\d+)"', page)) == {"1"}


@pytest.mark.parametrize("field", ["note", "reason"])
def test_a_patient_s_data_is_refused_and_kept_nowhere(field, coordinator, slot, doctor):
    gesture = "confirmer" if field == "note" else "liberer"
    fields = (
        {"doctor": doctor.pk, "note": "NIR 2 85 05 78 006 084 91"}
        if field == "note"
        else {"reason": "patiente de 54 ans"}
    )
    answer = post(coordinator, slot, gesture, **fields)
    assert (answer.status_code, "données de patient" in text(answer)) == (422, True)
    assert ChangeSet.objects.count() == 0


def test_a_proposal_is_confirmed_with_its_note(coordinator, slot, doctor):
    post(coordinator, slot, "proposer", doctor=doctor.pk, note="arrive en train")
    post(coordinator, slot, "confirmer", version=2, doctor=doctor.pk)
    held = slot.assignments.get()
    assert (held.state, held.note) == ("confirmed", "arrive en train")


def test_a_note_leaves_the_days_as_they_are(coordinator, slot, doctor):
    AssignmentFactory(slot=slot, doctor=doctor, last_day=slot.monday)
    post(coordinator, slot, "confirmer", doctor=doctor.pk, note="le lundi")
    held = slot.assignments.get()
    assert (held.last_day, held.note) == (slot.monday, "le lundi")


def test_a_held_place_is_freed_with_a_reason(coordinator, slot, doctor):
    AssignmentFactory(slot=slot, doctor=doctor, state="option")
    post(coordinator, slot, "liberer", reason="malentendu")
    assert (slot.assignments.get().state, ChangeSet.objects.get().reason) == ("cancelled", "malentendu")


def test_a_week_is_closed_opened_again_and_the_undo_follows(coordinator, slot):
    post(coordinator, slot, "fermer", reason="Travaux")
    assert Closure.objects.get().reason == "Travaux"
    post(coordinator, slot, "rouvrir", version=2)
    assert Closure.objects.count() == 0
    last = ChangeSet.objects.order_by("-pk").first()
    assert coordinator.post(f"/intranet/gestes/{last.pk}/annuler/").status_code == 302
    assert Closure.objects.get().reason == "Travaux"


@pytest.mark.parametrize("gesture", ["fermer", "rouvrir"])
def test_a_week_that_changed_since_is_neither_closed_nor_opened(gesture, coordinator, slot):
    assert post(coordinator, slot, gesture, version=9).status_code == 409


def test_a_closed_week_offers_no_doctor(coordinator, slot):
    ClosureFactory(centre=slot.centre, monday=slot.monday, reason="Travaux")
    page = coordinator.get(url(slot))
    assert ("Ajain est fermé cette semaine-là\u00a0: Travaux." in text(page), page.context["candidates"]) == (True, [])


def test_nobody_came_is_said_of_past_weeks_only(coordinator, ajain, monday, slot):
    past = SlotFactory(centre=ajain, monday=monday - WEEK)
    assert (
        "Personne n’est venu" in text(coordinator.get(url(past))),
        "Personne n’est venu" in text(coordinator.get(url(slot))),
    ) == (True, False)
    assert [post(coordinator, one, "manquee").status_code for one in (past, slot)] == [302, 422]
    past.refresh_from_db()
    assert past.missed is True


def test_another_centre_s_place_is_read_not_changed(signed_in, member, slot, doctor):
    client = signed_in(member("coordinator", CentreFactory()))
    assert re.findall(r'name="version"', client.get(url(slot)).content.decode()) == []
    assert post(client, slot, "confirmer", doctor=doctor.pk).status_code == 403
    assert Assignment.objects.count() == 0


def test_the_story_says_who_did_what(coordinator, slot, doctor, member):
    by = member("logistics", first_name="Claire", last_name="Blin")
    actions.assign(slot=slot, doctor=doctor, by=by, version=1, state="option")
    actions.assign(slot=slot, doctor=doctor, by=by, version=2)
    actions.release(slot=slot, by=by, version=3, reason="malentendu")
    actions.close_week(slot=slot, by=None, version=4)
    story = coordinator.get(url(slot)).context["story"]
    assert [(line.what, line.who, line.reason) for line in story] == [
        ("semaine fermée", "Relais", ""),
        ("Dr Zoé Roy retiré", "Claire Blin", "malentendu"),
        ("Dr Zoé Roy confirmé", "Claire Blin", ""),
        ("Dr Zoé Roy proposé", "Claire Blin", ""),
    ]


def test_one_s_own_gestures_can_be_taken_back_from_the_story_too(coordinator, slot, doctor, member):
    actions.assign(slot=slot, doctor=DoctorFactory(), by=member("logistics"), version=1)
    post(coordinator, slot, "liberer", version=2)
    mine = ChangeSet.objects.order_by("-pk").first()
    assert [line.gesture for line in coordinator.get(url(slot)).context["story"]] == [mine.pk, None]
    coordinator.post(f"/intranet/gestes/{mine.pk}/annuler/")
    assert [line.gesture for line in coordinator.get(url(slot)).context["story"]] == [None, None, None]


def test_the_search_answers_the_page_s_own_fragment(coordinator, slot, doctor):
    DoctorFactory(last_name="Petit")
    answer = coordinator.get(f"{url(slot)}?q=roy", headers={"HX-Request": "true"})
    assert [one.doctor for one in answer.context["candidates"]] == [doctor]
    fragment, page = answer.content.decode().strip(), coordinator.get(f"{url(slot)}?q=roy").content.decode()
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", fragment) in token.sub("", page)


def test_those_already_elsewhere_come_last_without_a_button(coordinator, slot, doctor):
    AssignmentFactory(doctor=doctor, slot__monday=slot.monday, slot__centre__name="Nièvre")
    DoctorFactory(first_name="Ali", last_name="Zidane", department="23")
    page = coordinator.get(url(slot)).content.decode()
    assert re.findall(r'<span class="why">(.*?)</span>', page) == [
        "libre, jamais venu, du département",
        "déjà à Nièvre cette semaine, confirmé",
    ]
    assert page.count('value="confirmer"') == 1


def test_a_person_who_left_is_still_in_the_story(coordinator, slot, doctor):
    gone = UserFactory()
    actions.assign(slot=slot, doctor=doctor, by=gone, version=1)
    gone.delete()
    assert [line.who for line in coordinator.get(url(slot)).context["story"]] == ["Une personne partie depuis"]


@pytest.mark.parametrize("doctors", [1, 30])
def test_the_queries_of_a_place_do_not_grow(doctors, coordinator, slot, member, django_assert_num_queries):
    by = member("logistics")
    for i, doctor in enumerate(DoctorFactory.create_batch(doctors), start=1):
        actions.assign(slot=slot, doctor=doctor, by=by, version=i)
    with django_assert_num_queries(15):
        coordinator.get(url(slot))
