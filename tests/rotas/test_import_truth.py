"""The charity's own files give exactly the lines that were counted by hand."""

import json

import pytest

from directory.models import ChangeSet, OutgoingMessage
from huey_tasks.models import Job
from rotas.models import Assignment, Closure, DutyDay
from tests.tables import DATA, dump, run

pytestmark = pytest.mark.django_db
TRUTH = json.loads((DATA / "truth.json").read_text())
FILES = [
    ("centres", "import_centres", "centres.csv", []),
    ("doctors", "import_doctors", "medecins.csv", []),
    ("rota_2026", "import_rota", "planning-2026.xlsx", ["--year", "2026"]),
    ("rota_2027", "import_rota", "planning-2027.xlsx", ["--year", "2027"]),
]
BOTH_RUNS = ["first_run", "second_run"]


def expected(name: str, which: str) -> str:
    return " ".join(f"{word}={count}" for word, count in TRUTH[name][which].items())


def import_all(*options) -> list:
    return [run(command, DATA / file, *year, *options) for _, command, file, year in FILES]


def test_both_runs_print_the_lines_that_were_counted():
    for which in BOTH_RUNS:
        printed = [outcome.last for outcome in import_all()]
        assert printed == [expected(name, which) for name, *_ in FILES]


def test_refused_rows_are_named_by_their_line_in_the_file():
    run("import_centres", DATA / "centres.csv")
    slips = TRUTH["doctors"]["slips"]
    wrong = sorted(slips["bad_rpps"] + slips["bad_email"] + slips["bad_date"])
    for _ in BOTH_RUNS:
        assert run("import_doctors", DATA / "medecins.csv").refused == [f"ligne {number}" for number in wrong]


def test_refused_cells_are_named_by_their_address():
    for _ in BOTH_RUNS:
        _, _, *rotas = import_all()
        for outcome, name in zip(rotas, ["rota_2026", "rota_2027"], strict=True):
            assert outcome.refused == [cell["cell"] for cell in TRUTH[name]["refused"]]


def test_a_doctor_met_again_is_refused_with_the_cell_that_stands():
    outcome = import_all()[2]
    assert outcome.out[0] == (
        "Planning 2026!I54\u00a0: «\u00a0Dr Alain Weiss\u00a0»\u00a0: "
        "Dr Alain Weiss est déjà en Planning 2026!F54 (Nièvre) cette semaine-là"
    )


def test_what_is_stored_is_what_was_counted():
    import_all()
    states = list(Assignment.objects.values_list("state", flat=True))
    counted = [TRUTH[name] for name in ("rota_2026", "rota_2027")]
    assert states.count("confirmed") == sum(rota["confirmed"] for rota in counted)
    assert states.count("option") == sum(rota["proposed"] for rota in counted)
    assert Closure.objects.count() == sum(rota["closed_centre_weeks"] for rota in counted)
    assert DutyDay.objects.count() == 7 * len(states)
    assert Assignment.objects.exclude(option_expires_at=None).count() == 0


def test_closures_have_a_line_of_their_own():
    first, second = import_all()[2], import_all()[2]
    assert [first.out[-2], second.out[-2]] == ["fermetures=11 (11 nouvelles)", "fermetures=11 (0 nouvelle)"]


def test_an_import_is_one_gesture_and_the_same_file_again_is_none():
    import_all()
    import_all()
    verbs = list(ChangeSet.objects.order_by("pk").values_list("verb", "source"))
    assert verbs == [(f"import.{kind}", "import") for kind in ("centres", "doctors", "rota", "rota")]


def test_imports_write_no_message_and_no_job():
    import_all()
    assert (OutgoingMessage.objects.count(), Job.objects.count()) == (0, 0)


def test_dry_runs_write_nothing_and_print_the_same():
    for _, command, file, year in FILES:
        before = dump()
        rehearsed = run(command, DATA / file, *year, "--dry-run")
        assert (dump(), rehearsed) == (before, run(command, DATA / file, *year))


def test_undoing_the_four_imports_in_reverse_order_brings_every_table_back():
    before = []
    for _, command, file, year in FILES:
        before.append(dump())
        run(command, DATA / file, *year)
    for standing in reversed(before):
        assert run("undo_import").code == 0
        assert dump() == standing
