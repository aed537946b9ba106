"""A real browser on a live server: any console error, blocked resource or foreign request fails the test."""

import os
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from directory.weeks import WEEK
from tests.e2e import chromium
from tests.e2e.grid import Grid
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import SlotFactory

# Playwright's synchronous calls run in an event loop, where Django would refuse the test's own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

LISTEN_FOR_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  const where = `${event.sourceFile}:${event.lineNumber} ${event.sample}`;
  console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${where}`);
});
"""


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run."""
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium.executable(), args=chromium.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser, live_server):
    """A fresh visitor at 1280 × 900, in French, on the live server (`page.goto("/centres/")`)."""
    context = browser.new_context(base_url=live_server.url, locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.add_init_script(LISTEN_FOR_VIOLATIONS)
    opened, faults = context.new_page(), []
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: _note_foreign(request.url, live_server.url, faults))
    opened.expected_faults = []
    yield opened
    context.close()
    assert faults == opened.expected_faults


@pytest.fixture
def sign_in(live_server):
    """Signs a user in without the form: `sign_in(page, user)`."""

    def give_session(page: Page, user) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url, "httpOnly": True}]
        )

    return give_session


@pytest.fixture
def assert_accessible():
    """Checks the page that is open by axe's rules: no violation at all."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []

    return check


@pytest.fixture
def holes(ajain, monday):
    """Open places: two weeks of Ajain, then the same two of Nièvre; Dr Zoé Lebrun could come."""
    DoctorFactory(first_name="Zoé", last_name="Lebrun")
    nievre = CentreFactory(name="Nièvre", department="58", opened_on=monday)
    return [
        SlotFactory(centre=centre, monday=monday + weeks * WEEK, published=True)
        for centre in (ajain, nievre)
        for weeks in (1, 2)
    ]


@pytest.fixture
def grid(page, sign_in, member, holes):
    """The grid of a member of the central team, who may edit it all."""
    sign_in(page, member("logistics", first_name="Claire", last_name="Martin", email="claire@example.org"))
    return Grid(page)


def _note_foreign(url: str, home: str, faults: list[str]) -> None:
    """Note a request that leaves our own origin."""
    parts = urlsplit(url)
    if parts.scheme in {"http", "https", "ws", "wss"} and f"{parts.scheme}://{parts.netloc}" != home:
        faults.append(f"foreign request: {url}")
