"""Serves uploaded public files from our own process: no web server stands in front of a default installation."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# Only what Wagtail writes for the public; anything else under MEDIA_ROOT stays closed.
PUBLIC_FOLDERS = ("images", "original_images")
WEEK_SECONDS = 7 * 24 * 3600


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture or one of its sizes, fenced in: even a file that turned out to be a page could run nothing."""
    if path.split("/", 1)[0] not in PUBLIC_FOLDERS:
        raise Http404
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError) as error:  # a name too long or with a NUL: there is no such file
        raise Http404 from error
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"public, max-age={WEEK_SECONDS}"
    return response
