"""News: dated pages under `/actualites/`, listed newest first."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from directory import weeks
from website.blocks import StoryBlock
from website.models.media import Picture
from website.models.pages import PublicPage

NEWS_ON_A_PAGE = 12
# Must be the very sizes that the cards' template asks for: anything else is one more query a picture.
CARD_SPECS = [f"format-{form}|fill-{size}" for form in ("webp", "jpeg") for size in ("480x270", "960x540")]


class Tag(models.TextChoices):
    """What a piece of news is about."""

    OPENING = "opening", "Ouverture"
    COLLECTIVE = "collective", "Collectif"
    PRESS = "press", "Presse"
    LIFE = "life", "Vie des centres"


class NewsIndexPage(PublicPage):
    """The list of all news, by pages of twelve."""

    intro = models.TextField("introduction", max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.NewsPage"]
    max_count = 1
    page_description = "La liste des actualités."

    class Meta:
        verbose_name = "liste des actualités"
        verbose_name_plural = "listes des actualités"

    def get_context(self, request, *args, **kwargs) -> dict:
        """One page of news (`?page=2`); 404 for one that does not exist, so that nothing endless is cached."""
        context = super().get_context(request, *args, **kwargs)
        pages = Paginator(NewsPage.published(), NEWS_ON_A_PAGE)
        asked = request.GET.get("page", "1")
        if not asked.isdecimal() or int(asked) not in pages.page_range:
            raise Http404
        return {**context, "news": pages.page(int(asked))}


class NewsPage(PublicPage):
    """One piece of news."""

    published_on = models.DateField("date", default=weeks.today)
    tag = models.CharField("rubrique", max_length=12, choices=Tag.choices, default=Tag.LIFE)
    intro = models.TextField("chapeau", max_length=400)
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="image")
    body = StreamField(StoryBlock(), verbose_name="article", blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("tag"),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    parent_page_types = ["website.NewsIndexPage"]
    subpage_types = []
    picture_fields = ("picture",)
    page_description = "Une actualité datée."

    class Meta:
        verbose_name = "actualité"
        verbose_name_plural = "actualités"

    @classmethod
    def published(cls) -> QuerySet["NewsPage"]:
        """The public news as cards show them, newest first; pictures and their sizes come in two more queries."""
        pictures = Picture.objects.prefetch_renditions(*CARD_SPECS)
        return (
            cls.objects.live()
            .defer_streamfields()
            .order_by("-published_on", "-pk")
            .prefetch_related(Prefetch("picture", queryset=pictures))
        )
