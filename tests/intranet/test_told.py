"""What the screen says of mails and of gestures that changed nothing: the truth, after a gesture and after its undo."""

import re

import pytest
from django.utils import timezone

from directory.models import ChangeSet, OutgoingMessage
from directory.weeks import WEEK
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ten_minutes(settings):
    settings.MESSAGE_DELAY_SECONDS = 600


def press(client, slot, gesture, **fields):
    """One gesture with the version that stands; returns the notices of the next page and their undo."""
    slot.refresh_from_db()
    client.post(f"/intranet/rotation/{slot.pk}/", {"geste": gesture, "version": slot.version, **fields})
    return notices(client)


def undo(client):
    """Takes the last gesture back; returns as `press`."""
    client.post(f"/intranet/gestes/{ChangeSet.objects.latest('pk').pk}/annuler/")
    return notices(client)


def notices(client):
    """(words, whether an undo is offered) of each message of the next page."""
    page = client.get("/intranet/").content.decode()
    found = re.findall(r'<div class="notice notice-good">\s*<p>(.*?)</p>(.*?)</div>', page, re.S)
    return [(words, "/annuler/" in rest) for words, rest in found]


def mails_sent():
    OutgoingMessage.objects.update(state="sent", sent_at=timezone.now())


def standing(client, slot):
    """What the place's page says that its holders were told."""
    page = client.get(f"/intranet/rotation/{slot.pk}/").content.decode()
    return re.findall(r'<div class="holder">.*?<p class="muted">(.*?)</p>', page, re.S)


@pytest.mark.parametrize("note", ["en train", ""])
def test_a_note_saved_as_it_stands_changes_nothing(note, central, slot, zoe):
    AssignmentFactory(slot=slot, doctor=zoe, note=note)
    assert press(central, slot, "confirmer", doctor=zoe.pk, note=note) == [("Rien n’a changé.", False)]
    assert ChangeSet.objects.count() == 0


def test_a_note_is_erased_from_the_screen(central, slot, zoe):
    held = AssignmentFactory(slot=slot, doctor=zoe, note="en train")
    press(central, slot, "confirmer", doctor=zoe.pk, note="")
    held.refresh_from_db()
    assert (held.note, held.state) == ("", "confirmed")


def test_closing_a_closed_week_changes_nothing(central, slot):
    ClosureFactory(centre=slot.centre, monday=slot.monday)
    assert press(central, slot, "fermer") == [("Rien n’a changé.", False)]


def test_an_undo_in_time_speaks_of_no_mail(central, slot, zoe):
    press(central, slot, "confirmer", doctor=zoe.pk)
    assert undo(central) == [("Votre geste est annulé.", False)]


def test_an_undo_after_the_mail_announces_the_mail_that_it_causes(central, slot, zoe):
    press(central, slot, "confirmer", doctor=zoe.pk)
    mails_sent()
    said = "Votre geste est annulé. Dr Zoé Roy recevra un mail d’annulation dans 10\u00a0minutes."
    assert undo(central) == [(said, False)]


def test_who_leaves_for_another_is_told_too(central, slot, zoe):
    press(central, slot, "confirmer", doctor=zoe.pk)
    mails_sent()
    other = DoctorFactory(first_name="Ali", last_name="Bey")
    said = (
        "Dr Ali Bey est confirmé à Ajain. Dr Ali Bey recevra un mail dans 10\u00a0minutes. "
        "Dr Zoé Roy recevra un mail d’annulation dans 10\u00a0minutes. Vous pouvez annuler d’ici là."
    )
    assert press(central, slot, "confirmer", doctor=other.pk) == [(said, True)]


@pytest.mark.parametrize(
    ("gesture", "weeks_from_now", "said"),
    [
        ("confirmer", 1, "Dr Zoé Roy est confirmé à Ajain. Dr Zoé Roy n’a pas d’adresse e-mail\u00a0: appelez."),
        ("proposer", 1, "Dr Zoé Roy est proposé à Ajain."),
        ("confirmer", -1, "Dr Zoé Roy est confirmé à Ajain."),
    ],
)
def test_who_has_no_address_is_to_be_called(gesture, weeks_from_now, said, central, ajain, monday):
    zoe = DoctorFactory(first_name="Zoé", last_name="Roy", email="")
    slot = SlotFactory(centre=ajain, monday=monday + weeks_from_now * WEEK)
    assert press(central, slot, gesture, doctor=zoe.pk) == [(said, True)]


def test_who_has_no_address_is_to_be_called_when_freed_and_after_the_undo_too(central, slot):
    zoe = DoctorFactory(first_name="Zoé", last_name="Roy", email="")
    AssignmentFactory(slot=slot, doctor=zoe)
    call = "Dr Zoé Roy n’a pas d’adresse e-mail\u00a0: appelez."
    said = f"La semaine est annulée et la place est libre à Ajain. {call}"
    assert press(central, slot, "annuler", by="doctor", reason="travel") == [(said, True)]
    assert undo(central) == [(f"Votre geste est annulé. {call}", False)]


def test_a_draft_tells_nobody_to_call(central, ajain, monday):
    zoe = DoctorFactory(first_name="Zoé", last_name="Roy", email="")
    slot = SlotFactory(centre=ajain, monday=monday + WEEK, published=False)
    assert press(central, slot, "confirmer", doctor=zoe.pk) == [("Dr Zoé Roy est confirmé à Ajain.", True)]


@pytest.mark.time_machine("2026-11-21T13:32:00+00:00", tick=False)
def test_the_place_says_when_its_doctor_hears_of_it(central, ajain, zoe):
    slot = SlotFactory(centre=ajain, monday=timezone.localdate() + 2 * WEEK / 7)
    press(central, slot, "confirmer", doctor=zoe.pk)
    assert standing(central, slot) == ["Mail prévu le 21/11/2026 à 14\u00a0h\u00a042."]
    mails_sent()
    assert standing(central, slot) == ["Prévenu le 21/11/2026 à 14\u00a0h\u00a032."]


def test_a_proposal_says_nothing_of_mails_but_its_deadline(central, slot, zoe):
    press(central, slot, "proposer", doctor=zoe.pk)
    assert [text[:11] for text in standing(central, slot)] == ["Proposition"]


def test_nobody_came_is_not_offered_for_a_closed_week(central, ajain, monday):
    past = SlotFactory(centre=ajain, monday=monday - WEEK)
    ClosureFactory(centre=ajain, monday=past.monday)
    assert central.get(f"/intranet/rotation/{past.pk}/").context["may_be_missed"] is False
