"""What the toolbar of the rota offers around what it shows: tell, copy for the group, take away."""

from django import template
from django.template.context import RequestContext

from directory import rights
from intranet.rota import shown
from rotas import telling
from rotas.permissions import can_see_names

register = template.Library()


@register.inclusion_tag("intranet/rota/_around.html", takes_context=True)
def around_rota(context: RequestContext) -> dict:
    """The links of the page that is shown, list or grid. One query for those who may tell, none for others."""
    request, span, asked = context["request"], context.get("span"), context["filter"]
    first, last = (span.first, span.last) if span else shown.asked_weeks(asked.asked)
    kept = asked.kept_centres()
    ids = None if len(kept) == len(asked.centres) else [centre.pk for centre in kept]
    tells = bool(rights.reach(request.user, "rota", "E"))
    places = shown.editable(request.user, shown.slots_between(first, last, ids))
    return {
        "csrf_token": context["csrf_token"],
        "asked": shown.carried(request, vue="" if span else shown.LIST),
        "names": can_see_names(request.user),
        "tells": tells,
        "waiting": telling.count(places) if tells else {},
        "swap": bool(request.htmx),
    }
