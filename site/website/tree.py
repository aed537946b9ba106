"""The pages without which there is no site: an empty installation serves them, not Wagtail's welcome page."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_save
from modelsearch import index
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Collection, Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from website.models import CentresIndexPage, HomePage, NewsIndexPage, PartnersPage

SITE_NAME = "Médecins Solidaires"
LISTS = [
    (CentresIndexPage, "Nos centres", "centres", "Chaque centre, son équipe et ses semaines."),
    (NewsIndexPage, "Actualités", "actualites", "Ce qui se passe dans les centres et dans le collectif."),
    (PartnersPage, "Partenaires", "partenaires", "Celles et ceux qui rendent les centres possibles."),
]


@transaction.atomic
def ensure_tree() -> HomePage:
    """The home page, with the lists under it; makes what is missing, names the site after `BASE_URL`."""
    home = HomePage.objects.first()
    if home is None:
        home = _make_home()
    for model, title, slug, intro in LISTS:
        if not model.objects.exists():
            with _without_jobs(model):
                home.add_child(instance=model(title=title, slug=slug, intro=intro, show_in_menus=True))
    _follow_base_url()
    return home


def _follow_base_url() -> None:
    """The site's own name, which full addresses (sitemap, feed) are made of, is the one of `BASE_URL`."""
    base = urlsplit(settings.BASE_URL)
    named = {"hostname": base.hostname, "port": base.port or (443 if base.scheme == "https" else 80)}
    for site in Site.objects.filter(is_default_site=True).exclude(**named):
        site.hostname, site.port = named["hostname"], named["port"]
        site.save()


def _make_home() -> HomePage:
    """The home page as the root of the only site; Wagtail's own welcome page goes."""
    Locale.objects.get_or_create(language_code="fr")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    home, root = HomePage(title="Accueil", slug="accueil"), _root()
    with _without_jobs(HomePage):
        root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "site_name": SITE_NAME},
    )
    plain = ContentType.objects.get_for_model(Page)
    for welcome in Page.objects.filter(depth=2, slug="home", content_type=plain):
        welcome.delete()
    return HomePage.objects.get(pk=home.pk)


def _root() -> Page:
    """The root of all trees, which Wagtail's first migration makes."""
    if Page.get_first_root_node() is None:
        with _without_jobs(Page):
            Page.add_root(title="Root", slug="root", content_type=ContentType.objects.get_for_model(Page))
    return Page.get_first_root_node()


@contextmanager
def _without_jobs(model: type[Page]) -> Iterator[None]:
    """Save pages of `model` without asking the worker to index them: no queue may stand yet. They are indexed here."""
    made = []

    def note(sender, instance, **kwargs) -> None:
        made.append(instance)

    post_save.disconnect(post_save_signal_handler, sender=model)
    post_save.connect(note, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(note, sender=model)
        post_save.connect(post_save_signal_handler, sender=model)
    for page in made:
        index.insert_or_update_object(page)
