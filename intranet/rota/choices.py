"""Writes the options of the grid's search: doctors for a place, each with why they stand where they stand."""

from django.core.exceptions import PermissionDenied
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from directory.models import User
from rotas.candidates import Candidate, candidates
from rotas.models import Slot
from rotas.permissions import can_edit_rota

NOBODY = (
    '<li class="none" role="option" aria-disabled="true">'
    "Aucun médecin ne porte ce nom. Essayez avec moins de lettres.</li>"
)


def render(slot: Slot, typed: str, user: User) -> SafeString:
    """Twelve `<li role="option">` at most; only for who may fill the place, since names are shown."""
    if not can_edit_rota(user, slot.centre):
        raise PermissionDenied(f"Vous pouvez lire la rotation de {slot.centre}, pas la modifier.")
    return mark_safe("".join(map(_option, candidates(slot, typed))) or NOBODY)  # noqa: S308 — each part is escaped


def _option(one: Candidate) -> str:
    """The space between the name and the reason is for screen readers."""
    disabled = ' aria-disabled="true"' if one.obstacle else ""
    return (
        f'<li role="option" id="o{one.doctor.pk}" data-doctor="{one.doctor.pk}"{disabled}>'
        f"<b>{escape(one.doctor)}</b> <small>{escape(one.reason)}</small></li>"
    )
