"""The addresses of the public site that are not pages: files, feed, what machines read."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap

from website.feeds import NewsFeed
from website.media import media

app_name = "website"

ROBOTS = """User-agent: *
Disallow: /intranet/
Disallow: /connexion/
Disallow: /cms/

Sitemap: {sitemap}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    text = ROBOTS.format(sitemap=request.build_absolute_uri("/sitemap.xml"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that do not read the page's own icon ask here."""
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.svg"))


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("actualites/flux.xml", NewsFeed(), name="feed"),
    path("media/<path:path>", media, name="media"),
]
