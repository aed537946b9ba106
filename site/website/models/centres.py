"""The centres' pages: words and photo are the editors', place, phone, hours and weeks come from the centre itself."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from directory import departments, weeks
from directory.models import Centre
from website import care
from website.blocks import TEXT
from website.models.media import Picture
from website.models.pages import PublicPage


class CentresIndexPage(PublicPage):
    """All centres by department, with what this week holds."""

    intro = models.TextField("introduction", max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.CentrePage"]
    max_count = 1
    page_description = "La liste des centres de santé."

    class Meta:
        verbose_name = "liste des centres"
        verbose_name_plural = "listes des centres"

    def get_context(self, request, *args, **kwargs) -> dict:
        """The departments in order, each with its centres and their week."""
        pages = CentrePage.objects.live().only("url_path", "centre")
        paths = {page.centre_id: page.path_on_site for page in pages}
        return {
            **super().get_context(request, *args, **kwargs),
            "departments": care.by_department(paths),
        }


class CentrePage(PublicPage):
    """One centre. The clock makes its page; nobody else does, so there is always exactly one."""

    centre = models.OneToOneField(Centre, models.PROTECT, related_name="page", verbose_name="centre")
    intro = models.TextField("introduction", max_length=400, blank=True)
    about = RichTextField("présentation", blank=True, features=TEXT)
    photo = models.ForeignKey(Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="photo")
    access = RichTextField("venir au centre", blank=True, features=TEXT)

    content_panels = [
        *Page.content_panels,
        FieldPanel("centre", read_only=True),
        FieldPanel("intro"),
        FieldPanel("photo"),
        FieldPanel("about"),
        FieldPanel("access"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("about")]
    parent_page_types = ["website.CentresIndexPage"]
    subpage_types = []
    is_creatable = False
    picture_fields = ("photo",)
    page_description = "Un centre de santé."

    class Meta:
        verbose_name = "page d’un centre"
        verbose_name_plural = "pages des centres"

    def get_context(self, request, *args, **kwargs) -> dict:
        """The centre, and what its next five weeks hold."""
        return {
            **super().get_context(request, *args, **kwargs),
            "centre": self.centre,
            "department": departments.NAMES.get(self.centre.department, ""),
            "spells": care.coming_weeks(self.centre),
            "not_yet_open": self.centre.opened_on > weeks.today(),
        }
