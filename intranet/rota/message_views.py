"""« Copier un message pour le groupe »: the holes to come, or who arrives, as a text to paste elsewhere."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory import weeks
from intranet.access import requires
from intranet.rota import group_message as texts
from intranet.rota import shown
from intranet.rota.shown import Shown
from rotas import arrivals, coverage, queries

HOLES, ARRIVALS = "trous", "arrivees"


@requires("rota", read="L")
def group_message(request: HttpRequest) -> HttpResponse:
    """`?sur=trous` (default) or `arrivees`, of next Monday or of `?semaine=`; limited as the address of the rota is."""
    seen = shown.shown_by(request.user, request.GET)
    subject = ARRIVALS if request.GET.get("sur") == ARRIVALS else HOLES
    monday = _asked_week(request.GET.get("semaine", ""))
    text = _of_arrivals(seen, monday) if subject == ARRIVALS else _of_holes(seen)
    context = {
        "shown": seen,
        "text": text,
        "rows": text.count("\n") + 2,
        "monday": monday if subject == ARRIVALS else None,
        "holes_url": _address(request, HOLES),
        "arrivals_url": _address(request, ARRIVALS),
        "before": _address(request, ARRIVALS, monday - weeks.WEEK),
        "after": _address(request, ARRIVALS, monday + weeks.WEEK),
        "back": shown.back_to(request),
    }
    return render(request, "intranet/rota/message.html", context)


def _address(request: HttpRequest, subject: str, monday: date | None = None) -> str:
    """This page on another subject or week, with the same filters."""
    return "?" + shown.carried(request, sur=subject, semaine=monday.isoformat() if monday else "")


def _asked_week(typed: str) -> date:
    """The Monday of the week that holds the day typed; next Monday's without a plausible one."""
    coming = weeks.monday_of(weeks.today()) + weeks.WEEK
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return coming
    return weeks.monday_of(day) if shown.FIRST <= day <= shown.LAST else coming


def _of_holes(seen: Shown) -> str:
    """From this week on; twelve weeks when the address sets no end."""
    first = max(seen.first, weeks.monday_of(weeks.today()))
    last = first + (coverage.WEEKS_AHEAD - 1) * weeks.WEEK if seen.endless else max(seen.last, first)
    found = queries.holes(first, (last - first).days // 7 + 1, seen.ids)
    found = found.filter(published=True).order_by("centre__opened_on", "centre__name", "monday", "place")
    return texts.of_holes(found, first, last)


def _of_arrivals(seen: Shown, monday: date) -> str:
    """Of one week."""
    return texts.of_arrivals(arrivals.arrivals(monday, seen.ids), monday)
