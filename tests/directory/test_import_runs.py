"""An import led by a person: read in rehearsal, decided, written once and whole, taken back, forgotten in time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory import weeks
from directory.imports import runs, work
from directory.imports.kinds import silent
from directory.models import ChangeSet, Doctor, ImportFile, ImportLine, ImportRun, OutgoingMessage
from directory.refusals import Refusal, Stale
from huey_tasks.models import Job, JobState
from tests.factories.directory import DoctorFactory, ImportRunFactory, UserFactory, invented_rpps
from tests.tables import dump

pytestmark = pytest.mark.django_db
HEAD = "Nom;Prénom;RPPS;Mail"
GOOD = f"Weber;Anne;{invented_rpps(1)};anne@example.org"
BAD = "Roy;Luc;12345;luc@example.org"


@pytest.fixture
def claire():
    return UserFactory(first_name="Claire")


@pytest.fixture
def sent(claire, run_due_jobs):
    """Sends a list of doctors and has it read: `sent(GOOD, BAD)`."""

    def send(*rows: str, kind: str = "doctors", year=None) -> ImportRun:
        content = "\n".join([HEAD, *rows]).encode()
        run = runs.start(kind=kind, year=year, file_name="medecins.csv", content=content, by=claire)
        run_due_jobs()
        return fresh(run)

    return send


def fresh(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_related("change_set__undone_by").get(pk=run.pk)


def decide(run: ImportRun, cells=(), ignored=(), applied=()) -> None:
    runs.decide(run=run, version=run.version, cells=dict(cells), ignored=dict(ignored), applied=dict(applied))


def said(run: ImportRun, kind: str = "refused") -> list[tuple[str, str]]:
    return list(runs.lines(run, kind).values_list("label", "said"))


def test_a_preview_writes_nothing_and_counts_as_the_command_does(sent):
    before = dump()
    run = sent(GOOD, BAD)
    assert (run.state, run.report["summary"], dump()) == (
        "ready",
        "created=1 updated=0 unchanged=0 rejected=1",
        before,
    )
    assert said(run) == [("ligne 3", "« 12345 » : ce n’est pas un numéro RPPS (11 chiffres, dont une clé de contrôle)")]


def test_a_refusal_names_the_cell_to_correct(sent):
    assert ImportLine.objects.get(run=sent(BAD)).fixes == [
        {"label": "C2", "heading": "N° RPPS", "value": "12345", "near": []}
    ]


def test_a_corrected_cell_lets_its_row_in(sent, run_due_jobs):
    run = sent(GOOD, BAD)
    decide(run, cells={"C3": f" {invented_rpps(2)} "})
    run_due_jobs()
    assert (fresh(run).report["summary"], said(run)) == ("created=2 updated=0 unchanged=0 rejected=0", [])
    decide(fresh(run), cells={"C3": None})
    run_due_jobs()
    assert fresh(run).report["summary"] == "created=1 updated=0 unchanged=0 rejected=1"


def test_what_was_decided_is_kept_for_who_comes_back(sent):
    run = sent(GOOD, BAD)
    decide(run, ignored={"ligne 3": True})
    assert fresh(run).decisions == {"cells": {}, "ignored": ["ligne 3"], "applied": []}
    run = fresh(run)
    ImportRun.objects.filter(pk=run.pk).update(state="ready")
    decide(run, ignored={"ligne 3": False}, applied={"ligne 2": True})
    assert fresh(run).decisions == {"cells": {}, "ignored": [], "applied": ["ligne 2"]}


def test_confirming_writes_what_was_shown_in_one_gesture(sent, claire, run_due_jobs):
    run = sent(GOOD, BAD)
    runs.confirm(run=run, version=run.version, by=claire)
    run_due_jobs()
    run, gesture = fresh(run), ChangeSet.objects.get()
    assert (run.state, run.change_set, gesture.actor_id, gesture.source) == ("done", gesture, claire.pk, "import")
    assert (Doctor.objects.count(), OutgoingMessage.objects.count()) == (1, 0)
    assert len(said(run)) == 1


def test_a_difference_is_applied_where_it_was_chosen(sent, claire, run_due_jobs):
    for number in (1, 2):
        DoctorFactory(last_name="Weber", first_name="Anne", rpps=invented_rpps(number), email="a@example.org")
    run = sent(*(f"Weber;Anne;{invented_rpps(number)};b@example.org" for number in (1, 2)))
    decide(run, applied={"ligne 3": True})
    run_due_jobs()
    run = fresh(run)
    assert (run.report["different"], run.report["applied"], run.report["updated"]) == (2, 1, 1)
    runs.confirm(run=run, version=run.version, by=claire)
    run_due_jobs()
    emails = dict(Doctor.objects.values_list("rpps", "email"))
    assert emails == {invented_rpps(1): "a@example.org", invented_rpps(2): "b@example.org"}


def test_confirming_twice_imports_once(sent, claire, run_due_jobs):
    run = sent(GOOD)
    runs.confirm(run=run, version=run.version, by=claire)
    with pytest.raises(Stale):
        runs.confirm(run=run, version=run.version, by=claire)
    run_due_jobs()
    work.carry_out(run.pk, run.version + 1, silent)
    assert (ChangeSet.objects.count(), Doctor.objects.count()) == (1, 1)


def test_what_changed_since_the_preview_is_shown_before_anything_is_written(sent, claire, run_due_jobs):
    run = sent(GOOD)
    DoctorFactory(last_name="Weber", first_name="Anne", rpps=invented_rpps(1), email="anne@example.org")
    before = dump()
    runs.confirm(run=run, version=run.version, by=claire)
    run_due_jobs()
    run = fresh(run)
    assert (run.state, run.note, dump()) == ("ready", work.CHANGED, before)
    assert run.report["summary"] == "created=0 updated=0 unchanged=1 rejected=0"


def test_an_import_is_taken_back_whole(sent, claire, run_due_jobs):
    before = dump()
    run = sent(GOOD)
    runs.confirm(run=run, version=run.version, by=claire)
    run_due_jobs()
    run = fresh(run)
    runs.take_back(run=run, version=run.version, by=claire)
    run_due_jobs()
    assert (fresh(run).state, fresh(run).undone, dump()) == ("done", True, before)
    with pytest.raises(Refusal, match="rien à annuler"):
        runs.take_back(run=run, version=fresh(run).version, by=claire)


def test_an_import_that_others_worked_on_says_what_changed(sent, claire, run_due_jobs):
    run = sent(GOOD)
    runs.confirm(run=run, version=run.version, by=claire)
    run_due_jobs()
    Doctor.objects.update(commune="Sète")
    run = fresh(run)
    runs.take_back(run=run, version=run.version, by=claire)
    run_due_jobs()
    assert (fresh(run).undone, fresh(run).note) == (
        False,
        "Impossible d’annuler : médecin « Dr Anne Weber » a changé depuis",
    )


def test_correcting_afterwards_only_adds(sent, claire, run_due_jobs):
    run = sent(GOOD, BAD)
    runs.confirm(run=run, version=run.version, by=claire)
    run_due_jobs()
    second = runs.again(run=fresh(run), by=claire)
    run_due_jobs()
    decide(fresh(second), cells={"C3": invented_rpps(2)})
    run_due_jobs()
    second = fresh(second)
    assert (second.follows_id, second.report["summary"]) == (run.pk, "created=1 updated=0 unchanged=1 rejected=0")


def test_a_file_that_cannot_be_read_says_why(sent):
    run = sent(GOOD, kind="centres")
    assert (run.state, run.note) == (
        "unreadable",
        "Colonnes manquantes : Département, Date d’ouverture.",
    )


@pytest.mark.parametrize("text", ["patiente Mme Durand", "1 85 05 78 006 084 36"])
def test_a_correction_that_speaks_of_a_patient_is_refused(text, sent):
    run = sent(BAD)
    with pytest.raises(Refusal, match="données de patient"):
        decide(run, cells={"C2": text})
    assert fresh(run).decisions == {}


def test_the_report_never_holds_what_looks_like_a_patient_s_data(sent):
    run = sent("Durand;né le 3/3/1950;1 85 05 78 006 084 36;patiente Mme Durand")
    stored = repr(list(ImportLine.objects.values("said", "fixes")))
    assert (said(run)[0][1].count("(masqué)"), "Durand" in stored, "006 084" in stored) == (2, False, False)


def test_a_worker_killed_before_the_end_leaves_nothing_and_another_takes_over(sent, claire, run_due_jobs, monkeypatch):
    run = sent(GOOD)
    runs.confirm(run=run, version=run.version, by=claire)
    before, real = dump(), work._move

    def die(*args, **values):
        real(*args, **values)
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "_move", die)
    with pytest.raises(KeyboardInterrupt):
        run_due_jobs()
    monkeypatch.undo()
    assert (fresh(run).state, dump()) == ("writing", before)
    Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
    run_due_jobs()
    assert (fresh(run).state, Doctor.objects.count()) == ("done", 1)


def test_work_that_was_given_up_is_taken_up_by_a_person(sent, claire, run_due_jobs):
    run = sent(GOOD)
    runs.confirm(run=run, version=run.version, by=claire)
    run = fresh(run)
    with pytest.raises(Stale):
        runs.resume(run=run, version=run.version)
    Job.objects.filter(state="queued").update(state=JobState.DEAD)
    runs.resume(run=run, version=run.version)
    run_due_jobs()
    assert (fresh(run).state, Doctor.objects.count()) == ("ready", 0)


def test_files_are_forgotten_after_ninety_days_and_reports_stay(sent, claire, run_due_jobs):
    waiting, done = sent(GOOD), sent(GOOD, BAD)
    runs.confirm(run=done, version=done.version, by=claire)
    run_due_jobs()
    ImportFile.objects.update(kept_until=weeks.today() - timedelta(days=1))
    assert runs.forget_files() == 2
    assert (fresh(waiting).state, fresh(waiting).note) == ("unreadable", runs.FORGOTTEN)
    assert (fresh(done).state, fresh(done).file_id, len(said(done))) == ("done", None, 1)
    with pytest.raises(Refusal, match="n’est plus conservé"):
        runs.again(run=done, by=claire)


def test_files_of_the_last_ninety_days_are_kept(sent):
    run = sent(GOOD)
    assert (runs.forget_files(), run.file.kept_until) == (0, weeks.today() + timedelta(days=90))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "elsewhere"},
        {"state": "done"},
        {"state": "ready", "ended_at": timezone.now()},
        {"state": "unreadable", "ended_at": timezone.now()},
        {"year": 1999},
    ],
)
def test_the_database_refuses_what_no_import_is(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRunFactory(**values)


def test_the_progress_of_a_reading_is_told(sent, claire, monkeypatch):
    heard, rows = [], [f"Nom{n:04d};Anne;{invented_rpps(n)};a{n}@example.org" for n in range(1200)]
    run = sent(GOOD)
    file = ImportFile.objects.create(content="\n".join([HEAD, *rows]).encode(), kept_until=weeks.today())
    ImportRun.objects.filter(pk=run.pk).update(file=file, state="reading")
    work.rehearse(run.pk, run.version, lambda done, total: heard.append((done, total)))
    assert heard == [(0, 1201), (500, 1201), (1000, 1201), (1201, 1201)]


def test_a_rehearsal_of_a_long_list_writes_no_row_even_for_a_while(sent, monkeypatch):
    monkeypatch.setattr(Doctor.objects, "bulk_create", lambda *args, **kwargs: pytest.fail("a rehearsal wrote"))
    assert sent(GOOD).report["created"] == 1


def test_a_collision_without_end_leaves_the_preview(sent, claire, run_due_jobs, monkeypatch):
    run = sent(GOOD)
    runs.confirm(run=run, version=run.version, by=claire)
    monkeypatch.setattr(work, "_write", lambda *args: (_ for _ in ()).throw(IntegrityError("taken")))
    run_due_jobs()
    assert (fresh(run).state, fresh(run).note.partition(",")[0]) == ("ready", "Import impossible pour l’instant")
