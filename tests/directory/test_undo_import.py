"""An import is taken back as a whole, or what changed since is said."""

import pytest

from directory import public
from directory.models import ChangeSet, Doctor
from tests.factories.directory import invented_rpps
from tests.tables import run, text_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(tmp_path):
    """Imports a list of two doctors, then one of a third."""
    for name, numbers in (("deux.csv", [1, 2]), ("un.csv", [3])):
        rows = [[f"Nom{chr(64 + n)}", "Anne", invented_rpps(n)] for n in numbers]
        run("import_doctors", text_file(tmp_path / name, [["Nom", "Prénom", "RPPS"], *rows]))
    return list(ChangeSet.objects.order_by("pk"))


def test_the_last_import_that_stands_is_undone_first(imported):
    assert [run("undo_import").out for _ in imported] == [
        [f"Import n° {imported[1].pk} annulé\u00a0: médecins (un.csv)"],
        [f"Import n° {imported[0].pk} annulé\u00a0: médecins (deux.csv)"],
    ]
    assert Doctor.objects.count() == 0


def test_an_import_is_undone_by_its_number(imported):
    assert run("undo_import", imported[0].pk).code == 0
    assert [doctor.rpps for doctor in Doctor.objects.all()] == [invented_rpps(3)]


def test_the_list_shows_what_is_undone(imported):
    run("undo_import")
    first, second = run("undo_import", "--list").out
    assert (first.split(", ")[0], first.split(", ")[-1]) == (
        f"n° {imported[1].pk}\u00a0: médecins (un.csv)",
        "1 changements\u202f; annulé",
    )
    assert second.split(", ")[-1] == "2 changements"


def test_what_changed_since_is_said_one_line_each(imported):
    Doctor.objects.filter(rpps=invented_rpps(1)).update(commune="Sète")
    gone = Doctor.objects.get(rpps=invented_rpps(2)).pk
    Doctor.objects.filter(pk=gone).delete()
    outcome = run("undo_import", imported[0].pk)
    assert (outcome.code, outcome.out, sorted(outcome.err)) == (
        1,
        [],
        [
            f"Import n° {imported[0].pk} non annulé, Relais a changé depuis\u00a0:",
            f"médecin n° {gone} n’existe plus",
            "médecin «\u00a0Dr Anne NomA\u00a0» a changé depuis",
        ],
    )


@pytest.mark.parametrize("number", ["0", "999999", "douze", "-1", "9" * 30])
def test_an_unknown_number_is_refused(number, imported):
    outcome = run("undo_import", "--", number)
    assert (outcome.code, outcome.err) == (1, [f"l’import n° {number} n’existe pas\u00a0: voir undo_import --list."])


def test_an_import_is_undone_once(imported):
    run("undo_import", imported[0].pk)
    assert run("undo_import", imported[0].pk).err == ["Ce geste a déjà été annulé."]


def test_without_import_there_is_nothing_to_undo():
    assert run("undo_import").err == ["il n’y a aucun import à annuler."]


def test_visitors_see_the_count_of_doctors_move_but_not_for_nothing(imported, tmp_path):
    stamps = [public.stamp()]
    for command in (["import_doctors", tmp_path / "un.csv"], ["undo_import"], ["import_doctors", tmp_path / "un.csv"]):
        assert run(*command).code == 0
        stamps.append(public.stamp())
    assert [stamp - stamps[0] for stamp in stamps] == [0, 0, 1, 2]
