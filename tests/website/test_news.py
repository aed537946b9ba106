"""News: newest first, by pages of twelve, and as a feed."""

import re
from datetime import date

import pytest

from tests.factories.website import make_news, make_picture

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return re.findall(r'class="card-title"><a href="[^"]+">([^<]+)', response.content.decode())


def test_news_are_listed_newest_first_without_drafts(client, home):
    make_news(1, published_on=date(2026, 1, 5))
    make_news(2, published_on=date(2026, 2, 6))
    make_news(3, published_on=date(2026, 3, 7), live=False)
    assert titles(client.get("/actualites/")) == ["Actualité 2", "Actualité 1"]


def test_the_home_page_shows_the_last_three(client, home):
    for number in range(1, 6):
        make_news(number, published_on=date(2026, 1, number))
    assert titles(client.get("/")) == ["Actualité 5", "Actualité 4", "Actualité 3"]


def test_pages_hold_twelve_and_end(client, home):
    for number in range(13):
        make_news(number)
    found = [len(titles(client.get(f"/actualites/?page={number}"))) for number in (1, 2)]
    assert (found, client.get("/actualites/?page=3").status_code) == ([12, 1], 404)


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "99999999999999999999"])
def test_an_absent_page_of_news_is_404(client, home, page):
    assert client.get("/actualites/", {"page": page}).status_code == 404


def test_a_piece_of_news_reads_in_french(client, home, media_root):
    make_news(1, published_on=date(2026, 8, 1), tag="press", picture=make_picture(credit="Anne"))
    html = client.get("/actualites/actualite-1/").content.decode()
    assert '<time datetime="2026-08-01">samedi 1er août 2026</time>' in html
    assert ('<span class="tag">Presse</span>' in html, 'alt="Un aplat vert."' in html, "© Anne" in html) == (True,) * 3


def test_blocks_have_their_own_shapes(client, home, media_root):
    image = {"image": make_picture(), "decorative": True, "alt_text": ""}
    body = [
        ("heading", "Un intertitre"),
        ("paragraph", "<p>Un <b>texte</b>.</p>"),
        ("quote", {"text": "Bonjour", "author": "Quelqu’un"}),
        ("picture", {"image": image, "caption": "Une légende"}),
    ]
    page = make_news(1)
    page.body = [(name, page.body.stream_block.child_blocks[name].normalize(value)) for name, value in body]
    page.save_revision().publish()
    html = client.get("/actualites/actualite-1/").content.decode()
    assert re.findall(r"<h2>(.+?)</h2>", html) == ["Un intertitre"]
    assert "<p>«&nbsp;Bonjour&nbsp;»</p>" in html
    assert re.findall(r"<figcaption>(.+?)</figcaption>", html) == ["Quelqu’un", "Une légende"]


def test_the_feed_gives_title_date_and_address(client, home):
    make_news(1, published_on=date(2026, 3, 2))
    feed = client.get("/actualites/flux.xml")
    text = feed.content.decode()
    assert feed["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert re.findall(r"<item><title>([^<]+)</title><link>https?://[^/]+(/[^<]+)</link>", text) == [
        ("Actualité 1", "/actualites/actualite-1/")
    ]
    assert re.findall(r"<pubDate>([^<]+)</pubDate>", text) == ["Mon, 02 Mar 2026 00:00:00 +0100"]
