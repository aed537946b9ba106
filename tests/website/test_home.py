"""The home page: figures that are counted, buttons that lead somewhere."""

from datetime import date, timedelta

import pytest

from directory import weeks
from directory.models.centres import Phase
from rotas.models import Baseline
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import SlotFactory
from website import figures
from website.models import CentresIndexPage

pytestmark = pytest.mark.django_db


def shown(home) -> list[tuple[str, str]]:
    return [(figure.value, figure.label) for figure in figures.for_home(home)]


def test_open_centres_and_doctors_are_counted(home):
    CentreFactory.create_batch(2)
    CentreFactory(opened_on=weeks.today() + timedelta(days=1))
    CentreFactory(phase=Phase.PREPARATION)
    DoctorFactory()
    assert shown(home) == [
        ("2", "centres ouverts"),
        ("1", "médecin dans le collectif"),
        ("0", "semaine manquée"),
    ]


def test_missed_weeks_come_from_the_baseline_and_from_what_was_declared(home, ajain, monday):
    Baseline.objects.create(until=monday - timedelta(days=22), missed_weeks=1, source="Rapport")
    SlotFactory(centre=ajain, monday=monday - 3 * weeks.WEEK, missed=True)
    SlotFactory(centre=ajain, monday=monday - 2 * weeks.WEEK)
    last = figures.for_home(home)[-1]
    assert (last.value, last.label) == ("2", "semaines manquées")
    assert "non renseignées\u00a0: 1" in last.note


def test_a_typed_figure_says_of_when_and_where_from(home):
    block = {"value": 74000, "label": "consultations", "as_of": date(2025, 12, 31), "source": "rapport"}
    home.figures = [("figure", block)]
    typed = figures.typed(home)[0]
    assert (typed.value, typed.label) == ("74\u202f000", "consultations")
    assert typed.note == "Au 31 décembre 2025. Source\u00a0: rapport."


def test_buttons_lead_to_published_pages_only(client, home):
    home.main_label, home.main_page = "Trouver un centre", CentresIndexPage.objects.get().page_ptr
    home.save_revision().publish()
    assert '<a class="button button-main button-big" href="/centres/">' in client.get("/").content.decode()
    CentresIndexPage.objects.get().unpublish()
    assert "button-main" not in client.get("/").content.decode()
