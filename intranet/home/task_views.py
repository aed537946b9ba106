"""The gestures on a reminder: prolong the proposal that it is about, call it done, take that back."""

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from directory import tasks
from directory.models import Task, User
from directory.refusals import Refusal
from intranet import notices
from intranet.access import FORGED, refusal, refuse_unknown, requires
from intranet.home import reminders
from rotas import moves, options
from rotas.permissions import can_edit_rota

PROLONG, DONE, AGAIN = "prolonger", "fait", "reprendre"


class Pressed(forms.Form):
    """Which button, and the version that the page showed: of the place to prolong, of the reminder otherwise."""

    geste = forms.ChoiceField(choices=[(word, word) for word in (PROLONG, DONE, AGAIN)])
    version = forms.IntegerField(min_value=0)


@requires("rota", write="E")
def task(request: HttpRequest, task: int) -> HttpResponse:
    """POST `geste` and `version`; what is refused is said on a page of its own, and nothing was written."""
    row, form = get_object_or_404(reminders.visible(request.user), pk=task), Pressed(request.POST)
    refuse_unknown(request.POST, form.fields)
    if not form.is_valid():
        raise BadRequest(FORGED)
    run = {PROLONG: _prolong, DONE: _done, AGAIN: _again}[form.cleaned_data["geste"]]
    try:
        sentence, change_set = run(row, request.user, form.cleaned_data["version"])
    except Refusal as refused:
        return refusal(request, 409, str(refused))
    notices.done(request, sentence, change_set)
    return redirect("intranet:home")


def _prolong(row: Task, by: User, version: int) -> tuple:
    """The proposal has its full time again; this can be undone as any gesture on the rota."""
    proposal = options.of_tasks([row]).get(row.pk)
    if proposal is None or not can_edit_rota(by, proposal.slot.centre):
        raise Refusal("Cette proposition n’attend plus rien\u00a0: elle a été confirmée, libérée ou prolongée.")
    done = options.prolong(assignment=proposal, by=by, version=version)
    sentence = f"La proposition de {done.doctor} à {done.slot.centre} vaut {moves.OPTION_HOURS}\u00a0h de plus."
    return sentence, done.change_set


def _done(row: Task, by: User, version: int) -> tuple:
    """It stays below, to be taken up again."""
    tasks.finish(task=row, by=by, version=version)
    return "C’est noté comme fait.", None


def _again(row: Task, by: User, version: int) -> tuple:
    """It waits again."""
    tasks.reopen(task=row, by=by, version=version)
    return "Ce rappel est de nouveau à faire.", None
