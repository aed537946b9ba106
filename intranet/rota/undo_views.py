"""Takes gestures back and does them again, one's own only: from a message, a story, or with the keys of the grid."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django_htmx.http import HttpResponseClientRefresh

from directory import book
from directory.models import ChangeSet
from directory.refusals import Refusal
from intranet import notices
from intranet.access import refusal, requires
from intranet.rota import answers, gestures, history
from intranet.rota.slot_views import to_week
from rotas import undoing
from rotas.models import Slot
from rotas.permissions import can_edit_rota
from rotas.slots import place_subject

CELLS = 20  # beyond, the page is asked anew
UNDONE, REDONE = "Votre geste est annulé.", "Votre geste est rétabli."


@requires("rota", write="E")
def undo(request: HttpRequest, gesture: int) -> HttpResponse:
    """Take back one of one's own gestures, while one may still edit the centres that it concerned."""
    return _take_back(request, get_object_or_404(undoing.by_hand(request.user), pk=gesture), UNDONE)


@requires("rota", write="E")
def undo_last(request: HttpRequest) -> HttpResponse:
    """Take back the newest of one's own gestures that stands."""
    last = undoing.next_undo(request.user)
    if last is None:
        return _nothing(request, "Il n’y a plus de geste récent à annuler\u00a0: regardez l’histoire de la place.")
    return _take_back(request, last, UNDONE)


@requires("rota", write="E")
def redo_last(request: HttpRequest) -> HttpResponse:
    """Do again the gesture that was taken back last, unless another one came since."""
    last = undoing.next_redo(request.user)
    if last is None:
        return _nothing(request, "Il n’y a rien à rétablir.")
    return _take_back(request, last, REDONE)


def _nothing(request: HttpRequest, sentence: str) -> HttpResponse:
    return answers.refused(sentence) if request.htmx else refusal(request, 422, sentence)


def _take_back(request: HttpRequest, change_set: ChangeSet, sentence: str) -> HttpResponse:
    """Undo `change_set`, whatever it did; what changed since is said, and nothing is done."""
    concerned = gestures.slots_of(change_set)
    if not concerned or not all(can_edit_rota(request.user, place.centre) for place in concerned):
        raise PermissionDenied("Ce geste concerne un centre que vous ne pouvez plus modifier.")
    try:
        undone = book.undo(change_set, by=request.user)
    except Refusal as refused:
        why = _why(request, change_set, concerned) or str(refused)
        if not request.htmx:
            return refusal(request, 409, why)
        return answers.changed_since(request, [slot.pk for slot in concerned[:CELLS]], why)
    said = gestures.outcome(sentence, undone, undoable=False)
    return _shown(request, concerned, said)


def _why(request: HttpRequest, change_set: ChangeSet, concerned: list[Slot]) -> str:
    """Who has worked on one of these places since; empty when the book does not say."""
    for slot in concerned[:CELLS]:
        change = book.history(place_subject(slot.pk)).first()
        if change and change.change_set_id > change_set.pk and change.change_set.undoes_id != change_set.pk:
            return f"{history.who_changed(slot, request.user)} Votre geste n’est pas annulé."
    return ""


def _shown(request: HttpRequest, concerned: list[Slot], said: str) -> HttpResponse:
    """The cells concerned, or for a page without script the week of the first."""
    if request.htmx and len(concerned) <= CELLS:
        return answers.moved(request, [slot.pk for slot in concerned], None, said)
    notices.done(request, said)
    return HttpResponseClientRefresh() if request.htmx else to_week(concerned[0])
