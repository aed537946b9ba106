"""Closes the staff's face by default, and ties each of its views to the right that it asks for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html

from directory import rights

MAY_NOT = "Votre rôle permet de lire cette page, pas de faire ce geste."
NOT_THERE = "Cette page n’existe pas, ou votre rôle ne l’ouvre pas."
FORGED = "Cette demande contient autre chose que ce que la page propose."
NO_ROLE = (
    "Votre compte n’a aucun rôle en cours\u00a0: il n’ouvre aucune page de l’intranet. "
    "Demandez à la personne qui administre Relais de vous en donner un."
)


@dataclass(frozen=True)
class Asked:
    """What a view asks: a row of the matrix, the letter for reading and the letter for writing (empty: not done).

    `known` is an address that everyone who signs in knows: a refusal there is 403, elsewhere 404 hides it.
    """

    thing: str
    read: str
    write: str
    known: bool


def requires(thing: str, *, read: str = "", write: str = "", known: bool = False) -> Callable:
    """Declare the right of a view: `read` is asked of GET and HEAD, `write` of POST; any other method is 405
    for those who may see that there is something."""
    asked = Asked(thing, read, write, known)

    def declare(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            letter = {"GET": read, "HEAD": read, "POST": write}.get(request.method, "")
            _check(request.user, asked, letter or read or write)
            if not letter:
                return HttpResponseNotAllowed([*(["GET", "HEAD"] if read else []), *(["POST"] if write else [])])
            return view(request, *args, **kwargs)

        guarded.asked = asked
        return guarded

    return declare


def _check(user, asked: Asked, letter: str) -> None:
    """404 for what one may not see, 403 for what one sees but may not do."""
    if rights.reach(user, asked.thing, letter):
        return
    if not rights.roles_of(user) and asked.known:
        raise PermissionDenied(NO_ROLE)
    if asked.known or any(rights.reach(user, asked.thing, seen) for seen in "LV"):
        raise PermissionDenied(MAY_NOT)
    raise Http404


def closed(view: Callable) -> Callable:
    """Ask for a sign-in, keep the answer out of every cache, and say refusals in the intranet's own look."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = _answer(view, request, *args, **kwargs) if request.user.is_authenticated else ask_sign_in(request)
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response

    return answer


def _answer(view: Callable, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """The view's answer, or the page of its refusal."""
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return refusal(request, 404, "")
    except PermissionDenied as refused:
        return refusal(request, 403, str(refused) or MAY_NOT)
    except BadRequest as refused:
        return refusal(request, 400, str(refused))


def refuse_unknown(posted: Iterable[str], known: Iterable[str]) -> None:
    """BadRequest when a form holds a field that its page does not: nobody sends that by mistake."""
    if not set(posted) <= {"csrfmiddlewaretoken", *known}:
        raise BadRequest(FORGED)


def refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """The page that says why not, and where to go from there; for a fragment of a page, the sentence alone."""
    if request.htmx:
        return HttpResponse(format_html("<p>{}</p>", sentence or NOT_THERE), status=status)
    context = {"status": status, "sentence": sentence, "contact": settings.CONTACT_EMAIL}
    return render(request, "intranet/refusal.html", context, status=status)


def ask_sign_in(request: HttpRequest) -> HttpResponse:
    """302 to the sign-in; a fragment gets 401 and its page asks to sign in over itself."""
    if request.htmx:
        return HttpResponse("<p>Votre session est finie\u00a0: connectez-vous à nouveau.</p>", status=401)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def closed_by_default(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Close every address of `patterns`, included ones too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            closed_by_default(pattern.url_patterns)
        else:
            pattern.callback = closed(pattern.callback)
    return patterns


@requires("staff_home", read="V", write="V")
def unknown(request: HttpRequest, address: str) -> HttpResponse:
    """An address of the intranet that leads nowhere: strangers are asked to sign in, others get its own 404."""
    raise Http404
