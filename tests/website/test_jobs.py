"""What the site does while nobody looks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from huey_tasks.registry import HANDLERS, SCHEDULE
from tests.factories.website import make_news
from website.jobs import publish_scheduled

pytestmark = pytest.mark.django_db


def test_dated_pages_are_published_then_withdrawn_in_time(client, home):
    page = make_news(1, live=False)
    page.go_live_at = timezone.now() + timedelta(seconds=1)
    page.save_revision().publish()
    publish_scheduled()
    assert client.get("/actualites/actualite-1/").status_code == 404
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publish_scheduled()
    assert client.get("/actualites/actualite-1/").status_code == 200


def test_both_jobs_are_on_the_schedule():
    found = {kind: SCHEDULE[kind].minute for kind in SCHEDULE if kind.startswith("website.")}
    assert found == {"website.make_centre_pages": "*/10", "website.publish_scheduled": "*/5"}
    assert set(found) <= set(HANDLERS)
