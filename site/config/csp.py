"""The content security policy: everything from our own origin, nothing inline.

The editors' screens (`/cms/`) need inline style attributes, which Wagtail's rich text editor writes; their
script rule stays as strict as elsewhere. Public pages carry no nonce, so a page can be cached whole.
"""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse

PUBLIC = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
EDITORS = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class PolicyByPathMiddleware(CSPMiddleware):
    """Adds the policy and the cross-origin headers; loosens styles under `/cms/` only."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith("/cms/"):
            response._csp_replace = EDITORS
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        return super().process_response(request, response)
