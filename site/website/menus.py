"""The pages right under the home page, read once a request: they make the menus and most buttons."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from website.models.pages import HOME_CHILD_DEPTH, path_on_site


@dataclass(frozen=True)
class Entry:
    """A link: the page's id, title and address, whether the visitor is there, and the menus that show it."""

    pk: int
    title: str
    path: str
    current: bool
    in_header: bool
    in_footer: bool


def top_pages(request: HttpRequest) -> list[Entry]:
    """The published pages under the home page, in the editors' order. One query a request."""
    if not hasattr(request, "_top_pages"):
        rows = (
            Page.objects.live()
            .filter(depth=HOME_CHILD_DEPTH)
            .order_by("path")
            .values_list("pk", "title", "url_path", "show_in_menus", "standardpage__in_footer")
        )
        request._top_pages = [_entry(request.path, *row) for row in rows]
    return request._top_pages


def _entry(here: str, pk: int, title: str, url_path: str, in_header: bool, in_footer: bool | None) -> Entry:
    """One row as a link, seen from the address `here`."""
    path = path_on_site(url_path)
    return Entry(pk, title, path, here.startswith(path), in_header, bool(in_footer))


def paths_of(request: HttpRequest, pages: list[int | None]) -> list[str]:
    """The address of each published page (by id), empty for one that is not there."""
    known = {entry.pk: entry.path for entry in top_pages(request)}
    elsewhere = [pk for pk in pages if pk and pk not in known]
    if elsewhere:
        found = Page.objects.live().filter(pk__in=elsewhere).values_list("pk", "url_path")
        known |= {pk: path_on_site(url_path) for pk, url_path in found}
    return [known.get(pk, "") for pk in pages]
