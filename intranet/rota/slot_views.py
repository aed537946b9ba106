"""The gestures on one place of the rota: read it, change it, take a gesture back."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from directory import book
from directory.refusals import Refusal, Stale
from intranet import notices
from intranet.access import refusal, requires
from intranet.rota import gestures, slot_page
from intranet.rota.forms import GESTURES, Gesture
from rotas.models import Slot
from rotas.permissions import can_edit_rota


@requires("rota", read="V", write="E")
def slot(request: HttpRequest, slot: int) -> HttpResponse:
    """GET: the place as it stands, or for htmx its candidates. POST: one gesture (`geste`, its fields, `version`)."""
    place = slot_page.load(request.user, slot)
    if place is None:
        raise Http404
    if request.method != "POST":
        return slot_page.page(request, place)
    if not can_edit_rota(request.user, place.centre):
        raise PermissionDenied(f"Vous pouvez lire la rotation de {place.centre}, pas la modifier.")
    form = _form(request)
    if form.is_valid():
        return _run(request, place, form)
    sentences = [sentence for errors in form.errors.values() for sentence in errors]
    return slot_page.page(request, place, status=422, error=" ".join(sentences))


def _form(request: HttpRequest) -> Gesture:
    """The form of the gesture asked; a word or a field that no gesture knows is a forged request."""
    kind = GESTURES.get(request.POST.get("geste", ""))
    if kind is None or not set(request.POST) <= kind.fields_known():
        raise BadRequest("Cette demande contient autre chose que ce que la page propose.")
    return kind(request.POST)


def _run(request: HttpRequest, place: Slot, form: Gesture) -> HttpResponse:
    """Do the gesture and go back to its week; what is refused stays on the page as it now stands, in words."""
    try:
        change_set, sentence = form.run(place, request.user)
    except Refusal as refused:
        stale = isinstance(refused, Stale)
        fresh = slot_page.load(request.user, place.pk)
        wanted = form if stale else None
        return slot_page.page(request, fresh, status=409 if stale else 422, error=str(refused), wanted=wanted)
    notices.done(request, gestures.outcome(sentence, change_set, undoable=True), change_set)
    return _to_week(place)


@requires("rota", write="E")
def undo(request: HttpRequest, gesture: int) -> HttpResponse:
    """Take back one of one's own gestures, while one may still edit the centres that it concerned."""
    change_set = get_object_or_404(gestures.own_gestures(request.user), pk=gesture)
    concerned = gestures.slots_of(change_set)
    if not concerned or not all(can_edit_rota(request.user, place.centre) for place in concerned):
        raise PermissionDenied("Ce geste concerne un centre que vous ne pouvez plus modifier.")
    try:
        undone = book.undo(change_set, by=request.user)
    except Refusal as refused:
        return refusal(request, 409, str(refused))
    notices.done(request, gestures.outcome("Votre geste est annulé.", undone, undoable=False))
    return _to_week(concerned[0])


def _to_week(place: Slot) -> HttpResponseRedirect:
    """The grid, from the week of `place` on, at its cell."""
    return redirect(f"{reverse('intranet:rota')}?du={place.monday.isoformat()}#s{place.pk}")
