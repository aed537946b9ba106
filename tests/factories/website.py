"""Pages, pictures and partners of the public site, for tests."""

from io import BytesIO

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from directory import weeks
from website.models import NewsIndexPage, NewsPage, Partner, Picture


def make_picture(**fields) -> Picture:
    """A small plain picture that may be shown."""
    content = BytesIO()
    Image.new("RGB", (32, 18), "#17493b").save(content, "PNG")
    values = {"title": "Aplat vert", "description": "Un aplat vert."} | fields
    return Picture.objects.create(file=ContentFile(content.getvalue(), name="aplat.png"), **values)


def make_news(number: int = 1, *, live: bool = True, **fields) -> NewsPage:
    """A piece of news of today, published unless said otherwise."""
    values = {"title": f"Actualité {number}", "slug": f"actualite-{number}", "intro": "Une phrase."} | fields
    page = NewsPage(live=live, **values)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    return page


class PartnerFactory(DjangoModelFactory):
    """A partner of all centres since today."""

    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Partenaire {n}")
    kind = "territory"
    since = factory.LazyFunction(weeks.today)
