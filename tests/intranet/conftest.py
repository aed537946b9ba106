"""What the tests of the intranet share: signed-in clients."""

import pytest
from django.test import Client


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
