"""Keeps visitors' pages whole in memory as long as the public stamp has not moved.

A hit costs one SELECT of the stamp. The stamp is read before a page is rendered: one that moves meanwhile makes
the page stale at once, never fresh for ever. Only the public views named here are kept, only for people without
a session, and only when the answer sets no cookie and depends on none.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response

from directory import weeks

PUBLIC_VIEWS = frozenset({"wagtail_serve", "website:feed", "website:sitemap", "website:robots"})
KEPT_TYPES = ("text/html", "application/rss+xml", "application/xml", "text/plain")
LONGEST_PATH = 300
READ_STAMP = "SELECT value FROM directory_publicstamp WHERE id = 1"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as it was sent, and the stamp under which it was built."""

    stamp: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page again; 304 without a body when the browser already holds it."""
        headers = dict(self.headers)
        if _holds(request.META.get("HTTP_IF_NONE_MATCH", ""), headers["ETag"]):
            del headers["Content-Length"]
            return HttpResponseNotModified(headers=headers)
        return HttpResponse(b"" if request.method == "HEAD" else self.content, headers=headers)


def _holds(asked: str, etag: str) -> bool:
    """True when the header `asked` names `etag`: alone or among others, weak (compressed on the way) or as `*`."""
    return any(one in ("*", etag) for one in (part.strip().removeprefix("W/") for part in asked.split(",")))


class PageCacheMiddleware:
    """Answers a visitor's GET from memory when the stamp and the Paris date are those it was built under."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response
        self.pages = caches["pages"]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """From memory, else from the site; kept when it may be."""
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        entry, stamp = self.pages.get(key), current_stamp()
        if entry is not None and stamp in (entry.stamp, None):
            return entry.answer(request)
        response = self.get_response(request)
        if stamp is not None and may_be_kept(request, response):
            return self._keep(key, stamp, request, response)
        return response

    def _keep(self, key: str, stamp: int, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Store the page; browsers may keep it too but ask each time whether it still holds."""
        response["ETag"] = f'"{_short(response.content)}"'
        response["Cache-Control"] = "no-cache"
        response["Content-Length"] = str(len(response.content))
        if request.method == "GET":
            self.pages.set(key, Entry(stamp, tuple(response.items()), response.content), None)
        return get_conditional_response(request, etag=response["ETag"], response=response)


def key_of(request: HttpRequest) -> str | None:
    """Where a visitor's page is kept: scheme, host, path, page number, Paris date; None when it never is.

    Unknown query strings are not kept: they would fill the memory with copies of one page. Addresses come as typed:
    in short, since a cache takes neither long keys nor spaces.
    """
    if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    query = request.META.get("QUERY_STRING", "")
    if query and not (query.startswith("page=") and query[5:].isdecimal() and len(query) < 9):
        return None
    if len(request.path) > LONGEST_PATH:
        return None
    host = request.META.get("HTTP_HOST", request.META.get("SERVER_NAME", ""))
    return _short(f"{request.scheme}://{host}{request.path}?{query}|{weeks.today()}".encode("utf-8", "surrogatepass"))


def _short(content: bytes) -> str:
    """The same for the same content, whatever its length."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def current_stamp() -> int | None:
    """The public stamp, 0 before anything was published; None when the database does not answer.

    A raw cursor: this is nearly all the work of a cached page.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(READ_STAMP)
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return row[0] if row else 0


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """True for a whole public page that is the same for every visitor."""
    match = request.resolver_match
    return (
        response.status_code == 200
        and not response.streaming
        and match is not None
        and match.view_name in PUBLIC_VIEWS
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
        and "no-store" not in response.get("Cache-Control", "")
        and response.get("Content-Type", "").startswith(KEPT_TYPES)
    )
