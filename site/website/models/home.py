"""The home page: who we are, what to do next, figures that are true, the latest news."""

from django.db import models
from django.http import Http404
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from website import figures, menus
from website.blocks import FigureBlock, PrincipleBlock
from website.models.news import NewsPage
from website.models.pages import PublicPage

NEWS_ON_HOME = 3


class HomePage(PublicPage):
    """The root of the site; there is one."""

    hero_title = models.CharField("accroche", max_length=80, default="Une semaine pour soigner nos villages")
    lede = models.TextField("chapeau", max_length=400, blank=True)
    main_label = models.CharField("premier bouton", max_length=40, blank=True)
    main_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="page du premier bouton"
    )
    second_label = models.CharField("second bouton", max_length=40, blank=True)
    second_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="page du second bouton"
    )
    figures = StreamField(
        [("figure", FigureBlock())],
        verbose_name="chiffres comptés à la main",
        blank=True,
        max_num=2,
        help_text="Les centres, les médecins et les semaines manquées sont comptés par Relais.",
    )
    principles = StreamField([("principle", PrincipleBlock())], verbose_name="principes", blank=True, max_num=3)
    call_title = models.CharField("titre de l’appel", max_length=80, blank=True)
    call_text = models.TextField("texte de l’appel", max_length=300, blank=True)

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("lede")], heading="Ouverture"),
        MultiFieldPanel(
            [
                FieldPanel("main_label"),
                PageChooserPanel("main_page"),
                FieldPanel("second_label"),
                PageChooserPanel("second_page"),
            ],
            heading="Boutons",
        ),
        FieldPanel("figures"),
        FieldPanel("principles"),
        MultiFieldPanel([FieldPanel("call_title"), FieldPanel("call_text")], heading="Appel en bas de page"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    page_description = "La page d’accueil du site."

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"

    def get_context(self, request, *args, **kwargs) -> dict:
        """The figures computed from the rota, the latest news, the pages behind the two buttons."""
        main_path, second_path = menus.paths_of(request, [self.main_page_id, self.second_page_id])
        return {
            **super().get_context(request, *args, **kwargs),
            "figures": figures.for_home(self),
            "latest": NewsPage.published()[:NEWS_ON_HOME],
            "main_path": main_path,
            "second_path": second_path,
        }

    def route(self, request, path_components: list[str]) -> RouteResult:
        """The page at an address, in one query for any depth where Wagtail makes two a level."""
        if not path_components:
            return super().route(request, path_components)
        url_path = f"{self.url_path}{'/'.join(path_components)}/"
        page = Page.objects.live().filter(url_path=url_path).first()
        if page is None:
            raise Http404
        return RouteResult(page.specific)
