"""The chain of one gesture: a hole filled, then counters, public page and message agree; and what its undo undoes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from directory.weeks import WEEK
from rotas.models import Slot
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import AssignmentFactory, SlotFactory
from tests.intranet.browser import Page
from website.jobs import make_centre_pages

pytestmark = pytest.mark.django_db
UNDO = "/intranet/rotation/defaire/"


@pytest.fixture(autouse=True)
def _ten_minutes(settings):
    settings.MESSAGE_DELAY_SECONDS = 600


@pytest.fixture
def hole(ajain, monday, run_due_jobs):
    """The only hole of twelve weeks is next week's."""
    for i in range(12):
        slot = SlotFactory(centre=ajain, monday=monday + i * WEEK)
        if i != 1:
            AssignmentFactory(slot=slot)
    make_centre_pages()
    run_due_jobs()
    return Slot.objects.get(monday=monday + WEEK)


@pytest.fixture
def page(central, hole):
    return Page(central)


@pytest.fixture
def filled(page, hole):
    zoe = DoctorFactory(first_name="Zoé", last_name="Roy", email="zoe@example.org")
    page.save(hole, "confirmer", doctor=zoe.pk)
    return page


def counters(page):
    """Holes ahead, continuity in days from today on, the corner of the table."""
    tiles = [page.tree.find(id=name).find_all("dd")[0].get_text(strip=True) for name in ("ahead", "until")]
    return [*tiles, page.tree.select("tfoot td.end b")[-1].string]


def public(client):
    """What the public page says of this week and the next."""
    body = client.get("/centres/ajain/").content.decode()
    return re.findall("assuré|appel|téléphon", re.sub("<[^>]+>", " ", body).lower())


def later(seconds):
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds))


def test_a_hole_filled_is_counted_published_and_told(page, hole, client, run_due_jobs, mailoutbox):
    before, shown = counters(page), public(client)
    page.save(hole, "confirmer", doctor=DoctorFactory(email="zoe@example.org").pk)
    assert (before[0], before[2], counters(page)[0], counters(page)[2]) == ("1 / 12", "1", "0 / 12", "0")
    assert page.stands_as_fresh
    assert public(client) != shown
    with later(590):
        assert (run_due_jobs(), mailoutbox) == (0, [])
    with later(601):
        assert (run_due_jobs(), [mail.to for mail in mailoutbox]) == (1, [["zoe@example.org"]])


def test_an_undo_before_the_mail_sends_nothing(filled, client, run_due_jobs, mailoutbox):
    filled.send(UNDO)
    assert (counters(filled)[0], filled.stands_as_fresh) == ("1 / 12", True)
    with later(601):
        assert (run_due_jobs(), mailoutbox) == (0, [])


def test_an_undo_after_the_mail_sends_a_correction(filled, run_due_jobs, mailoutbox, central):
    with later(601):
        run_due_jobs()
        filled.send(UNDO)
        said = "Votre geste est annulé. Dr Zoé Roy recevra un mail d’annulation dans 10\u00a0minutes."
        assert (filled.told[-1]["said"], filled.stands_as_fresh) == (said, True)
    with later(1300):
        run_due_jobs()
    assert [(mail.to, "annul" in mail.subject.lower()) for mail in mailoutbox] == [
        (["zoe@example.org"], False),
        (["zoe@example.org"], True),
    ]


def test_the_public_page_comes_back_with_the_undo(page, hole, client):
    before = client.get("/centres/ajain/").content
    page.save(hole, "confirmer", doctor=DoctorFactory().pk)
    during = client.get("/centres/ajain/").content
    page.send(UNDO)
    assert (during != before, client.get("/centres/ajain/").content == before) == (True, True)
