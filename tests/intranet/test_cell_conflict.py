"""Two people on one cell: who, when, both values, keep or replace."""

import re

import pytest
from django.utils import timezone

from directory.models import ChangeSet
from directory.weeks import WEEK
from intranet.rota.history import ago
from rotas import actions
from rotas.models import Slot
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import AssignmentFactory
from tests.intranet.browser import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def ali(db):
    return DoctorFactory(first_name="Ali", last_name="Petit")


@pytest.fixture
def page(central, slot, ali, member):
    """A page that was read before Claire Roux put Dr Ali Petit there."""
    held = Page(central)
    claire = member("logistics", first_name="Claire", last_name="Roux")
    actions.assign(slot=Slot.objects.get(pk=slot.pk), doctor=ali, by=claire, version=1)
    return held


def said(answer):
    """What the panel says, without the cell and the figures that come along."""
    return re.sub(r"\s+", " ", re.sub(r"<template>.*|<[^>]+>", " ", answer.content.decode(), flags=re.S)).strip()


def test_a_conflict_says_who_when_and_both_values(page, slot, zoe):
    ChangeSet.objects.update(at=ChangeSet.objects.get().at - WEEK / 7 / 24 / 60)
    answer = page.save(slot, "confirmer", doctor=zoe.pk)
    assert (answer.status_code, answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (
        409,
        "#verdict",
        "innerHTML",
    )
    assert said(answer) == (
        "Claire Roux a mis Dr Ali Petit ici il y a 1\u00a0min. Ce qui est là\u00a0: Dr Ali Petit, confirmé. "
        "Ce que vous vouliez\u00a0: confirmer Dr Zoé Roy. Garder son choix Mettre le mien Voir l’histoire"
    ).replace("\u00a0", " ")


def test_a_conflict_puts_the_fresh_cell_behind_the_editor(page, slot, zoe):
    page.save(slot, "confirmer", doctor=zoe.pk)
    cell = page.tree.find(id=f"s{slot.pk}")
    assert (cell["data-v"], cell["class"], cell.b.string) == ("2", ["sure"], "A. Petit")
    assert page.stands_as_fresh


def test_mine_replaces_with_the_fresh_version(page, slot, zoe, ali):
    body = page.save(slot, "confirmer", doctor=zoe.pk).content.decode()
    button = re.search(r'<button[^>]*data-do="replace"[^>]*>', body).group()
    fields = dict(re.findall(r'data-(geste|doctor|version)="([^"]*)"', button))
    assert fields == {"geste": "confirmer", "doctor": str(zoe.pk), "version": "2"}
    assert page.save(slot, fields.pop("geste"), **fields).status_code == 200
    assert [held.doctor for held in slot.assignments.active()] == [zoe]
    assert page.stands_as_fresh


def test_a_version_of_another_cell_is_a_conflict_and_changes_nothing(central, slot, zoe):
    page = Page(central)
    answer = page.save(slot, "confirmer", doctor=zoe.pk, version=7)
    assert (answer.status_code, slot.assignments.count()) == (409, 0)
    assert said(answer)[:51] == "Cette place a changé depuis que vous l’avez lue. Ce"


def test_one_s_own_other_window_is_oneself(central, slot, zoe, ali):
    first, second = Page(central), Page(central)
    first.save(slot, "confirmer", doctor=zoe.pk)
    answer = second.save(slot, "proposer", doctor=ali.pk)
    assert said(answer).startswith("Vous avez mis Dr Zoé Roy ici il y a ")


def test_a_place_freed_meanwhile_is_said(central, slot, zoe, ali, member):
    AssignmentFactory(slot=slot, doctor=ali, state="option")
    page = Page(central)
    jean = member("logistics", first_name="Jean", last_name="Bon")
    actions.release(slot=Slot.objects.get(pk=slot.pk), by=jean, version=1)
    words = said(page.save(slot, "confirmer", doctor=zoe.pk))
    assert re.findall(r"Jean Bon a retiré Dr Ali Petit d’ici|Ce qui est là : personne", words) == [
        "Jean Bon a retiré Dr Ali Petit d’ici",
        "Ce qui est là : personne",
    ]


@pytest.mark.time_machine("2026-11-21T13:32:00+00:00", tick=False)
@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "il y a 1\u00a0s"),
        (20, "il y a 20\u00a0s"),
        (3599, "il y a 59\u00a0min"),
        (7200, "il y a 2\u00a0h"),
        (86400, "le 20/11/2026 à 14\u00a0h\u00a032"),
    ],
)
def test_how_long_ago(seconds, words):
    assert ago(timezone.now() - WEEK / 7 / 86400 * seconds) == words
