"""Ctrl+Z and Ctrl+Shift+Z: one's own gestures, newest first, through the book of changes."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from directory import book
from directory.models import ChangeSet
from directory.weeks import WEEK
from rotas import actions, undoing
from rotas.models import Assignment, Slot
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import SlotFactory
from tests.intranet.browser import Page

pytestmark = pytest.mark.django_db
UNDO, REDO = "/intranet/rotation/defaire/", "/intranet/rotation/refaire/"


@pytest.fixture
def slots(ajain, monday):
    return [SlotFactory(centre=ajain, monday=monday + i * WEEK) for i in range(3)]


@pytest.fixture
def page(central, slots):
    return Page(central)


@pytest.fixture
def filled(page, slots):
    """Three places filled one after the other in this page."""
    for slot, name in zip(slots, "ABC", strict=True):
        page.save(slot, "confirmer", doctor=DoctorFactory(first_name="Ève", last_name=name).pk)
    return page


def standing():
    return "".join(Assignment.objects.active().order_by("slot__monday").values_list("doctor__last_name", flat=True))


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        ("u", "AB"),
        ("uu", "A"),
        ("uuu", ""),
        ("uur", "AB"),
        ("uurr", "ABC"),
        ("uurru", "AB"),
        ("ururu", "AB"),
        ("uuurrruuu", ""),
    ],
)
def test_undo_and_redo_follow_the_order_of_the_gestures(keys, left, filled):
    answers = [filled.send(UNDO if key == "u" else REDO).status_code for key in keys]
    assert (answers, standing()) == ([200] * len(keys), left)
    assert filled.stands_as_fresh


def test_the_end_is_said(filled):
    assert [filled.send(UNDO).status_code for _ in range(3)] == [200, 200, 200]
    answer = filled.send(UNDO)
    said = '<p class="refused">Il n’y a plus de geste récent à annuler\u00a0: regardez l’histoire de la place.</p>'
    assert (answer.status_code, answer.content.decode()) == (422, said)


def test_an_undo_names_its_cells_and_offers_no_undo_of_itself(filled, slots):
    filled.send(UNDO)
    assert filled.told[-1] == {
        "gesture": None,
        "said": "Votre geste est annulé.",
        "cells": [f"s{slots[2].pk}"],
    }


def test_nothing_is_redone_after_another_gesture(filled, slots):
    filled.send(UNDO)
    filled.save(slots[2], "proposer", doctor=DoctorFactory(last_name="D").pk)
    assert (filled.send(REDO).status_code, standing()) == (422, "ABD")


def test_it_is_still_there_after_a_reload(filled, central):
    assert (Page(central).send(UNDO).status_code, standing()) == (200, "AB")


def test_the_gestures_of_another_day_are_not_taken_back_by_a_key(filled, central):
    ChangeSet.objects.update(at=timezone.now() - WEEK)
    assert (filled.send(UNDO).status_code, standing()) == (422, "ABC")


def test_only_one_s_own(filled, signed_in, member):
    other = Page(signed_in(member("logistics")))
    assert (other.send(UNDO).status_code, other.send(REDO).status_code, standing()) == (422, 422, "ABC")


def test_what_somebody_else_changed_since_is_said(filled, slots, member):
    jean = member("logistics", first_name="Jean", last_name="Bon")
    actions.release(slot=Slot.objects.get(pk=slots[2].pk), by=jean, version=2)
    answer = filled.send(UNDO)
    assert (answer.status_code, answer.headers["HX-Retarget"], standing()) == (409, "#verdict", "AB")
    assert re.sub(r"\d+\u00a0s", "n s", answer.content.decode().partition("<template>")[0]) == (
        '<p class="refused">Jean Bon a retiré Dr Ève C d’ici il y a n s. Votre geste n’est pas annulé.</p>'
    )
    assert filled.stands_as_fresh


def test_a_centre_that_is_no_longer_one_s_own_stays_as_it_is(signed_in, member, ajain, slots):
    user = member("coordinator", ajain)
    page = Page(signed_in(user))
    page.save(slots[0], "confirmer", doctor=DoctorFactory(last_name="A").pk)
    user.memberships.get().centres.set([CentreFactory()])
    answer = page.client.post(UNDO, headers={"HX-Request": "true"})
    assert (answer.status_code, standing()) == (403, "A")


def test_fifty_gestures_are_kept(slots, member):
    by, doctors, count = member("logistics"), DoctorFactory.create_batch(2), 0
    for i in range(52):
        actions.assign(slot=slots[0], doctor=doctors[i % 2], by=by, version=i + 1, state="option")
    while last := undoing.next_undo(by):
        book.undo(last, by=by)
        count += 1
    assert count == 50


@pytest.mark.parametrize(("hours", "left"), [(11, ""), (13, "A")])
def test_signing_in_again_keeps_what_one_did_lately(hours, left, slots, member):
    by = member("logistics")
    actions.assign(slot=slots[0], doctor=DoctorFactory(last_name="A"), by=by, version=1, state="option")
    ChangeSet.objects.update(at=timezone.now() - timedelta(hours=hours))
    by.last_login = timezone.now()
    if last := undoing.next_undo(by):
        book.undo(last, by=by)
    assert standing() == left


def test_without_script_the_page_says_what_was_undone(filled, central):
    answer = central.post(UNDO)
    assert (answer.status_code, standing()) == (302, "AB")
    assert [str(message) for message in central.get("/intranet/").context["messages"]] == ["Votre geste est annulé."]


def test_the_toast_s_undo_answers_cells_too(filled, slots):
    gesture = filled.told[0]["gesture"]
    answer = filled.send(f"/intranet/gestes/{gesture}/annuler/")
    assert (answer.status_code, answer.headers["HX-Reswap"], standing()) == (200, "none", "BC")
    assert filled.stands_as_fresh
