"""Shows a place of the rota on its own page, or for htmx only the doctors that a search finds for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory import name_search, weeks
from intranet.rota import cells, history
from intranet.rota.forms import NOTE_HINT, Cancel, Gesture
from rotas import notices, open_days, permissions, queries
from rotas.candidates import Candidate, candidates
from rotas.models import Closure, Slot
from rotas.states import State

MOST = 20  # doctors listed at once


def load(user, pk: int) -> Slot | None:
    """The place with this id as `user` may see it, with its holders and its state; None when it is hidden."""
    return queries.with_holders(queries.with_state(permissions.visible_slots(user))).filter(pk=pk).first()


def page(
    request: HttpRequest, place: Slot, *, status: int = 200, error: str = "", wanted: Gesture | None = None
) -> HttpResponse:
    """The page of `place`; `error` says what was refused, `wanted` is the gesture that met somebody else's."""
    context = _gestures(request, place) | {"error": error, "wanted": wanted}
    if request.htmx:
        return render(request, "intranet/rota/slot.html#candidates", context, status=status)
    for holder in place.holders:
        holder.told = notices.standing(holder)
    before, after = queries.neighbours(place)
    state = State(place.state)
    context |= {
        "week": weeks.label(place.monday),
        "before": before,
        "after": after,
        "state": {"css": cells.CSS[state], "sign": cells.SIGNS[state], "label": state.label},
        "story": history.story(place, request.user),
        "note_hint": NOTE_HINT,
        "form": Cancel() if context["editable"] and notices.already_told(place) else None,
        "left": open_days.days_left(place.centre.department, place.centre.opening_days, place.monday),
        "feasts": open_days.holidays_in_week(place.centre.department, place.monday),
    }
    return render(request, "intranet/rota/slot.html", context, status=status)


def _gestures(request: HttpRequest, place: Slot) -> dict:
    """What can be done with `place` by who asks, and the doctors that the search finds for it."""
    editable = permissions.can_edit_rota(request.user, place.centre)
    closure = Closure.objects.filter(centre=place.centre_id, monday=place.monday).first()
    over = place.monday < weeks.monday_of(weeks.today())
    typed = request.GET.get("q", "").strip()[: name_search.TYPED_LENGTH]
    return {
        "slot": place,
        "editable": editable,
        "closure": closure,
        "typed": typed,
        "most": MOST,
        "candidates": _others(place, typed) if editable and not closure else [],
        "may_be_missed": editable and over and not closure and not place.holders and not place.missed,
        "may_close": editable and not closure and not place.holders and not place.missed,
    }


def _others(place: Slot, typed: str) -> list[Candidate]:
    """The doctors that a search finds for `place`, but for who holds it."""
    return [one for one in candidates(place, typed, MOST + len(place.holders)) if not one.held][:MOST]
