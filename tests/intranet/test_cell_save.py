"""One save of a cell: what is answered, that the page after it is a fresh page, and what it costs."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import ChangeSet
from directory.weeks import WEEK
from tests.bench.harness import CONTROL
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory
from tests.intranet.browser import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(central, slot, monday):
    """The grid as a browser of the central team holds it, with other cells around."""
    AssignmentFactory(slot=SlotFactory(centre=slot.centre, monday=monday))
    SlotFactory(centre=slot.centre, monday=slot.monday, place=2)
    SlotFactory(centre=CentreFactory(name="Nièvre"), monday=slot.monday)
    return Page(central)


def test_a_save_answers_the_cell_the_figures_and_what_was_done(page, slot, zoe, settings):
    settings.MESSAGE_DELAY_SECONDS = 600
    answer = page.save(slot, "confirmer", doctor=zoe.pk)
    assert (answer.status_code, len(answer.content) <= 2048) == (200, True)
    assert json.loads(answer.headers["HX-Trigger"])["grid:saved"] == {
        "gesture": ChangeSet.objects.get().pk,
        "said": "Dr Zoé Roy est confirmé à Ajain. Dr Zoé Roy recevra un mail dans 10\u00a0minutes. "
        "Vous pouvez annuler d’ici là.",
        "cells": [f"s{slot.pk}"],
    }


def test_a_save_is_at_most_one_cell_and_two_figures(page, slot, zoe):
    answer = page.save(slot, "confirmer", doctor=zoe.pk)
    assert [part for part in ("<td", "<div", "hx-swap-oob") for _ in range(answer.content.decode().count(part))] == [
        "<td",
        "<div",
        "<div",
        "hx-swap-oob",
        "hx-swap-oob",
    ]


@pytest.mark.parametrize(("gesture", "count"), [("confirmer", 12), ("proposer", 10)])
def test_twelve_queries_fill_a_hole(gesture, count, central, slot, zoe):
    fields = {"geste": gesture, "version": 1, "doctor": zoe.pk}
    with CaptureQueriesContext(connection) as seen:
        central.post(f"/intranet/rotation/{slot.pk}/", fields, headers={"HX-Request": "true"})
    assert len([query for query in seen if not query["sql"].startswith(CONTROL)]) == count


@pytest.mark.parametrize("gesture", ["confirmer", "proposer"])
def test_the_page_after_a_hole_is_filled_is_a_fresh_page(gesture, page, slot, zoe):
    assert page.save(slot, gesture, doctor=zoe.pk).status_code == 200
    assert page.stands_as_fresh


def test_the_page_after_somebody_is_replaced_is_a_fresh_page(page, slot, zoe):
    page.save(slot, "confirmer", doctor=DoctorFactory().pk)
    assert page.save(slot, "proposer", doctor=zoe.pk).status_code == 200
    assert page.stands_as_fresh


@pytest.mark.parametrize("halves", [(0, 2), (3, 6)])
def test_the_page_after_a_half_week_is_a_fresh_page(halves, central, slot, zoe):
    first, last = (slot.monday + WEEK / 7 * day for day in halves)
    AssignmentFactory(slot=slot, doctor=zoe, state="option", first_day=first, last_day=last)
    AssignmentFactory(slot=slot, first_day=slot.monday, last_day=slot.monday) if halves[0] else None
    page = Page(central)
    assert page.save(slot, "confirmer", doctor=zoe.pk).status_code == 200
    assert page.stands_as_fresh


def test_the_page_after_a_place_is_freed_is_a_fresh_page(page, slot, zoe):
    page.save(slot, "proposer", doctor=zoe.pk)
    assert page.save(slot, "liberer").status_code == 200
    assert page.stands_as_fresh


@pytest.mark.parametrize("closed", [True, False])
def test_the_page_after_a_week_is_called_off_is_a_fresh_page(closed, central, slot, zoe):
    AssignmentFactory(slot=slot, doctor=zoe)
    if closed:
        ClosureFactory(centre=slot.centre, monday=slot.monday)
    page = Page(central)
    assert page.save(slot, "annuler", by="doctor", reason="travel").status_code == 200
    assert page.stands_as_fresh


@pytest.mark.parametrize("monday", ["2026-05-11", "2026-12-28"])
def test_the_page_in_a_shortened_week_is_a_fresh_page(monday, central, ajain, zoe):
    page_of = f"/intranet/rotation/?du={monday}"
    slot = SlotFactory(centre=ajain, monday=monday)
    page = Page(central, page_of)
    assert page.save(slot, "confirmer", doctor=zoe.pk).status_code == 200
    assert page.stands_as_fresh


def test_a_save_that_changes_nothing_says_so_and_offers_no_undo(page, slot, zoe):
    page.save(slot, "confirmer", doctor=zoe.pk)
    page.save(slot, "confirmer", doctor=zoe.pk)
    assert (page.told[-1]["gesture"], page.told[-1]["said"]) == (None, "Rien n’a changé.")
    assert page.stands_as_fresh


def test_the_names_of_an_answer_are_escaped(page, slot):
    doctor = DoctorFactory(first_name="<b>Ève", last_name='D"<script>')
    body = page.save(slot, "confirmer", doctor=doctor.pk).content.decode()
    assert (body.count("<script"), body.count("&lt;script&gt;")) == (0, 2)
