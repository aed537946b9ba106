"""The pages shown when something fails: in French, in the look, with a way out and nothing of the machine's insides.

None reads the request's body or cookies (they hold no form): what was wrong with it would break the page too.
"""

import logging
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader

log = logging.getLogger("relais.errors")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, without a query: whoever asks for pages that are not there costs little."""
    return _page("404.html", request, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page("403.html", request, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page("400.html", request, status=400)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: open for too long, or sent from elsewhere."""
    return _page("403_csrf.html", request, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with a reference that the log holds too; it needs neither database nor session."""
    reference = secrets.token_hex(4).upper()
    log.error("Erreur %s : %s %s", reference, request.method, request.path, exc_info=True)
    return _page("500.html", request, status=500, reference=reference)


def _page(name: str, request: HttpRequest, *, status: int, **context) -> HttpResponse:
    """The template alone: no context processor, so that an error page cannot fail for the reason it tells."""
    content = loader.get_template(name).render({"contact_email": settings.CONTACT_EMAIL, **context})
    response = HttpResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response
