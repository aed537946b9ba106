"""A rota corrected by the cell: a name, a week, a heading, one cell of a merged pair; differences chosen one by one."""

from datetime import date

import pytest

from directory.imports.reports import Fix
from directory.imports.running import run
from rotas.imports import rota
from rotas.models import Assignment
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory
from tests.tables import workbook

pytestmark = pytest.mark.django_db
OPENED = date(2025, 1, 6)


@pytest.fixture
def house():
    """Two centres and three doctors."""
    for name in ("Ajain", "Nièvre"):
        CentreFactory(name=name, opened_on=OPENED)
    for first, last in (("Anne", "Weber"), ("Luc", "Roy"), ("Zoé", "Lebrun")):
        DoctorFactory(first_name=first, last_name=last)


def send(path, *, cells=None, chosen=()):
    """Import the rota at `path`, some cells corrected; its report."""
    file = rota.read(path, year=2026, cells=cells)
    return run(lambda: rota.write(file, chosen=frozenset(chosen)))


def held() -> set[tuple[str, int, str]]:
    """Who holds what: centre, week, name."""
    rows = Assignment.objects.active().values_list("slot__centre__name", "slot__monday", "doctor__last_name")
    return {(centre, monday.isocalendar().week, name) for centre, monday, name in rows}


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("rows", "fix", "right"),
    [
        ([["Semaine", "Ajain"], ["S10", "Webber"]], Fix("Feuille 1!B2", "", "Webber", ("Dr Anne Weber",)), "Weber"),
        ([["Semaine", "Ajain"], ["S99", "Weber"]], Fix("Feuille 1!A2", "Semaine", "S99"), "S10"),
        (
            [["Semaine", "Nièvre", "Ajjain"], ["S10", "-", "Weber"]],
            Fix("Feuille 1!C1", "", "Ajjain", ("Ajain",)),
            "Ajain",
        ),
    ],
)
def test_a_refusal_names_the_cell_to_correct_and_takes_the_correction(rows, fix, right, tmp_path):
    path = workbook(tmp_path / "p.xlsx", [*rows, ["S11", "-"]])
    assert [refused.fixes for refused in send(path).refusals] == [(fix,)]
    report = send(path, cells={fix.label: right})
    assert (report.refusals, held()) == ([], {("Ajain", 10, "Weber")})


@pytest.mark.usefixtures("house")
def test_one_cell_of_a_merged_pair_is_corrected_alone(tmp_path):
    path = workbook(tmp_path / "p.xlsx", [["Semaine", "Ajain"], ["S10", "Weber"], ["S11"]], merged=("B2:B3",))
    send(path, cells={"Feuille 1!B3": "Roy"})
    assert held() == {("Ajain", 10, "Weber"), ("Ajain", 11, "Roy")}


@pytest.mark.usefixtures("house")
def test_a_correction_of_another_sheet_changes_nothing(tmp_path):
    path = workbook(tmp_path / "p.xlsx", [["Semaine", "Ajain"], ["S10", "Weber"]])
    send(path, cells={"Planning!B2": "Roy"})
    assert held() == {("Ajain", 10, "Weber")}


def test_differences_are_applied_where_they_were_chosen(tmp_path):
    centre = CentreFactory(name="Ajain", opened_on=OPENED)
    for number, first in enumerate(("Anne", "Luc", "Zoé", "Paul")):
        DoctorFactory(first_name=first, last_name=f"Nom{'ABCD'[number]}")
    path = workbook(tmp_path / "p.xlsx", [["Semaine", "Ajain"], ["S10", "NomA"], ["S11", "NomB"]])
    for week, other in ((10, "Autre"), (11, "Tiers")):
        slot = SlotFactory(centre=centre, monday=date.fromisocalendar(2026, week, 1))
        AssignmentFactory(slot=slot, doctor__last_name=other)
    report = send(path, chosen=["Feuille 1!B3"])
    assert (held(), report.updated) == ({("Ajain", 10, "Autre"), ("Ajain", 11, "NomB")}, 1)
    assert [line.partition("\u00a0")[0] for line in report.lines()[:2]] == ["différent", "différent, appliqué"]
    assert report.lines()[-2] == "différents=2 (dont appliqués\u00a0: 1)"


def test_namesakes_are_never_offered(tmp_path):
    CentreFactory(name="Ajain", opened_on=OPENED)
    for rpps in ("10990000001", "10990000019"):
        DoctorFactory(first_name="Anne", last_name="Clerc", rpps=rpps)
    path = workbook(tmp_path / "p.xlsx", [["Semaine", "Ajain"], ["S10", "Clerc"]])
    assert [refused.fixes[0].near for refused in send(path).refusals] == [()]
