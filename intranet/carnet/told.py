"""Tells a person what their gesture on the carnet did; its undo is the carnet's own."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from directory.models import ChangeSet

_PREFIX = "carnet-"


def say(request: HttpRequest, sentence: str, change_set: ChangeSet | None = None) -> None:
    """Show `sentence` on the next page; on an entry it comes with « Annuler » when `change_set` is given."""
    messages.success(request, sentence, extra_tags=f"{_PREFIX}{change_set.pk}" if change_set else "")


def gesture_of(message: Message) -> str:
    """The id of the gesture that a message lets one undo, as text."""
    tag = message.extra_tags or ""
    return tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else ""
