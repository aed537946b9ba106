"""Whatever editors change for the public moves the stamp; a draft does not."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from directory import public
from tests.factories.website import PartnerFactory, make_news, make_picture
from website.models import NewsIndexPage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(home):
    """True when what was called moved the stamp."""

    def check(change) -> bool:
        before = public.stamp()
        change()
        return public.stamp() > before

    return check


def test_a_page_s_life_moves_the_stamp_but_a_draft_does_not(moved):
    page = make_news(1, live=False)
    found = [moved(page.save_revision), moved(lambda: page.get_latest_revision().publish())]
    page.refresh_from_db()
    found += [moved(page.unpublish), moved(page.delete)]
    assert found == [False, True, True, True]


def test_moving_a_page_moves_the_stamp(home, moved):
    first, second = StandardPage(title="Un", slug="un"), StandardPage(title="Deux", slug="deux")
    for page in (first, second):
        home.add_child(instance=page)
    assert moved(lambda: second.move(first, pos="first-sibling"))
    assert moved(
        lambda: StandardPage.objects.get(slug="un").move(StandardPage.objects.get(slug="deux"), pos="last-child")
    )


def test_a_partner_a_picture_and_their_end_move_the_stamp(moved, media_root):
    partner, picture = PartnerFactory(), make_picture()
    assert [moved(row) for row in (PartnerFactory, partner.save, partner.delete)] == [True] * 3
    assert [moved(row) for row in (make_picture, picture.save, picture.delete)] == [True] * 3


def test_a_partner_s_centres_move_the_stamp(moved, ajain):
    partner = PartnerFactory()
    partner.centres = [ajain]
    assert moved(partner.save)


def test_redirections_and_the_site_move_the_stamp(moved):
    redirect = Redirect(old_path="/ancien", redirect_link="/centres/")
    assert [moved(row) for row in (redirect.save, redirect.delete, Site.objects.get().save)] == [True] * 3


def test_a_page_that_is_published_replaces_the_kept_one(client, home):
    client.get("/actualites/")
    make_news(7).save_revision().publish()
    assert "Actualité 7" in client.get("/actualites/").content.decode()
    NewsIndexPage.objects.get().get_children().get().specific.unpublish()
    assert "Actualité 7" not in client.get("/actualites/").content.decode()
