"""Relais' addresses and a bare view beside them, which goes through the same middleware."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler404, handler500  # noqa: F401
from config.urls import urlpatterns as relais

BARE = {"body": b"ok"}


def bare(request: HttpRequest) -> HttpResponse:
    """The same bytes as the page it is compared with, already made."""
    return HttpResponse(BARE["body"])


def bare_write(request: HttpRequest) -> HttpResponse:
    """The same after one row was changed for good: the connection is in autocommit."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_publicstamp SET value = %s WHERE id = 1", [request.POST["version"]])
    return HttpResponse(BARE["body"])


urlpatterns = [path("intranet-nu/", bare), path("ecriture-nue/", bare_write), *relais]
