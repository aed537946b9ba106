"""Fills the demo's site: pages, news, partners, drawn pictures. Safe to run again: what stands is left alone."""

from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page

from directory import public
from directory.models import Centre
from website import centres, demo_texts, illustrations
from website.models import (
    CentrePage,
    CentresIndexPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Partner,
    Picture,
    StandardPage,
)
from website.tree import ensure_tree

CREDIT = "Relais"


@transaction.atomic
def demo_content() -> None:
    """Everything that the demo's visitors read; centres and rota must stand already."""
    home = ensure_tree()
    centres.make_missing_pages()
    plain_pages(home)
    news(NewsIndexPage.objects.get())
    partners()
    centre_words()
    home_words(HomePage.objects.get())
    public.bump()


def home_words(home: HomePage) -> None:
    """The home page's words, figures and buttons."""
    if home.lede:
        return
    for name, value in demo_texts.HOME.items():
        setattr(home, name, value)
    home.main_page = Page.objects.get(slug="donner-une-semaine")
    home.second_page = CentresIndexPage.objects.get().page_ptr
    home.figures = [
        ("figure", {"value": value, "label": label, "as_of": date.fromisoformat(day), "source": source})
        for value, label, day, source in demo_texts.FIGURES
    ]
    home.principles = [("principle", {"title": title, "text": text}) for title, text in demo_texts.PRINCIPLES]
    home.save_revision().publish()


def plain_pages(home: HomePage) -> None:
    """The project and the legal pages; the project comes first in the menu."""
    for title, slug, in_header, in_footer, intro, body in demo_texts.PAGES:
        if StandardPage.objects.filter(slug=slug).exists():
            continue
        page = StandardPage(
            title=title, slug=slug, intro=intro, body=body, show_in_menus=in_header, in_footer=in_footer
        )
        home.add_child(instance=page)
        page.save_revision().publish()
        if in_header:
            page.move(home.get_first_child(), pos="first-sibling")
            home.refresh_from_db()


def news(index: NewsIndexPage) -> None:
    """Three pieces of news, each with its landscape."""
    for number, row in enumerate(demo_texts.NEWS):
        title, slug, day, tag, hour, description, intro, body = row
        if NewsPage.objects.filter(slug=slug).exists():
            continue
        page = NewsPage(
            title=title,
            slug=slug,
            published_on=date.fromisoformat(day),
            tag=tag,
            intro=intro,
            picture=picture(hour, number + 3, description),
            body=body,
        )
        index.add_child(instance=page)
        page.save_revision().publish()


def partners() -> None:
    """Those that the charity has named."""
    by_slug = {centre.slug: centre for centre in Centre.objects.all()}
    for order, (name, kind, slugs, since) in enumerate(demo_texts.PARTNERS):
        if Partner.objects.filter(name=name).exists():
            continue
        partner = Partner(name=name, kind=kind, since=date.fromisoformat(since), order=order)
        partner.centres = [by_slug[slug] for slug in slugs if slug in by_slug]
        partner.save()
        partner.save_revision().publish()


def centre_words() -> None:
    """An introduction, a photo and a way in for the centres that have none."""
    hour, description = demo_texts.CENTRE_PHOTO
    for number, page in enumerate(CentrePage.objects.filter(intro="").order_by("path")[:12]):
        page.intro = demo_texts.CENTRE_INTRO
        page.about = demo_texts.CENTRE_ABOUT
        page.access = demo_texts.CENTRE_ACCESS
        page.photo = picture(hour if number % 2 else "noon", 10 + number % 4, description)
        page.save_revision().publish()


def picture(hour: str, seed: int, description: str) -> Picture:
    """A drawn landscape, stored once."""
    title = f"Paysage {hour} {seed}"
    standing = Picture.objects.filter(title=title).first()
    if standing:
        return standing
    drawn = Picture(title=title, description=description, credit=CREDIT, licence="CC0 1.0")
    drawn.file = ContentFile(illustrations.landscape(hour, seed), name=f"paysage-{hour}-{seed}.jpg")
    drawn.save()
    return drawn
