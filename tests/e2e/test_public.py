"""A visitor's tour of the public site and an editor's tour of the CMS, in a real browser."""

from contextlib import suppress

import pytest
from django.contrib.contenttypes.models import ContentType
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.factories.directory import CentreFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory
from tests.factories.website import PartnerFactory, make_news, make_picture
from website.centres import make_missing_pages
from website.editors import write_groups
from website.models import (
    CentrePage,
    CentresIndexPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PartnersPage,
    PublicDocument,
    StandardPage,
)
from website.tree import ensure_tree
from website.wagtail_hooks import UNTITLED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 390, 320]
PUBLIC = ["/", "/centres/", "/centres/ajain/", "/actualites/", "/actualites/actualite-1/", "/partenaires/", "/libre/"]


@pytest.fixture
def site(settings, tmp_path, monday):
    """One of everything that visitors read."""
    settings.MEDIA_ROOT = str(tmp_path)
    ContentType.objects.clear_cache()
    home = ensure_tree()
    write_groups()
    ajain = CentreFactory(name="Ajain", slug="ajain")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday)
    ClosureFactory(centre=CentreFactory(name="Brive", department="19"), monday=monday)
    make_missing_pages()
    make_news(1, picture=make_picture())
    PartnerFactory(logo=make_picture(), logo_alt="La commune")
    home.add_child(instance=StandardPage(title="Page libre", slug="libre", in_footer=True, show_in_menus=True))
    return home


def test_public_pages_are_accessible_and_quiet(page, site, assert_accessible):
    for address in [*PUBLIC, "/absent/"]:
        page.goto(address)
        assert_accessible(page)
    page.expected_faults = ["Failed to load resource: the server responded with a status of 404 (Not Found)"]


def test_no_page_scrolls_sideways(page, site):
    found = {}
    for address in PUBLIC:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[address, width] = page.evaluate("document.documentElement.scrollWidth") <= width
    assert [case for case, fits in found.items() if not fits] == []


def test_targets_of_the_header_can_be_touched(page, site):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/centres/ajain/")
    small = page.evaluate(
        "[...document.querySelectorAll('header a, .button, .practical .phone')]"
        ".filter(a => a.getBoundingClientRect().height < 44).map(a => a.textContent)"
    )
    assert small == []


def test_the_keyboard_skips_to_the_content(page, site):
    page.goto("/centres/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_a_visitor_finds_a_centre_from_the_home_page_and_gets_no_cookie(page, site):
    page.goto("/")
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Nos centres").click()
    page.get_by_role("link", name="Ajain").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ajain"
    assert page.locator(".weeks .now .care").inner_text() == "Consultations assurées"
    assert page.context.cookies() == []


@pytest.fixture
def editor(page, site, member, sign_in):
    """Communication, signed in at the CMS."""
    sign_in(page, member("communication"))
    return page


SCREENS = [
    "/cms/",
    "/cms/pages/",
    "/cms/images/",
    "/cms/images/multiple/add/",
    "/cms/documents/",
    "/cms/documents/multiple/add/",
    "/cms/snippets/website/partner/",
    "/cms/snippets/website/partner/add/",
    "/cms/redirects/",
    "/cms/redirects/add/",
    "/cms/reports/workflow/",
    "/cms/reports/site-history/",
    "/cms/account/",
]
TYPES = [HomePage, CentresIndexPage, CentrePage, NewsIndexPage, NewsPage, PartnersPage, StandardPage]


def visit(editor, address: str) -> bool:
    """Open a screen and let its scripts settle; True when it is there."""
    answer = editor.goto(address)
    editor.wait_for_load_state("networkidle")
    return answer.status == 200 and editor.url.endswith(address)


def test_the_editors_screens_keep_the_policy(editor):
    assert [address for address in SCREENS if not visit(editor, address)] == []


def test_the_editor_of_each_type_of_page_keeps_the_policy(editor):
    pages = [model.objects.first().pk for model in TYPES]
    addresses = [f"/cms/pages/{pk}/{screen}/" for pk in pages for screen in ("edit", "history", "view_draft")]
    assert [address for address in addresses if not visit(editor, address)] == []


def choose_today(editor) -> None:
    """Open the calendar, whose scripts may come after the first press, and press today."""
    for _ in range(8):
        editor.locator("#id_published_on").blur()
        editor.locator("#id_published_on").click()
        with suppress(PlaywrightTimeout):
            return editor.locator(".xdsoft_datetimepicker:visible .xdsoft_today").first.click(timeout=3000)


def test_a_date_and_a_picture_are_chosen_without_inline_scripts(editor):
    visit(editor, f"/cms/pages/add/website/newspage/{NewsIndexPage.objects.get().pk}/")
    editor.locator(".xdsoft_datetimepicker").first.wait_for(state="attached")  # the scripts have run
    editor.locator("#id_published_on").fill("")
    choose_today(editor)
    assert editor.locator("#id_published_on").input_value() != ""
    editor.locator("#id_picture-chooser").get_by_role("button", name="Choisir une image").first.click()
    editor.get_by_role("dialog").get_by_role("link", name="Aplat vert").first.click()
    editor.locator("#id_picture-chooser .chooser__title").get_by_text("Aplat vert").wait_for()
    assert editor.locator("#id_picture").input_value() != ""


def test_blocks_are_added_to_an_article(editor):
    visit(editor, f"/cms/pages/add/website/newspage/{NewsIndexPage.objects.get().pk}/")
    blocks = editor.locator("[data-contentpath='body'] [data-streamfield-child]")
    for number, block in enumerate(("Intertitre", "Texte", "Image", "Citation")):
        editor.get_by_role("button", name="Insérer un bloc").last.click()
        editor.get_by_role("option", name=block).click()
        blocks.nth(number).wait_for(state="attached")
    assert blocks.count() == 4


def test_the_editor_s_picture_and_document_keep_the_policy(editor):
    picture = NewsPage.objects.get().picture
    document = PublicDocument.objects.create(title="Charte", file="documents/charte.pdf")
    for address in (f"/cms/images/{picture.pk}/", f"/cms/documents/edit/{document.pk}/"):
        assert visit(editor, address)
        assert editor.locator("#id_title").input_value() in {"Aplat vert", "Charte"}


WATCH = 'addEventListener("w-unsaved:watch-edits", () => document.documentElement.setAttribute("data-watched", ""))'


def open_form(editor, address: str) -> None:
    """Open a page's form and wait until Wagtail watches for edits: what is typed before, it takes for the start."""
    editor.context.add_init_script(WATCH)
    editor.goto(address)
    editor.locator("html[data-watched]").wait_for()


def wait_for_saving(editor, state: str, timeout: int = 30_000) -> None:
    """Wait until Wagtail's own saving says so: `saved`, or `paused`."""
    editor.locator(f".w-autosave-indicator__state--{state}").wait_for(state="visible", timeout=timeout)


def change_the_introduction(editor, state: str) -> str:
    """Change it until Wagtail has noticed: it takes for the start what stands when it begins to look."""
    for number in range(1, 9):
        text = f"Une phrase de plus, {number}."
        editor.locator("#id_intro").fill(text)
        with suppress(PlaywrightTimeout):
            wait_for_saving(editor, state, timeout=4000)
            return text
    raise AssertionError(f"jamais {state}")


def test_a_published_page_is_saved_as_a_draft_while_it_is_edited(editor):
    news = NewsPage.objects.get()
    open_form(editor, f"/cms/pages/{news.pk}/edit/")
    text = change_the_introduction(editor, "saved")
    news.refresh_from_db()
    assert (news.intro, news.latest_revision.as_object().intro) == ("Une phrase.", text)


def test_a_new_page_is_saved_by_itself_once_it_has_a_title(editor):
    open_form(editor, f"/cms/pages/add/website/newspage/{NewsIndexPage.objects.get().pk}/")
    change_the_introduction(editor, "paused")
    told = editor.locator("#w-autosave-indicator").get_attribute("data-w-tooltip-content-value")
    assert (told, NewsPage.objects.count()) == (UNTITLED, 1)
    editor.locator("#id_title").press_sequentially("Un titre")
    wait_for_saving(editor, "saved")
    assert NewsPage.objects.get(title="Un titre").live is False
