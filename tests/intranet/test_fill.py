"""Several cells in one gesture: what can be is done, the rest is left and said, one undo takes all of it back."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import ChangeSet, OutgoingMessage
from directory.weeks import WEEK, label
from rotas.models import Assignment
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory
from tests.intranet.browser import HTMX, Page

pytestmark = pytest.mark.django_db
FILL = "/intranet/rotation/remplir/"


@pytest.fixture
def slots(ajain, monday):
    return [SlotFactory(centre=ajain, monday=monday + i * WEEK) for i in range(4)]


@pytest.fixture
def page(central, slots):
    return Page(central)


def fill(page, cells, state="confirmed"):
    """The answer to `cells`: (slot, doctor id, text) each, with the version that the page holds."""
    asked = [{"slot": s.pk, "version": int(page.version(s)), "doctor": d, "text": t} for s, d, t in cells]
    return page.send(FILL, {"cells": json.dumps(asked), "state": state})


def refused(page):
    return [(one["cell"], one["said"]) for one in page.told[-1]["refused"]]


def test_one_doctor_fills_a_range_in_one_gesture(page, slots, zoe):
    answer = fill(page, [(slot, zoe.pk, None) for slot in slots])
    assert (answer.status_code, page.told[-1]["said"][:20], refused(page)) == (200, "4\u00a0places modifiées. ", [])
    assert (Assignment.objects.confirmed().count(), ChangeSet.objects.count()) == (4, 1)
    assert page.stands_as_fresh


def test_one_undo_takes_all_of_it_back(page, slots, zoe):
    fill(page, [(slot, zoe.pk, None) for slot in slots])
    page.send("/intranet/rotation/defaire/")
    assert (Assignment.objects.count(), {mail.state for mail in OutgoingMessage.objects.all()}) == (0, {"cancelled"})
    assert page.stands_as_fresh


def test_what_cannot_be_is_left_as_it_is_and_said(central, slots, zoe, monday):
    AssignmentFactory(doctor=zoe, slot__centre=CentreFactory(name="Nièvre"), slot__monday=monday)
    ClosureFactory(centre=slots[1].centre, monday=slots[1].monday)
    page = Page(central)
    fill(
        page, [(slots[0], zoe.pk, None), (slots[1], zoe.pk, None), (slots[2], None, "Inconnu"), (slots[3], zoe.pk, "")]
    )
    said = dict(refused(page))
    assert [said[f"s{slot.pk}"].partition("\u00a0")[0] for slot in slots[:3]] == [
        f"Dr Zoé Roy est déjà à Nièvre ({label(monday)})",
        "Ajain est fermé cette semaine-là",
        "Aucun médecin ne s’appelle «",
    ]
    assert [held.slot for held in Assignment.objects.filter(slot__centre=slots[0].centre)] == [slots[3]]
    assert page.stands_as_fresh


def test_a_stale_cell_is_left_and_the_others_are_done(page, slots, zoe):
    slots[0].version = 5
    slots[0].save()
    fill(page, [(slots[0], zoe.pk, None), (slots[1], zoe.pk, None)])
    assert [cell for cell, _ in refused(page)] == [f"s{slots[0].pk}"]
    assert page.stands_as_fresh


def test_names_pasted_from_a_spreadsheet_are_found(page, slots, zoe):
    ali = DoctorFactory(first_name="Ali", last_name="Bey")
    fill(page, [(slots[0], None, "ROY Zoe"), (slots[1], None, "Dr A. Bey")], state="option")
    assert [(held.doctor, held.state) for held in Assignment.objects.order_by("slot__monday")] == [
        (zoe, "option"),
        (ali, "option"),
    ]


def test_a_range_is_emptied_but_for_those_who_were_told(page, slots, zoe, central):
    AssignmentFactory(slot=slots[0], doctor=zoe)
    AssignmentFactory(slot=slots[1], doctor=zoe, state="option")
    page = Page(central)
    fill(page, [(slot, None, None) for slot in slots[:2]])
    said = "Dr Zoé Roy a déjà été prévenu\u00a0: annulez sa semaine depuis sa case."
    assert (refused(page), Assignment.objects.active().get().slot) == ([(f"s{slots[0].pk}", said)], slots[0])
    assert page.stands_as_fresh


def test_another_centre_s_cells_are_left(signed_in, member, slots, zoe, ajain):
    other = SlotFactory(centre=CentreFactory(name="Nièvre"), monday=slots[0].monday)
    client = signed_in(member("coordinator", ajain))
    cells = [{"slot": slot.pk, "version": 1, "doctor": zoe.pk} for slot in (slots[1], other)]
    answer = client.post(FILL, {"cells": json.dumps(cells), "state": "confirmed"}, headers=HTMX)
    told = json.loads(answer.headers["HX-Trigger"])["grid:saved"]
    said = "Vous pouvez lire la rotation de Nièvre, pas la modifier."
    assert told["refused"] == [{"cell": f"s{other.pk}", "said": said}]
    assert [held.slot for held in Assignment.objects.all()] == [slots[1]]


@pytest.mark.parametrize(
    "cells",
    [
        "",
        "[",
        "{}",
        "[]",
        "null",
        '[{"slot": 1, "version": 1, "centre": 2}]',
        '[{"slot": "x", "version": 1}]',
        '[{"slot": 1}]',
        '[{"slot": 1, "version": -1}]',
        '[{"slot": 1, "version": 1, "doctor": true}]',
        '[{"slot": 1, "version": 1, "text": {}}]',
        '[{"slot": 1e400, "version": 1}]',
        f'[{{"slot": {"9" * 5000}, "version": 1}}]',
        "[" * 20_000,
        json.dumps([{"slot": i, "version": 1} for i in range(1, 62)]),
    ],
)
def test_what_the_grid_does_not_send(cells, central, slots):
    answer = central.post(FILL, {"cells": cells, "state": "confirmed"}, headers=HTMX)
    assert (answer.status_code, answer.content.decode()[:3], ChangeSet.objects.count()) == (400, "<p>", 0)


@pytest.mark.parametrize("fields", [{"state": "cancelled"}, {"state": "confirmed", "by": "1"}, {}])
def test_other_fields_and_states_are_forged(fields, central, slots):
    cells = json.dumps([{"slot": slots[0].pk, "version": 1, "doctor": None}])
    assert central.post(FILL, {"cells": cells, **fields}, headers=HTMX).status_code == 400


def test_places_and_doctors_that_do_not_exist_are_said(page, slots):
    cells = [{"slot": 10**15, "version": 1, "doctor": None}, {"slot": slots[0].pk, "version": 1, "doctor": 10**15}]
    page.send(FILL, {"cells": json.dumps(cells), "state": "confirmed"})
    assert refused(page) == [
        (f"s{10**15}", "Cette place n’existe plus\u00a0: rechargez la page."),
        (f"s{slots[0].pk}", "Ce médecin n’existe pas."),
    ]


def test_sixty_cells_are_one_gesture_of_bounded_cost(central, ajain, monday):
    slots = [SlotFactory(centre=ajain, monday=monday + i * WEEK) for i in range(60)]
    doctor = DoctorFactory()
    cells = json.dumps([{"slot": slot.pk, "version": 1, "doctor": doctor.pk} for slot in slots])
    with CaptureQueriesContext(connection) as seen:
        answer = central.post(FILL, {"cells": cells, "state": "option"}, headers=HTMX)
    writes = [query for query in seen if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert (answer.status_code, ChangeSet.objects.count(), len(writes)) == (200, 1, 3 * 60 + 3)
