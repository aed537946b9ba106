"""Gathers what the pages of imports show: the list of runs, one run with its lines, the fragment that follows a job."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from directory import rights
from directory.imports import runs
from directory.models import ImportRun, User
from directory.models.imports import LineKind, RunState
from intranet.imports import decisions, words

PER_PAGE = 20
STAGES = {RunState.READING: "Comparaison avec Relais", RunState.WRITING: "Écriture dans Relais"}


def all_runs() -> QuerySet[ImportRun]:
    """Every import with what tells whether it was undone; its file stays where it is."""
    return ImportRun.objects.select_related("change_set__undone_by")


def listed(number: object) -> Page:
    """A page of imports, last first, each with who began it and how it stands."""
    page = Paginator(all_runs().order_by("-pk"), PER_PAGE).get_page(number)
    page.object_list = list(page.object_list)
    people = User.objects.in_bulk({run.actor_id for run in page.object_list})
    for run in page.object_list:
        _name(run, people)
    return page


def _name(run: ImportRun, people: dict[int, User]) -> None:
    """Put in words what a list and a page say of a run."""
    run.title = words.title(run)
    run.state_label, run.state_css = words.state(run)
    run.who = people.get(run.actor_id, "quelqu’un qui n’a plus de compte")


def show(
    request: HttpRequest, run: ImportRun, *, status: int = 200, error: str = "", typed: QueryDict | None = None
) -> HttpResponse:
    """One import as it stands: its progress, or its report with what may be decided; for htmx the fragment alone."""
    _name(run, User.objects.in_bulk([run.actor_id]))
    context = {
        "run": run,
        "error": error,
        "status": words.status(run),
        "busy": _busy(run),
        "may": bool(rights.reach(request.user, "import", "C")),
        "amount": words.amount(run),
        "confirm": words.confirm(run),
        "tiles": words.tiles(run) if run.report else [],
    }
    if not context["busy"]:
        context |= _report(request, run, typed)
    name = "intranet/imports/run.html#import_run" if request.htmx else "intranet/imports/run.html"
    return render(request, name, context, status=status)


def _busy(run: ImportRun) -> dict | None:
    """How far the job is, in words and figures; None when nothing is under way."""
    if run.state not in runs.WORK:
        return None
    job = runs.job_of(run)
    done, total = (job.progress_done, job.progress_total) if job else (0, 0)
    return {
        "given_up": runs.given_up(run),
        "done": done,
        "total": total,
        "reading": bool(total) and done < total,
        "stage": STAGES.get(run.state, "Annulation")
        if total or run.state == RunState.UNDOING
        else "Ouverture du fichier",
        "failed": bool(job and job.failures),
    }


def _report(request: HttpRequest, run: ImportRun, typed: QueryDict | None) -> dict:
    """The lines of the report; while it is to be confirmed, also what was corrected."""
    return {
        "deciding": run.state == RunState.READY,
        "refused": decisions.part(run, LineKind.REFUSED, request.GET.get("refus"), typed),
        "different": decisions.part(run, LineKind.DIFFERENT, request.GET.get("ecarts"), typed),
        "remarks": list(runs.lines(run, LineKind.REMARK)[: decisions.PER_PAGE]),
        "remarks_count": runs.lines(run, LineKind.REMARK).count(),
        "corrected": sorted(run.decisions.get("cells", {}).items()),
        "kept": run.file_id is not None,
    }
