"""« Prévenir »: whom no mail has told, the gesture that writes to them, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from directory.french import plural
from directory.models import ChangeSet, Doctor, OutgoingMessage, User
from directory.models.messages import MessageState
from directory.refusals import Refusal
from intranet import notices
from intranet.access import FORGED, refusal, refuse_unknown, requires
from intranet.rota import shown
from rotas import telling as verbs
from rotas.models import Assignment, Slot
from rotas.permissions import can_edit_rota, can_see_contact

AT_ONCE = 200  # more would hold the database for seconds, and nobody reads a longer list before pressing


@dataclass(frozen=True)
class Line:
    """Somebody to tell; `mark` is what the person pressing the button will have read."""

    row: Assignment
    mark: str
    reachable: bool  # the reader may see the address and the phone


@requires("rota", read="E", write="E")
def telling(request: HttpRequest) -> HttpResponse:
    """GET: the exact list, limited as the address of the rota is. POST: `medecin`, one `id:mark` a line read."""
    if request.method == "POST":
        return _tell(request)
    seen = shown.shown_by(request.user, request.GET)
    waiting = verbs.in_reading_order(verbs.untold(shown.editable(request.user, seen.slots())))
    lines = [Line(row, verbs.mark(row), can_see_contact(request.user, row.slot)) for row in waiting]
    mails = [line for line in lines if line.row.doctor.email]
    context = {
        "shown": seen,
        "mails": mails[:AT_ONCE],
        "more": len(mails) - AT_ONCE,
        "doctors": len({line.row.doctor_id for line in mails[:AT_ONCE]}),
        "calls": [line for line in lines if not line.row.doctor.email],
        "back": shown.back_to(request),
    }
    return render(request, "intranet/rota/telling.html", context)


def _tell(request: HttpRequest) -> HttpResponse:
    """Write the mails, then say what was done, and of whom it was not because something has changed."""
    marks = _marks(request.POST)
    done = verbs.tell(slots=shown.editable(request.user, Slot.objects.all()), shown=marks, by=request.user)
    if done.changed:
        notices.done(request, _left_out(done.changed))
    if done.change_set is None:
        return redirect(f"{reverse('intranet:telling')}?{shown.carried(request)}")
    return redirect(f"{reverse('intranet:told', args=[done.change_set.pk])}?{shown.carried(request)}")


def _marks(posted: QueryDict) -> dict[int, str]:
    """What the form carries: at least one line, each as the page wrote it, and nothing else."""
    marks = {}
    for line in posted.getlist("medecin"):
        pk, _, mark = line.partition(":")
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            raise BadRequest(FORGED)
        marks[int(pk)] = mark
    if not 0 < len(marks) <= AT_ONCE:
        raise BadRequest(FORGED)
    refuse_unknown(posted, ["medecin"])
    return marks


def _left_out(changed: list[Assignment]) -> str:
    """Who was not written to, and why."""
    count = len(changed)
    head = plural(count, "Un mail n’a pas été écrit", f"{count} mails n’ont pas été écrits")
    said = ", ".join(f"{row.doctor} ({row.slot.centre}) {verbs.why_left_out(row)}" for row in changed[:10])
    return f"{head}\u00a0: {said}{', …' if count > 10 else ''}."


@requires("rota", read="E", write="E")
def told(request: HttpRequest, gesture: int) -> HttpResponse:
    """One's own gesture. GET: its mails, and when they leave. POST: stop those that have not left."""
    change_set = get_object_or_404(verbs.told_by(request.user), pk=gesture)
    lines = _sent(change_set)
    if request.method == "POST":
        return _take_back(request, change_set, [slot for _, slot, _ in lines])
    waiting = [mail for mail, _, _ in lines if mail.state == MessageState.PENDING]
    context = {
        "gesture": change_set,
        "lines": lines,
        "waiting": waiting,
        "leaves_at": min((mail.due_at for mail in waiting), default=None),
        "asked": shown.carried(request),
        "back": shown.back_to(request),
    }
    return render(request, "intranet/rota/told.html", context)


def _sent(change_set: ChangeSet) -> list[tuple[OutgoingMessage, Slot, Doctor]]:
    """Each mail of a gesture with its place and its doctor. Four queries."""
    about = {change.row: change.after for change in change_set.changes.all()}
    slots = Slot.objects.select_related("centre").in_bulk({values["slot_id"] for values in about.values()})
    doctors = Doctor.objects.in_bulk({values["doctor_id"] for values in about.values()})
    return [
        (mail, slots[about[mail.pk]["slot_id"]], doctors[about[mail.pk]["doctor_id"]])
        for mail in verbs.mails_of(change_set)
    ]


def _take_back(request: HttpRequest, change_set: ChangeSet, places: Iterable[Slot]) -> HttpResponse:
    """Stop what can be stopped, while one may still edit the centres that it concerned."""
    _check_editable(request.user, places)
    try:
        stopped = verbs.take_back(change_set=change_set, by=request.user)
    except Refusal as refused:
        return refusal(request, 409, str(refused))
    count = stopped.changes.count()
    notices.done(request, plural(count, "Un mail est annulé.", f"{count} mails sont annulés."))
    return redirect(f"{reverse('intranet:told', args=[change_set.pk])}?{shown.carried(request)}")


def _check_editable(user: User, places: Iterable[Slot]) -> None:
    """Refuse what concerns a centre that is no longer one's own."""
    if not all(can_edit_rota(user, place.centre) for place in places):
        raise PermissionDenied("Ces mails concernent un centre que vous ne pouvez plus modifier.")
