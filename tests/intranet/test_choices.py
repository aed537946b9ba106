"""The options of the grid's search, as the browser receives them."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from intranet.rota.choices import render
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(ajain, monday):
    return SlotFactory(centre=ajain, monday=monday)


@pytest.fixture
def user(member):
    return member("logistics")


def test_an_option_says_who_and_why(slot, user):
    doctor = DoctorFactory(first_name="Zoé", last_name="Roy", department="23")
    assert render(slot, "roy", user) == (
        f'<li role="option" id="o{doctor.pk}" data-doctor="{doctor.pk}">'
        "<b>Dr Zoé Roy</b> <small>libre, jamais venu, du département</small></li>"
    )


def test_those_who_cannot_come_are_last_and_disabled(slot, user, monday):
    busy = DoctorFactory(last_name="Abel", department="23")
    free = DoctorFactory(last_name="Zola", department="23")
    AssignmentFactory(doctor=busy, slot__centre__name="Nièvre", slot__monday=monday)
    options = re.findall(r'data-doctor="(\d+)"( aria-disabled="true")?>.*?<small>(.*?)</small>', render(slot, "", user))
    assert options == [
        (str(free.pk), "", "libre, jamais venu, du département"),
        (str(busy.pk), ' aria-disabled="true"', "déjà à Nièvre cette semaine, confirmé"),
    ]


def test_twelve_are_shown_at_most(slot, user):
    DoctorFactory.create_batch(15)
    assert render(slot, "", user).count("<li") == 12


@pytest.mark.parametrize("typed", ["zzzz", "%", "\0", "\ud800", "z" * 10_000])
def test_nobody_is_said_in_words(typed, slot, user):
    DoctorFactory(last_name="Roy", first_name="Luc")
    assert render(slot, typed, user) == (
        '<li class="none" role="option" aria-disabled="true">'
        "Aucun médecin ne porte ce nom. Essayez avec moins de lettres.</li>"
    )


def test_a_name_is_text_not_html(slot, user):
    DoctorFactory(first_name="<img src=x>", last_name='O\'Hara "&"')
    assert "<b>Dr &lt;img src=x&gt; O&#x27;Hara &quot;&amp;&quot;</b>" in render(slot, "hara", user)


@pytest.mark.parametrize("role", ["finance", "coordinator"])
def test_names_are_for_those_who_may_fill_the_place(role, slot, member):
    with pytest.raises(PermissionDenied, match="Vous pouvez lire la rotation de Ajain"):
        render(slot, "", member(role))
