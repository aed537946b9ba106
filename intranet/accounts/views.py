"""Signing out for good, telling a page whose session it is in, and the page of those who tried too often.

The rest of sign-in is allauth's own.
"""

from allauth.account import views as allauth_views
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from intranet.access import requires

RETRY_SECONDS = 300


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and has the browser forget what it kept of the pages, on shared computers above all."""
    response = allauth_views.logout(request)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@requires("staff_home", read="V", known=True)
def session(request: HttpRequest) -> HttpResponse:
    """Who is signed in and the token of their forms, for a page whose own session ended; a visitor goes home."""
    if not request.htmx:
        return redirect("intranet:home")
    answer = HttpResponse("<p>Vous êtes de nouveau en session.</p>")
    return trigger_client_event(answer, "relais:session", {"csrf": get_token(request), "user": request.user.pk})


def no_signup(request: HttpRequest) -> HttpResponse:
    """Nobody signs up: staff are invited. allauth needs the address to exist, not to answer."""
    raise Http404


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429, with when to come back."""
    response = render(request, "account/too_many.html", {"minutes": RETRY_SECONDS // 60}, status=429)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
