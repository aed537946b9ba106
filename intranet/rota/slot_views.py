"""The gestures on one place of the rota: read it, change it, hear its story."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from directory import weeks
from directory.refusals import Refusal, Stale
from intranet import notices
from intranet.access import FORGED, refuse_unknown, requires
from intranet.rota import answers, choices, gestures, history, slot_page
from intranet.rota.forms import GESTURES, IN_GRID, AlreadyTold, Gesture
from rotas import queries
from rotas.models import Slot
from rotas.permissions import can_edit_rota, can_see_places, visible_slots


@requires("rota", read="V", write="E")
def slot(request: HttpRequest, slot: int) -> HttpResponse:
    """GET: the place as it stands, or for htmx its candidates. POST: one gesture (`geste`, its fields, `version`)."""
    if request.method == "POST":
        return _change(request, slot)
    if request.htmx.target == "choices":
        return _choices(request, slot)
    place = slot_page.load(request.user, slot)
    if place is None:
        raise Http404
    return slot_page.page(request, place)


def _choices(request: HttpRequest, slot: int) -> HttpResponse:
    """What the grid's editor lists while somebody types: the place itself is read, not what it holds."""
    place = get_object_or_404(visible_slots(request.user).select_related("centre"), pk=slot)
    return HttpResponse(choices.render(place, request.GET.get("q", ""), request.user))


def _change(request: HttpRequest, slot: int) -> HttpResponse:
    """One gesture on a place that one may edit."""
    doctor = _number(request.POST.get("doctor", ""))
    place = queries.place_to_change(slot, doctor) if can_see_places(request.user) else None
    if place is None:
        raise Http404
    if not can_edit_rota(request.user, place.centre):
        raise PermissionDenied(f"Vous pouvez lire la rotation de {place.centre}, pas la modifier.")
    form = _form(request, place)
    if form.is_valid():
        return _run(request, place, form)
    sentence = " ".join(sentence for errors in form.errors.values() for sentence in errors)
    return _refused(request, place, form, Refusal(sentence))


def _number(typed: str) -> int | None:
    """The id that a field holds, if the database could hold it."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _form(request: HttpRequest, place: Slot) -> Gesture:
    """The form of the gesture asked; a word or a field that no gesture knows is a forged request."""
    asked = request.POST.get("geste", "")
    kind = GESTURES.get(asked) if asked in IN_GRID or not request.htmx else None
    if kind is None:
        raise BadRequest(FORGED)
    refuse_unknown(request.POST, ("geste", *kind.base_fields))
    return kind(request.POST, place=place)


def _run(request: HttpRequest, place: Slot, form: Gesture) -> HttpResponse:
    """Do the gesture and go back to its week; what is refused stays on the page as it now stands, in words."""
    try:
        change_set, sentence = form.run(place, request.user)
    except Refusal as refused:
        return _refused(request, place, form, refused)
    said = gestures.outcome(sentence, change_set, undoable=True)
    if request.htmx:
        return answers.saved(request, place, change_set, said)
    notices.done(request, said, change_set)
    return to_week(place)


def _refused(request: HttpRequest, place: Slot, form: Gesture, why: Refusal) -> HttpResponse:
    """Why the gesture was not done, beside what now stands."""
    stale = isinstance(why, Stale)
    if request.htmx and isinstance(why, AlreadyTold):
        return answers.ask_why(request, place, why.told)
    if request.htmx and not stale:
        return answers.refused(str(why))
    fresh = slot_page.load(request.user, place.pk)
    if request.htmx:
        return answers.conflict(request, fresh, form)
    wanted = form if stale else None
    return slot_page.page(request, fresh, status=409 if stale else 422, error=str(why), wanted=wanted)


@requires("rota", read="V")
def story(request: HttpRequest, slot: int) -> HttpResponse:
    """What happened to a place, newest first: a page, or for htmx what a dialog shows."""
    place = slot_page.load(request.user, slot)
    if place is None:
        raise Http404
    context = {
        "slot": place,
        "week": weeks.label(place.monday),
        "story": history.story(place, request.user),
        "editable": can_edit_rota(request.user, place.centre),
    }
    return render(request, "intranet/rota/story.html#story" if request.htmx else "intranet/rota/story.html", context)


def to_week(place: Slot) -> HttpResponseRedirect:
    """The grid, from the week of `place` on, at its cell."""
    return redirect(f"{reverse('intranet:rota')}?du={place.monday.isoformat()}#s{place.pk}")
