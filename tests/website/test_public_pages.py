"""What every public page owes its visitors: no cookie, strict headers, a sound outline, few queries."""

import re

import pytest
from django.core.cache import caches

from directory.models import Doctor
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory
from tests.factories.website import PartnerFactory, make_news, make_picture
from website.centres import make_missing_pages

pytestmark = pytest.mark.django_db

PAGES = ["/", "/centres/", "/centres/ajain/", "/actualites/", "/actualites/actualite-1/", "/partenaires/"]
MACHINES = ["/robots.txt", "/sitemap.xml", "/actualites/flux.xml", "/favicon.ico", "/absent/"]
MOST_QUERIES = {
    "/": 10,
    "/centres/": 10,
    "/centres/ajain/": 10,
    "/actualites/": 10,
    "/actualites/actualite-1/": 10,
    "/partenaires/": 10,
}


def fill(rows: int) -> None:
    """`rows` centres with a doctor each, news with pictures, partners of all centres."""
    CentreFactory(name="Ajain", slug="ajain")
    for number in range(1, rows + 1):
        AssignmentFactory(slot__centre=CentreFactory())
        make_news(number, picture=make_picture())
        PartnerFactory(logo=make_picture(), logo_alt="Partenaire")
    make_missing_pages()


@pytest.fixture
def site(home, media_root):
    """A small site."""
    fill(1)


@pytest.mark.parametrize("address", [*PAGES, *MACHINES])
def test_no_visitor_gets_a_cookie(client, site, address):
    response = client.get(address)
    assert (response.cookies, "cookie" in response.get("Vary", "").lower()) == ({}, False)


@pytest.mark.parametrize("address", [*PAGES, "/absent/"])
def test_public_pages_carry_strict_headers(client, site, address):
    response = client.get(address)
    policy = response["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "unsafe" in policy, "nonce" in policy) == (True, False, False)
    assert {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }.items() <= dict(response.items()).items()


@pytest.mark.parametrize("address", [*PAGES, "/absent/"])
def test_public_pages_have_a_sound_outline(client, site, address):
    html = client.get(address).content.decode()
    found = [html.count(text) for text in ('<html lang="fr">', "<h1", "<main", 'href="#contenu"', "<title>")]
    assert found == [1, 1, 1, 1, 1]
    assert re.search(r'<meta name="description" content="[^"]+">', html)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_comes_from_elsewhere(client, site, address):
    html = client.get(address).content.decode()
    sources = re.findall(r'(?:src|srcset|href)="([^"]+)"', html)
    assert [source for source in sources if re.match(r"(?:https?:)?//", source)] == []


@pytest.mark.parametrize("address", PAGES)
def test_images_have_a_text_and_a_size(client, site, address):
    html = client.get(address).content.decode()
    images = re.findall(r"<img[^>]+>", html)
    assert [tag for tag in images if not re.search(r'alt="', tag) or not re.search(r'width="\d', tag)] == []


@pytest.mark.parametrize("address", PAGES)
def test_no_page_names_a_doctor(client, site, address):
    DoctorFactory(last_name="Quenouille")
    html = client.get(address).content.decode()
    assert [name for name in Doctor.objects.values_list("last_name", flat=True) if name in html] == []


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("address", PAGES)
def test_an_uncached_page_makes_few_queries_whatever_it_lists(
    client, home, media_root, django_assert_max_num_queries, address, rows
):
    fill(rows)
    client.get(address)  # the sizes of pictures are made once
    caches["pages"].clear()
    with django_assert_max_num_queries(MOST_QUERIES[address]):
        assert client.get(address).status_code == 200


def test_robots_stay_out_of_the_staff_s_and_the_editors_rooms(client, home):
    text = client.get("/robots.txt").content.decode()
    assert re.findall(r"Disallow: (\S+)", text) == ["/intranet/", "/connexion/", "/cms/"]


def test_the_sitemap_lists_the_published_pages(client, site):
    make_news(2, live=False)
    found = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    assert set(PAGES) <= set(found)
    assert "/actualites/actualite-2/" not in found


def test_the_icon_is_ours(client, home):
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.svg"
