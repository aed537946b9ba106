"""Reads the news as lists show them: newest first, with their pictures in the sizes of the cards."""

from django.db.models import Prefetch, QuerySet

from website.models import NewsPage, Picture

# Must be the very sizes that the templates ask for: anything else is one more query a picture.
CARD_SPECS = [f"format-{form}|fill-{size}" for form in ("webp", "jpeg") for size in ("480x270", "960x540")]


def published() -> QuerySet[NewsPage]:
    """The public news, newest first; their pictures and sizes come in two more queries."""
    pictures = Picture.objects.prefetch_renditions(*CARD_SPECS)
    return (
        NewsPage.objects.live()
        .defer_streamfields()
        .order_by("-published_on", "-pk")
        .prefetch_related(Prefetch("picture", queryset=pictures))
    )
