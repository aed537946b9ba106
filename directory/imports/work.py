"""What jobs do of an import: read it in rehearsal, write it whole if it still says what was shown, take it back."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from directory import book
from directory.imports import running
from directory.imports.kinds import KINDS, Asked, Progress
from directory.imports.reports import Refused, Report, Unreadable
from directory.imports.runs import FORGOTTEN
from directory.models import ImportLine, ImportRun, User
from directory.models.imports import LineKind, RunState
from directory.refusals import Refusal

BATCH = 500
CHANGED = "Relais a changé depuis l’aperçu : rien n’a été importé. Voici ce que le fichier ferait maintenant."


class Overtaken(Exception):
    """Somebody, or another worker, has moved this import on: there is nothing left to do here."""


class Moved(Exception):
    """The import would no longer do what was shown. `report` says what it would do."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__()


def rehearse(pk: int, version: int, progress: Progress) -> None:
    """Read the file, corrected as decided, and store what it would do."""
    run = _find(pk, version, RunState.READING)
    if run is None:
        return
    try:
        report = running.run(_prepare(run, progress, rehearsal=True), dry_run=True)
    except Unreadable as error:
        _settle(run, RunState.UNREADABLE, note=sentence(error), ended_at=timezone.now())
    else:
        _settle(run, RunState.READY, report)


def carry_out(pk: int, version: int, progress: Progress) -> None:
    """Write the whole file in one transaction and one gesture, or nothing when it would do otherwise than shown."""
    run = _find(pk, version, RunState.WRITING)
    if run is None:
        return
    try:
        write = _prepare(run, progress, rehearsal=False)
        running.run(lambda: _write(run, write))
    except Moved as moved:
        _settle(run, RunState.READY, moved.report, note=CHANGED)
    except Unreadable as error:
        _settle(run, RunState.READY, note=sentence(error))
    except Overtaken:
        return


def undo(pk: int, version: int) -> None:
    """Put every row back as it was before the import, or say what changed since."""
    run = _find(pk, version, RunState.UNDOING)
    if run is None:
        return
    by = User.objects.filter(pk=run.decisions.get("undone_by")).first()
    try:
        with transaction.atomic():
            _hold(run)
            if not run.undone:
                book.undo(run.change_set, by=by, reason=f"Annulation de l’import n° {run.pk}")
            _move(run, RunState.DONE)
    except Refusal as error:
        _settle(run, RunState.DONE, note=str(error))
    except Overtaken:
        return


def _find(pk: int, version: int, state: str) -> ImportRun | None:
    """The import, if it still waits for this work."""
    runs = ImportRun.objects.select_related("file", "change_set__undone_by")
    return runs.filter(pk=pk, version=version, state=state).first()


def _prepare(run: ImportRun, progress: Progress, *, rehearsal: bool) -> Callable[[], Report]:
    """The file read as decided; Unreadable when it cannot be."""
    if run.file is None:
        raise Unreadable(FORGOTTEN)
    asked = Asked(
        file_name=run.file_name,
        year=run.year,
        by=User.objects.filter(pk=run.actor_id).first(),
        cells=run.decisions.get("cells", {}),
        chosen=frozenset(run.decisions.get("applied", [])),
        rehearsal=rehearsal,
        progress=progress,
    )
    return KINDS[run.kind].prepare(bytes(run.file.content), asked)


def _write(run: ImportRun, write: Callable[[], Report]) -> Report:
    """In the import's own transaction: hold the run first, so that it is written once whoever tries."""
    _hold(run)
    report = write()
    if report.digest != run.report["digest"]:
        raise Moved(report)
    _move(run, RunState.DONE, change_set=report.change_set, ended_at=timezone.now())
    return report


def _hold(run: ImportRun) -> None:
    """Lock the import; Overtaken when it has moved on."""
    same = ImportRun.objects.select_for_update().filter(pk=run.pk, version=run.version, state=run.state)
    if not same.exists():
        raise Overtaken


@transaction.atomic
def _settle(run: ImportRun, state: str, report: Report | None = None, **values) -> None:
    """Store how the work ended, with the lines of its report, unless the import has moved on meanwhile."""
    try:
        _hold(run)
    except Overtaken:
        return
    if report is not None:
        values["report"] = _figures(report)
        ImportLine.objects.filter(run=run).delete()
        ImportLine.objects.bulk_create(_lines(run, report), batch_size=BATCH)
    _move(run, state, **values)


def _move(run: ImportRun, state: str, **values) -> None:
    """Another state and a new version of an import that is held."""
    ImportRun.objects.filter(pk=run.pk).update(state=state, version=run.version + 1, **values)


def _figures(report: Report) -> dict:
    """What a preview shows at once, and what tells it from another."""
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": len(report.refusals),
        "different": len(report.differences),
        "applied": sum(report.applies(where) for where, _ in report.differences),
        "also": report.also,
        "counts": report.counts,
        "summary": report.summary,
        "digest": report.digest,
    }


def _lines(run: ImportRun, report: Report) -> list[ImportLine]:
    """The lines of the report as rows."""
    said = [(LineKind.REFUSED, refused) for refused in sorted(report.refusals)]
    said += [(LineKind.DIFFERENT, Refused(*pair)) for pair in sorted(report.differences)]
    said += [(LineKind.REMARK, Refused(*pair)) for pair in sorted(report.remarks)]
    return [
        ImportLine(
            run=run,
            kind=kind,
            row=line.where.row,
            column=line.where.column,
            label=line.where.label,
            said=line.said,
            fixes=[fix._asdict() for fix in line.fixes],
        )
        for kind, line in said
    ]


def sentence(error: Unreadable) -> str:
    """The one line of the commands as a sentence of a page."""
    text = str(error).replace(", par exemple --year 2026", "")
    return text[:1].upper() + text[1:]
