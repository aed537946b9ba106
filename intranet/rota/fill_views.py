"""Fills several cells of the grid in one gesture: a paste, a column of one name, a range that is emptied."""

import json
from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from directory import french
from directory.models import Doctor, User
from intranet.access import FORGED, refuse_unknown, requires
from intranet.rota import answers, gestures
from rotas import filling, pasted, queries
from rotas.filling import Wish
from rotas.models import AssignmentState
from rotas.permissions import can_edit_rota, visible_slots

MOST = 60


@dataclass(frozen=True)
class Asked:
    """One cell of the request: its place, the version that was read, a doctor by id or by name, or neither to free."""

    slot: int
    version: int
    doctor: int | None
    text: str

    @classmethod
    def of(cls, value: object) -> "Asked":
        """From JSON; ValueError for anything that the page does not send."""
        if not isinstance(value, dict) or not set(value) <= {"slot", "version", "doctor", "text"}:
            raise ValueError(value)
        doctor, text = value.get("doctor"), value.get("text")
        if text is not None and not isinstance(text, str):
            raise ValueError(text)
        return cls(
            _number(value.get("slot")),
            _number(value.get("version")),
            None if doctor is None else _number(doctor),
            (text or "").strip(),
        )


def _number(value: object) -> int:
    """An integer that the database can hold."""
    if not isinstance(value, int | str) or isinstance(value, bool) or len(str(value)) > 19:
        raise ValueError(value)
    number = int(value)
    if not 0 <= number <= queries.LARGEST_ID:
        raise ValueError(value)
    return number


class Fill(forms.Form):
    """The cells and the state in which they are filled."""

    cells = forms.CharField(max_length=40_000)
    state = forms.ChoiceField(choices=[(state, state) for state in (AssignmentState.CONFIRMED, AssignmentState.OPTION)])

    def clean_cells(self) -> list[Asked]:
        """Each place once, as it was written last."""
        try:
            cells = [Asked.of(value) for value in json.loads(self.cleaned_data["cells"])]
        except (ValueError, TypeError, RecursionError) as error:
            raise forms.ValidationError(FORGED) from error
        if not 0 < len(cells) <= MOST:
            raise forms.ValidationError(f"Au plus {MOST} cases à la fois\u00a0: choisissez-en moins.")
        return list({cell.slot: cell for cell in cells}.values())


@requires("rota", write="E")
def fill(request: HttpRequest) -> HttpResponse:
    """Do what can be done of several cells, in one gesture; say of each other why it was left as it is."""
    form = Fill(request.POST)
    refuse_unknown(request.POST, form.fields)
    if not form.is_valid():
        raise BadRequest(" ".join(sentence for errors in form.errors.values() for sentence in errors))
    asked = form.cleaned_data["cells"]
    wishes, left = _wishes(request.user, asked)
    done = filling.fill(wishes=wishes, by=request.user, state=form.cleaned_data["state"])
    left |= done.refused
    said = gestures.outcome(_sentence(len(asked) - len(left)), done.change_set, undoable=True)
    refused = [{"cell": f"s{slot}", "said": why} for slot, why in left.items()]
    return answers.moved(request, [cell.slot for cell in asked], done.change_set, said, refused=refused)


def _sentence(count: int) -> str:
    return f"{count}\u00a0{french.plural(count, 'place modifiée', 'places modifiées')}."


def _wishes(user: User, asked: list[Asked]) -> tuple[list[Wish], dict[int, str]]:
    """What can be asked of the rota, and why the rest cannot, by slot id. Four queries at most."""
    found = queries.with_holders(queries.with_closed(visible_slots(user))).in_bulk([cell.slot for cell in asked])
    doctors = Doctor.objects.in_bulk({cell.doctor for cell in asked} - {None})
    named = pasted.doctors_named({cell.text for cell in asked if cell.doctor is None and cell.text})
    wishes, left = [], {}
    for cell in asked:
        place = found.get(cell.slot)
        doctor = doctors.get(cell.doctor, "Ce médecin n’existe pas.") if cell.doctor is not None else None
        doctor = named[cell.text] if doctor is None and cell.text else doctor
        if place is None:
            left[cell.slot] = "Cette place n’existe plus\u00a0: rechargez la page."
        elif not can_edit_rota(user, place.centre):
            left[cell.slot] = f"Vous pouvez lire la rotation de {place.centre}, pas la modifier."
        elif isinstance(doctor, str):
            left[cell.slot] = doctor
        else:
            wishes.append(Wish(place, cell.version, doctor))
    return wishes, left
