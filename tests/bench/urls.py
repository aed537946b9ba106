"""Relais' addresses and a bare view beside them, which goes through the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler404, handler500  # noqa: F401
from config.urls import urlpatterns as relais

BARE = {"body": b"ok"}


def bare(request: HttpRequest) -> HttpResponse:
    """The same bytes as the page it is compared with, already made."""
    return HttpResponse(BARE["body"])


urlpatterns = [path("intranet-nu/", bare), *relais]
