"""Wagtail's doors that Relais keeps shut: accounts and rights come from memberships, sign-in is at `/connexion/`."""

from django.http import Http404, HttpRequest
from django.urls import re_path
from django.views.generic import RedirectView


def shut(request: HttpRequest) -> None:
    """As if nothing were there."""
    raise Http404


urlpatterns = [
    re_path(r"^cms/(?:users|groups|api-tokens|password_reset|failwhale|test404)/", shut),
    re_path(r"^_util/login/", shut),
    re_path(r"^cms/login/$", RedirectView.as_view(pattern_name="account_login", query_string=True)),
]
