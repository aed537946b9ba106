"""The rota on two pages that show the same weeks: the grid and its list twin."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_tables2 import RequestConfig

from directory import weeks
from intranet.access import requires
from intranet.rota import answers, cells, grid
from intranet.rota.filters import RotaFilter, hidden_fields
from intranet.rota.span import span_of
from intranet.rota.tables import table_for
from rotas import coverage, queries
from rotas.models import Slot
from rotas.permissions import can_see_names

PER_PAGE = 50
SPAN = ("du", "au", "vue", "annee")
ON_GRID = ("centre", "departement", "etat", "mes_centres")


@requires("coverage", read="L")
def rota(request: HttpRequest) -> HttpResponse:
    """Centres × weeks: a quarter from `?du=`, or an ISO year (`?vue=annee&annee=2026`), filtered by the address."""
    span = span_of(request.GET)
    centres, shut = queries.centres_and_closures(span.first, span.last)
    asked = RotaFilter(request.GET, Slot.objects.none(), user=request.user, centres=centres)
    kept = asked.kept_centres()
    found = grid.lines(
        request.user,
        span.mondays,
        kept,
        shut,
        state=asked.asked.get("etat", ""),
        limited=len(kept) < len(centres),
    )
    context = {
        "span": span,
        "before": _address(request, "intranet:rota", span.before()),
        "after": _address(request, "intranet:rota", span.after()),
        "list_url": _address(request, "intranet:rota_list", span.as_dates()),
        "table": grid.table(found, span.mondays),
        "editable": grid.is_editable(found),
        "cards": grid.weeks_as_cards(found, span.mondays),
        "filter": asked,
        "fields": [asked.form[name] for name in ON_GRID if name in asked.form.fields],
        "hidden": hidden_fields(request.GET.items(), set(ON_GRID)),
        "legend": cells.legend(),
        "tiles": _tiles(),
    }
    return render(request, "intranet/rota/grid.html", context)


def _address(request: HttpRequest, name: str, span: dict[str, str]) -> str:
    """The page `name` with the same filters on other weeks."""
    asked = request.GET.copy()
    for key in (*SPAN, "page", "tri"):
        asked.pop(key, None)
    asked.update(span)
    return f"{reverse(name)}?{asked.urlencode()}"


def _tiles() -> dict:
    """The three figures above the grid. Two queries."""
    return answers.figures() | {"missed": coverage.missed_weeks()}


@requires("coverage", read="L")
def rota_list(request: HttpRequest) -> HttpResponse:
    """The same weeks as a list, from this week on unless the address says otherwise; a fragment for htmx."""
    today = weeks.today()
    centres, _ = queries.centres_and_closures(today, today)
    asked = request.GET.copy()
    asked.setdefault("du", weeks.monday_of(today).isoformat())
    found = RotaFilter(asked, _listed(request), user=request.user, centres=centres)
    table = table_for(request.user, found.qs)
    RequestConfig(request, paginate=False).configure(table)  # the length of a page is ours, not the address's
    table.paginate(per_page=PER_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "fields": list(found.form),
        "hidden": hidden_fields(request.GET.items(), set(found.form.fields)),
        "table": table,
        "count": table.paginator.count,
        "grid_url": _address(request, "intranet:rota", {"du": asked["du"]}),
    }
    name = "intranet/rota/list.html#rota_list" if request.htmx else "intranet/rota/list.html"
    return render(request, name, context)


def _listed(request: HttpRequest) -> QuerySet[Slot]:
    """Places with their state, and with who holds them for those who may read names; in reading order."""
    slots = queries.with_state(Slot.objects.all())
    if can_see_names(request.user):
        slots = queries.with_holders(slots)
    return slots.select_related("centre").order_by("monday", "centre__opened_on", "centre__name", "place")
