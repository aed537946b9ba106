"""What editors are refused: reserved addresses, pictures that are not described or not agreed to."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from tests.factories.website import make_news, make_picture
from website.blocks import PictureBlock
from website.models import CentrePage, CentresIndexPage, StandardPage
from website.models.pages import RESERVED_SLUGS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS - {"favicon.ico", "robots.txt", "sitemap.xml"}))
def test_no_page_takes_an_address_of_the_rest_of_the_product(home, slug):
    with pytest.raises(ValidationError, match="réservée"):
        home.add_child(instance=StandardPage(title="Intrus", slug=slug))


def test_every_first_word_of_our_addresses_is_reserved():
    from django.urls import get_resolver

    routes = [str(found.pattern).lstrip("^") for found in get_resolver().url_patterns]
    words = {route.split("/")[0] for route in routes if route[:1].isalpha() or route.startswith("_")}
    assert words - RESERVED_SLUGS == set()


def test_a_picture_must_be_described(home, media_root):
    with pytest.raises(ValidationError, match="Décrivez"):
        make_news(1, picture=make_picture(description=""))


def test_a_picture_of_people_who_have_not_agreed_waits(home, media_root):
    with pytest.raises(ValidationError, match="accord"):
        make_news(1, picture=make_picture(consent="waiting"))


def test_so_does_a_picture_within_an_article(home, media_root):
    block = PictureBlock()
    image = {"image": make_picture(consent="waiting"), "decorative": True, "alt_text": ""}
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize({"image": image, "caption": ""}))
    assert list(refused.value.block_errors) == ["image"]


def test_nobody_makes_a_page_of_a_centre_by_hand(home):
    assert CentrePage.can_create_at(CentresIndexPage.objects.get()) is False
