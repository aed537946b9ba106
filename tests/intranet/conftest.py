"""What the tests of the intranet share: signed-in clients, a hole of next week, a doctor for it."""

import pytest
from django.test import Client

from directory.weeks import WEEK
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import SlotFactory


@pytest.fixture
def signed_in(db):
    """Opens a session: `signed_in(user)` gives the client."""

    def enter(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def central(member, signed_in):
    """A client of the central team, who edits every centre."""
    return signed_in(member("logistics", first_name="Claire", last_name="Martin"))


@pytest.fixture
def slot(ajain, monday):
    return SlotFactory(centre=ajain, monday=monday + WEEK)


@pytest.fixture
def zoe(db):
    return DoctorFactory(first_name="Zoé", last_name="Roy")
