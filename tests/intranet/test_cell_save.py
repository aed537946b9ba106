"""One save of a cell: what is answered, that the page after it is a fresh page, and what it costs."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import ChangeSet
from directory.weeks import WEEK
from tests.bench.harness import CONTROL
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import SlotFactory
from tests.intranet.browser import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(ajain, monday):
    return SlotFactory(centre=ajain, monday=monday + WEEK)


@pytest.fixture
def zoe(db):
    return DoctorFactory(first_name="Zoé", last_name="Roy")


@pytest.fixture
def page(central, slot):
    """The grid as a browser of the central team holds it."""
    return Page(central)


def test_a_save_answers_the_cell_the_figures_and_what_was_done(page, slot, zoe, settings):
    settings.MESSAGE_DELAY_SECONDS = 600
    answer = page.save(slot, "confirmer", doctor=zoe.pk)
    assert (answer.status_code, len(answer.content) <= 2048) == (200, True)
    assert json.loads(answer.headers["HX-Trigger"])["rota:saved"] == {
        "gesture": ChangeSet.objects.get().pk,
        "said": "Dr Zoé Roy est confirmé à Ajain. Dr Zoé Roy recevra un mail dans 10\u00a0minutes. "
        "Vous pouvez annuler d’ici là.",
        "cells": [f"s{slot.pk}"],
    }


@pytest.mark.parametrize("gesture", ["confirmer", "proposer"])
def test_twelve_queries_fill_a_hole(gesture, central, slot, zoe):
    fields = {"geste": gesture, "version": 1, "doctor": zoe.pk}
    with CaptureQueriesContext(connection) as seen:
        central.post(f"/intranet/rotation/{slot.pk}/", fields, headers={"HX-Request": "true"})
    counted = [query for query in seen if not query["sql"].startswith(CONTROL)]
    assert len(counted) == {"confirmer": 12, "proposer": 10}[gesture]
