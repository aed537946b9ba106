"""What the templates of the carnet ask of an entry: how fresh it is, its distance, the undo of a message."""

from datetime import date
from decimal import Decimal

from django import template
from django.contrib.messages.storage.base import Message

from directory.models import Practice
from intranet.carnet import told

register = template.Library()


@register.filter
def gesture_on_entry(message: Message) -> str:
    """The id of the gesture on the carnet that a message lets one undo; empty when it tells something else."""
    return told.gesture_of(message)


@register.filter
def checked(practice: Practice, today: date) -> str:
    """`aujourd’hui`, `il y a 12 j`; `à vérifier` after half a year, or when nobody ever checked."""
    if not practice.is_fresh(today):
        return "à vérifier"
    days = (today - practice.confirmed_on).days
    return f"il y a {days} j" if days else "aujourd’hui"


@register.filter
def kilometres(value: Decimal | None) -> str:
    """`12,7 km`, `18 km`; a dash when nobody has measured."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",") + "\u00a0km" if value is not None else "—"
