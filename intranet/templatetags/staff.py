"""What each page of the intranet shows beside its own content: menu, roles, the undo of a message."""

from django import template
from django.contrib.messages.storage.base import Message
from django.template.context import RequestContext

from directory import rights
from directory.models.people import Role
from intranet import menu, notices

register = template.Library()


@register.simple_tag(takes_context=True)
def staff_menu(context: RequestContext) -> list[menu.Entry]:
    """The menu of who is signed in."""
    request = context["request"]
    return menu.entries(request.user, request.path)


@register.simple_tag(takes_context=True)
def staff_roles(context: RequestContext) -> str:
    """The roles held today, in words."""
    held = {role for role, _ in rights.roles_of(context["request"].user)}
    return ", ".join(role.label for role in Role if role in held)


@register.filter
def gesture(message: Message) -> str:
    """The id of the gesture that a message lets one undo; empty when it tells something else."""
    return notices.gesture_of(message)
