"""What the templates of the public site ask for: the menus, addresses without a query, the address to write to."""

from django import template
from django.conf import settings
from wagtail.models import Page

from website.menus import Entry, top_pages
from website.models.pages import path_on_site

register = template.Library()


@register.simple_tag(takes_context=True)
def header_menu(context) -> list[Entry]:
    """The links at the top of each page."""
    return [entry for entry in top_pages(context["request"]) if entry.in_header]


@register.simple_tag(takes_context=True)
def footer_menu(context) -> list[Entry]:
    """The links at the bottom of each page."""
    return [entry for entry in top_pages(context["request"]) if entry.in_footer]


@register.simple_tag
def contact_email() -> str:
    """Where anybody may write."""
    return settings.CONTACT_EMAIL


@register.filter
def path_of(page: Page) -> str:
    """`/centres/ajain/`, without the query that Wagtail's `pageurl` makes."""
    return path_on_site(page.url_path)
