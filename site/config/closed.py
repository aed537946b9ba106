"""Wagtail's doors that Relais keeps shut: accounts and rights come from memberships, sign-in is at `/connexion/`."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path
from django.views.generic import RedirectView


def shut(request: HttpRequest) -> None:
    """As if nothing were there."""
    raise Http404


class EditorsOnlyMiddleware:
    """Answers 403 under `/cms/` to who is signed in without being an editor.

    Wagtail sends them to the sign-in, which sends whoever is signed in back: they would go round for ever.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        """Refuse before the view; strangers go on to the sign-in."""
        if not request.path.startswith("/cms/") or not request.user.is_authenticated:
            return
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied


urlpatterns = [
    re_path(r"^cms/(?:users|groups|api-tokens|password_reset|failwhale|test404)/", shut),
    re_path(r"^_util/login/", shut),
    re_path(r"^cms/login/$", RedirectView.as_view(pattern_name="account_login", query_string=True)),
]
