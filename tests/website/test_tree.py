"""What an empty installation serves, and what the demo adds."""

import re

import pytest
from wagtail.models import Page, Site

from directory import public
from huey_tasks.models import Job
from tests.factories.directory import CentreFactory
from website.models import NewsPage, Partner, Picture
from website.seed import demo_content
from website.tree import ensure_tree

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/centres/", "/actualites/", "/partenaires/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_empty_installation_serves_its_pages(client, home, address):
    assert client.get(address).status_code == 200


def test_wagtail_s_welcome_page_is_gone(home):
    assert list(Page.objects.filter(depth=2).values_list("slug", flat=True)) == ["accueil"]
    assert [site.root_page_id for site in Site.objects.all()] == [home.pk]


def test_the_tree_is_made_once(home):
    before = list(Page.objects.order_by("path").values_list("pk", "path"))
    assert ensure_tree() == home
    assert list(Page.objects.order_by("path").values_list("pk", "path")) == before


def test_the_tree_comes_back_when_everything_was_lost_and_asks_nothing_of_the_worker():
    Site.objects.all().delete()
    Page.objects.all().delete()
    Job.objects.all().delete()
    ensure_tree()
    slugs = list(Page.objects.order_by("path").values_list("slug", flat=True))
    assert slugs == ["root", "accueil", "centres", "actualites", "partenaires"]
    assert Job.objects.count() == 0


def test_the_demo_s_content_can_be_loaded_twice(home, media_root):
    CentreFactory(name="Ajain", slug="ajain")
    demo_content()
    counts = [model.objects.count() for model in (Page, NewsPage, Partner, Picture)]
    stamp = public.stamp()
    demo_content()
    assert counts == [model.objects.count() for model in (Page, NewsPage, Partner, Picture)] == [14, 3, 14, 4]
    assert public.stamp() > stamp


def test_the_project_comes_first_in_the_demo_s_menu(client, home, media_root):
    demo_content()
    menu = client.get("/").content.decode().split("<nav")[1].split("</nav>")[0]
    assert re.findall(r">([^<]+)</a>", menu) == ["Le projet", "Nos centres", "Actualités", "Partenaires"]
