"""Plain pages: the project, legal notice, privacy, accessibility."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from website.blocks import StoryBlock
from website.models.pages import PublicPage


class StandardPage(PublicPage):
    """A title, an introduction and blocks."""

    intro = models.TextField("chapeau", max_length=400, blank=True)
    body = StreamField(StoryBlock(), verbose_name="contenu", blank=True)
    in_footer = models.BooleanField("dans le pied de page", default=False)

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("in_footer")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    parent_page_types = ["website.HomePage", "website.StandardPage"]
    subpage_types = ["website.StandardPage"]
    page_description = "Une page simple."

    class Meta:
        verbose_name = "page simple"
        verbose_name_plural = "pages simples"
