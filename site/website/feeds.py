"""The news as an RSS feed, for journalists' readers."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed

from directory.weeks import PARIS
from website.models import NewsPage

LENGTH = 20


class NewsFeed(Feed):
    """The last twenty news."""

    title = "Médecins Solidaires : actualités"
    link = "/actualites/"
    description = "Ouvertures, vie des centres et communiqués de Médecins Solidaires."
    language = "fr"

    def items(self) -> list[NewsPage]:
        """Newest first."""
        return list(NewsPage.published()[:LENGTH])

    def item_title(self, item: NewsPage) -> str:
        """Its title."""
        return item.title

    def item_description(self, item: NewsPage) -> str:
        """Its introduction."""
        return item.intro

    def item_link(self, item: NewsPage) -> str:
        """Its address."""
        return item.path_on_site

    def item_pubdate(self, item: NewsPage) -> datetime:
        """Its date, at midnight in Paris."""
        return datetime.combine(item.published_on, time(), PARIS)
