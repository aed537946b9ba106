"""Freeing somebody who counts on coming: who calls it off and why, in choices that name no illness."""

import re

import pytest
from django.utils import timezone

from directory.models import OutgoingMessage
from directory.weeks import WEEK
from rotas.models import CancelReason
from tests.factories.rotas import AssignmentFactory, SlotFactory
from tests.intranet.browser import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(ajain, monday, zoe):
    """A place that an import has filled."""
    return AssignmentFactory(slot=SlotFactory(centre=ajain, monday=monday + WEEK), doctor=zoe).slot


def test_who_was_told_is_not_freed_without_saying_who_and_why(central, slot):
    answer = Page(central).save(slot, "liberer")
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#dialog")
    assert slot.assignments.get().state == "confirmed"


def test_who_was_told_is_not_merely_proposed_again(central, slot, zoe):
    answer = Page(central).save(slot, "proposer", doctor=zoe.pk)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#dialog")
    assert (slot.assignments.get().state, OutgoingMessage.objects.count()) == ("confirmed", 0)


def test_the_form_offers_choices_only(central, slot):
    body = Page(central).save(slot, "liberer").content.decode()
    kinds = set(re.findall(r'<input type="(\w+)"', body)) | set(re.findall("<textarea|<select", body))
    assert kinds == {"hidden", "radio"}


def test_no_reason_names_an_illness():
    words = " ".join(CancelReason.labels).lower()
    assert [ill for ill in ("malad", "santé", "médical", "arrêt", "grossesse") if ill in words] == []


def test_the_form_calls_the_week_off_and_the_doctor_is_told(central, slot, zoe):
    page = Page(central)
    page.save(slot, "annuler", by="centre", reason="lodging")
    gone = slot.assignments.get()
    assert (gone.state, gone.cancelled_by, gone.cancel_reason) == ("cancelled", "centre", "lodging")
    assert [(mail.kind, mail.recipient) for mail in OutgoingMessage.objects.all()] == [
        ("rotas.week_cancelled", zoe.email)
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "travel"}, "Dites qui annule."),
        ({"by": "doctor"}, "Choisissez une raison."),
        ({"by": "doctor", "reason": "grippe"}, "Choisissez une raison de la liste."),
    ],
)
def test_who_and_why_are_asked(fields, said, central, slot):
    answer = Page(central).save(slot, "annuler", **fields)
    assert (answer.status_code, answer.content.decode()) == (422, f'<p class="refused">{said}</p>')


def test_who_has_not_been_told_yet_is_freed_at_once(central, ajain, monday, zoe):
    slot = SlotFactory(centre=ajain, monday=monday)
    page = Page(central)
    page.save(slot, "confirmer", doctor=zoe.pk)
    assert page.save(slot, "liberer").status_code == 200
    assert [mail.state for mail in OutgoingMessage.objects.all()] == ["cancelled"]


def test_once_the_mail_has_left_the_form_is_asked(central, ajain, monday, zoe):
    slot = SlotFactory(centre=ajain, monday=monday)
    page = Page(central)
    page.save(slot, "confirmer", doctor=zoe.pk)
    OutgoingMessage.objects.update(state="sent", sent_at=timezone.now())
    assert page.save(slot, "liberer").headers["HX-Retarget"] == "#dialog"


def test_nobody_knows_of_a_draft(central, slot):
    slot.published = False
    slot.save()
    assert Page(central).save(slot, "liberer").status_code == 200


def test_without_script_the_place_s_page_asks_the_same(central, slot):
    address = f"/intranet/rotation/{slot.pk}/"
    assert central.post(address, {"geste": "liberer", "version": 1}).status_code == 422
    page = central.get(address).content.decode()
    assert re.findall(r'name="geste" value="(liberer|annuler)"', page) == ["annuler"]
    fields = {"geste": "annuler", "version": 1, "by": "team", "reason": "dates"}
    assert central.post(address, fields).status_code == 302
    assert slot.assignments.get().cancelled_by == "team"


def test_the_story_says_who_and_why(central, slot):
    Page(central).save(slot, "annuler", by="doctor", reason="unavailable")
    story = central.get(f"/intranet/rotation/{slot.pk}/histoire/").context["story"]
    assert [(line.before, line.after, line.reason, line.how) for line in story] == [
        ("Dr Zoé Roy, confirmé", "libre", "le médecin\u00a0: n’est plus disponible", "à la main")
    ]
