"""Calls the product as a web server does: one WSGI request, the whole body read, the response closed."""

from io import BytesIO

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest


class Door:
    """A visitor, or a signed-in person when `user` is given."""

    def __init__(self, user=None) -> None:
        self.handler = WSGIHandler()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={_session_of(user)}" if user else ""

    def get(self, path: str, **headers: str) -> bytes:
        """The body of a GET that must answer 200; `headers` are given as WSGI names them."""
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            **headers,
        }
        if self.cookie:
            environ["HTTP_COOKIE"] = self.cookie
        status = []
        response = self.handler(environ, lambda line, headers: status.append(line))
        body = b"".join(response)
        response.close()
        if not status[0].startswith("200"):
            raise ValueError(f"{path} : {status[0]}")
        return body


def _session_of(user) -> str:
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return request.session.session_key
