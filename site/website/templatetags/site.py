"""What the templates of the public site ask for: the menus, addresses without a query, the address to write to."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from wagtail.models import Page

from website.models.pages import HOME_CHILD_DEPTH, path_on_site

register = template.Library()


@dataclass(frozen=True)
class Entry:
    """A link of a menu."""

    title: str
    path: str
    current: bool


@dataclass(frozen=True)
class Menus:
    """The links of the header and of the footer."""

    header: list[Entry]
    footer: list[Entry]


@register.simple_tag(takes_context=True)
def menus(context) -> Menus:
    """The pages under the home page that editors put in a menu, in their order. One query."""
    here = context["request"].path
    rows = (
        Page.objects.live()
        .public()
        .filter(depth=HOME_CHILD_DEPTH)
        .order_by("path")
        .values_list("title", "url_path", "show_in_menus", "standardpage__in_footer")
    )
    header, footer = [], []
    for title, url_path, in_header, in_footer in rows:
        path = path_on_site(url_path)
        entry = Entry(title, path, here.startswith(path))
        if in_header:
            header.append(entry)
        if in_footer:
            footer.append(entry)
    return Menus(header, footer)


@register.simple_tag
def contact_email() -> str:
    """Where anybody may write."""
    return settings.CONTACT_EMAIL


@register.filter
def path_of(page: Page) -> str:
    """`/centres/ajain/`, without the query that Wagtail's `pageurl` makes."""
    return path_on_site(page.url_path)
