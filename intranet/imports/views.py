"""Imports led on a screen: send a file, look, correct, confirm, take back."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from directory import rights
from directory.imports import runs
from directory.models import ImportRun
from directory.refusals import Refusal, Stale
from intranet.access import FORGED, refuse_unknown, requires
from intranet.imports import decisions, page
from intranet.imports.forms import UploadForm


@requires("import", read="L", write="C")
def imports(request: HttpRequest) -> HttpResponse:
    """GET: the imports, last first, and a form to send a file. POST: keep the file and have it read."""
    if request.method != "POST":
        return _list(request, UploadForm())
    if "sorte" not in request.POST:
        raise BadRequest(FORGED)
    refuse_unknown(request.POST, UploadForm.base_fields)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    given = form.cleaned_data
    run = runs.start(
        kind=given["sorte"],
        year=given["annee"],
        file_name=given["name"],
        content=given["content"],
        by=request.user,
    )
    return redirect("intranet:import", run.pk)


def _list(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    """The list; whoever may not import reads it without the form."""
    may = bool(rights.reach(request.user, "import", "C"))
    context = {"form": form, "may": may, "found": page.listed(request.GET.get("page"))}
    return render(request, "intranet/imports/list.html", context, status=status)


@requires("import", read="V", write="C")
def one_import(request: HttpRequest, run: int) -> HttpResponse:
    """GET: the import as it stands; for htmx, what moves on it. POST: one gesture (`geste`, its fields, `version`)."""
    found = get_object_or_404(page.all_runs(), pk=run)
    if request.method != "POST":
        return page.show(request, found)
    gesture = GESTURES.get(request.POST.get("geste", ""))
    version = request.POST.get("version", "")
    if gesture is None or not (version.isascii() and version.isdigit() and len(version) < 10):
        raise BadRequest(FORGED)
    try:
        if found.version != int(version):
            raise Stale(runs.MOVED)
        after = gesture(request, found)
    except Refusal as refused:
        fresh = page.all_runs().get(pk=run)
        status = 409 if isinstance(refused, Stale) else 422
        typed = request.POST if gesture in {_correct, _confirm} else None
        return page.show(request, fresh, status=status, error=str(refused), typed=typed)
    return redirect("intranet:import", after.pk)


def _correct(request: HttpRequest, run: ImportRun) -> ImportRun:
    """Take the decisions into account; the preview is computed anew."""
    decided = decisions.read(run, request.POST)
    return runs.decide(
        run=run, version=run.version, cells=decided.cells, ignored=decided.ignored, applied=decided.applied
    )


def _confirm(request: HttpRequest, run: ImportRun) -> ImportRun:
    """Import; decisions that were typed and not yet looked at are previewed first."""
    if decisions.read(run, request.POST).changes(run):
        return _correct(request, run)
    return runs.confirm(run=run, version=run.version, by=request.user)


def _give_back(request: HttpRequest, run: ImportRun) -> ImportRun:
    """Forget one correction: the file's own text counts again."""
    address = request.POST.get("cellule", "")
    if address not in run.decisions.get("cells", {}):
        raise BadRequest(FORGED)
    return runs.decide(run=run, version=run.version, cells={address: None}, ignored={}, applied={})


def _undo(request: HttpRequest, run: ImportRun) -> ImportRun:
    """Take the whole import back."""
    return runs.take_back(run=run, version=run.version, by=request.user)


def _again(request: HttpRequest, run: ImportRun) -> ImportRun:
    """A new import of the same file, corrections included."""
    return runs.again(run=run, by=request.user)


def _resume(request: HttpRequest, run: ImportRun) -> ImportRun:
    """Try again what was given up."""
    return runs.resume(run=run, version=run.version)


GESTURES: dict[str, Callable[[HttpRequest, ImportRun], ImportRun]] = {
    "corriger": _correct,
    "confirmer": _confirm,
    "retirer": _give_back,
    "annuler": _undo,
    "recommencer": _again,
    "reprendre": _resume,
}
