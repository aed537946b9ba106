"""The guards that the other tests lean on: reads that write, and unknown variables of our templates, are errors."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Template, engines
from django.template.base import Origin
from django.test import Client

from directory import public
from directory.models import PublicStamp, User
from tests.guard import NoWrites
from tests.templates_guard import OURS

pytestmark = pytest.mark.django_db


def bump(request) -> HttpResponse:
    """A read that writes."""
    public.bump()
    return HttpResponse("")


def test_a_read_that_writes_is_caught():
    with pytest.raises(AssertionError, match="a read wrote"), connection.execute_wrapper(NoWrites()):
        PublicStamp.objects.create(pk=1)


def test_a_read_that_reads_is_not():
    with connection.execute_wrapper(NoWrites()):
        assert User.objects.count() == 0


def test_strangers_reads_are_guarded_too(monkeypatch):
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", lambda self, request: (bump, (), {}))
    with pytest.raises(AssertionError, match="a read wrote"):
        Client().get("/robots.txt")


def written(text: str, place: str) -> str:
    """What a template at `place` writes without any variable."""
    origin = Origin(name=f"{place}/page.html", template_name="page.html")
    return Template(text, origin=origin, engine=engines["django"].engine).render(Context())


@pytest.mark.parametrize("text", ["{{ absent }}", "{{ absent.part|upper }}", "{% with a=absent %}{% endwith %}"])
def test_an_unknown_variable_of_our_templates_is_an_error(text):
    with pytest.raises(LookupError, match=r"page\.html: unknown variable absent"):
        written(text, OURS)


def test_a_condition_may_ask_whether_a_variable_is_there():
    assert written("{% if absent %}a{% else %}b{% endif %}", OURS) == "b"


def test_other_people_s_templates_keep_their_ways():
    assert written("[{{ absent }}{{ absent|default:'x' }}]", "/elsewhere") == "[x]"
