"""Partners: shown from their first to their last day, by type, with a logo that says something."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from directory import weeks
from tests.factories.website import PartnerFactory, make_picture

pytestmark = pytest.mark.django_db


def names(client) -> list[str]:
    return re.findall(r"<h3>([^<]+)</h3>", client.get("/partenaires/").content.decode())


def test_a_partner_leaves_the_page_the_day_after_its_end(client, home):
    today, day = weeks.today(), timedelta(days=1)
    PartnerFactory(name="Hier", since=today - 9 * day, until=today - day)
    PartnerFactory(name="Aujourd’hui", since=today - day, until=today)
    PartnerFactory(name="Sans fin", since=today)
    PartnerFactory(name="Demain", since=today + day)
    PartnerFactory(name="Brouillon", live=False)
    assert names(client) == ["Aujourd’hui", "Sans fin"]


def test_partners_go_by_type_then_in_the_editors_order(client, home):
    PartnerFactory(name="Mutuelle", kind="health", order=1)
    PartnerFactory(name="Commune", kind="territory", order=3)
    PartnerFactory(name="Région", kind="territory", order=2)
    PartnerFactory(name="Agence", kind="state", order=9)
    assert names(client) == ["Agence", "Région", "Commune", "Mutuelle"]


def test_a_partner_of_some_centres_names_them(client, home, ajain):
    partner = PartnerFactory()
    partner.centres = [ajain]
    partner.save()
    assert "Ajain, depuis " in client.get("/partenaires/").content.decode()


def test_a_logo_says_something(home, media_root):
    with pytest.raises(ValidationError, match="ce que dit le logo"):
        PartnerFactory.build(logo=make_picture()).full_clean()


def test_a_logo_is_shown_with_its_words(client, home, media_root):
    PartnerFactory(logo=make_picture(), logo_alt="La commune")
    assert 'alt="La commune"' in client.get("/partenaires/").content.decode()


@pytest.mark.parametrize(
    "fields", [{"kind": "autre"}, {"until": weeks.today() - timedelta(days=1), "since": weeks.today()}]
)
def test_the_database_refuses_what_is_false(home, fields):
    with pytest.raises(IntegrityError):
        PartnerFactory(**fields)
