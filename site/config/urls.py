"""Every address of Relais: staff under `/intranet/`, editors under `/cms/`, the rest is the public site."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import closed, health

handler400 = "website.errors.bad_request"
handler403 = "website.errors.forbidden"
handler404 = "website.errors.not_found"
handler500 = "website.errors.server_error"
handler429 = "intranet.accounts.views.too_many"  # asked by allauth's rate limits

urlpatterns = [
    path("", include("intranet.accounts.urls")),
    path("intranet/", include("intranet.urls")),
    path("healthz", health.healthz),
    *closed.urlpatterns,
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("website.urls")),
    path("", include(wagtail_urls)),
]
