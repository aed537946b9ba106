"""The carnet as a list that answers while one types, a new entry, the emergency sheet of a centre."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django_tables2 import RequestConfig

from directory import carnet_actions, carnet_permissions, carnet_queries, weeks
from directory.models import Centre, EmergencyLine
from directory.models.carnet import EmergencyKind
from directory.refusals import Refusal, Stale
from intranet import notices
from intranet.access import requires
from intranet.carnet.filters import CarnetFilter, pills
from intranet.carnet.forms import EmergencyForm, NewEntryForm, check_fields, version_of
from intranet.carnet.tables import CarnetTable

PER_PAGE = 50
SELECTS = ("centre", "specialite", "categorie")


@requires("carnet", read="L")
def carnet(request: HttpRequest) -> HttpResponse:
    """What a search finds, nearest first as one's centre sees it; for htmx the answers and the emergency sheet."""
    user, centres = request.user, list(Centre.objects.in_reading_order())
    found = CarnetFilter(request.GET, carnet_permissions.visible_practices(user), user=user, centres=centres)
    centre, today = found.seen_from, weeks.today()
    table = CarnetTable(found.qs, today=today, seen_from=centre)
    RequestConfig(request, paginate=False).configure(table)  # the length of a page is ours, not the address's
    table.paginate(per_page=PER_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "selects": [found.form[name] for name in SELECTS],
        "narrowed": any(request.GET.get(name) for name in SELECTS),
        "pills": pills(found, request.GET, archives=carnet_permissions.can_archive(user)),
        "hidden": [(name, value) for name, value in request.GET.items() if name not in {"q", "page", *SELECTS}],
        "typed": request.GET.get("q", "")[:80],
        "table": table,
        "count": table.paginator.count,
        "centre": centre,
        "calls": carnet_queries.emergency_sheet(centre),
        "own": [one.pk for one in carnet_permissions.own_centres(user)],
        "freshness": carnet_queries.freshness(today),
    }
    name = "intranet/carnet/list.html#answers" if request.htmx else "intranet/carnet/list.html"
    return render(request, name, context)


@requires("carnet", read="C", write="C")
def create(request: HttpRequest) -> HttpResponse:
    """A new entry, confirmed today, for one of the centres that one keeps."""
    centres = carnet_permissions.own_centres(request.user, "C")
    form = NewEntryForm(request.POST or None, user=request.user, centres=centres, auto_id="nouvelle-%s")
    if request.method != "POST":
        return _creation(request, form)
    check_fields(request.POST, set(form.fields), {"centre", "specialty"})
    if not form.is_valid():
        return _creation(request, form, status=422)
    data = form.cleaned_data
    try:
        made = carnet_actions.create(row=form.entry(), centre=data["centre"], km=data["km"], by=request.user)
    except Refusal as refused:
        form.add_error(None, str(refused))
        return _creation(request, form, status=422)
    notices.done(request, f"La fiche de {made} est créée.")
    return redirect("intranet:carnet_entry", made.pk)


def _creation(request: HttpRequest, form: NewEntryForm, status: int = 200) -> HttpResponse:
    """The page of the form."""
    context = {"form": form, "specialties": carnet_queries.specialties()}
    return render(request, "intranet/carnet/create.html", context, status=status)


@requires("carnet", read="E", write="E")
def emergency(request: HttpRequest, centre: int) -> HttpResponse:
    """The emergency sheet of a centre, a form for each line (`ligne`, its fields, `version`)."""
    place = get_object_or_404(Centre, pk=centre)
    if not carnet_permissions.own_centres(request.user).filter(pk=place.pk).exists():
        raise PermissionDenied(f"Vous pouvez lire les urgences de {place}, pas les modifier.")
    if request.method != "POST":
        return _sheet(request, place)
    check_fields(request.POST, {"ligne", "version", *EmergencyForm.base_fields}, {"ligne", "version"})
    kind = request.POST["ligne"]
    form = EmergencyForm(request.POST, instance=EmergencyLine(centre=place, kind=kind), auto_id=f"{kind}-%s")
    version = version_of(request)
    if kind not in EmergencyKind.values or not form.is_valid():
        return _sheet(request, place, form=form, kind=kind, status=422)
    values = {name: form.cleaned_data[name] for name in EmergencyForm.base_fields}
    try:
        carnet_actions.set_emergency(centre=place, kind=kind, values=values, by=request.user, version=version)
    except Stale as refused:
        return _sheet(request, place, form=form, kind=kind, error=str(refused), status=409)
    notices.done(request, f"« {EmergencyKind(kind).label} » est à jour pour {place}.")
    return redirect(f"{reverse('intranet:carnet')}?centre={place.pk}")


def _sheet(request: HttpRequest, centre: Centre, *, form=None, kind: str = "", error: str = "", status: int = 200):
    """Each line with its form; the one that was refused keeps what was typed."""
    lines = []
    for call in carnet_queries.emergency_sheet(centre):
        row = EmergencyLine(centre=centre, kind=call.kind, phone=call.phone, detail=call.detail)
        own = EmergencyForm(instance=row, auto_id=f"{call.kind}-%s")
        refused = form is not None and call.kind == kind
        lines.append({"call": call, "form": form if refused else own, "refused": refused})
    context = {"centre": centre, "lines": lines, "error": error}
    return render(request, "intranet/carnet/emergency.html", context, status=status)
