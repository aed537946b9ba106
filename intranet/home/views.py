"""The first page after sign-in: what one may open, what waits for one, the holes ahead for those who see coverage."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory import rights, weeks
from intranet import menu
from intranet.access import requires
from intranet.home import reminders
from rotas import coverage, queries
from rotas.permissions import can_see_names

SHOWN = 5


@requires("staff_home", read="V", known=True)
def home(request: HttpRequest) -> HttpResponse:
    """Greets, reminds, lists what one may open and the first holes of twelve weeks: one's own centres' if any."""
    context = {
        "places": menu.entries(request.user, "")[1:],
        "sees_names": can_see_names(request.user),
        "reminders": reminders.of(request.user),
    }
    if rights.reach(request.user, "coverage", "L"):
        mine = rights.reach(request.user, "rota", "E").centres
        first = weeks.monday_of(weeks.today())
        context |= {
            "mine": bool(mine),
            "weeks": coverage.WEEKS_AHEAD,
            "ahead": coverage.ahead(centres=list(mine) or None),
            "holes": list(queries.holes(first, coverage.WEEKS_AHEAD, mine or None)[:SHOWN]),
        }
    return render(request, "intranet/home.html", context)
