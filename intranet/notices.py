"""Tells a person what their gesture did, with the means to undo it."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from directory.models import ChangeSet

_PREFIX = "geste-"


def done(request: HttpRequest, sentence: str, change_set: ChangeSet | None = None) -> None:
    """Show `sentence` on the next page, with « Annuler » when `change_set` is given."""
    tag = f"{_PREFIX}{change_set.pk}" if change_set else ""
    messages.success(request, sentence, extra_tags=tag)


def gesture_of(message: Message) -> str:
    """The id of the gesture that a message lets one undo, as text."""
    tag = message.extra_tags or ""
    return tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else ""
