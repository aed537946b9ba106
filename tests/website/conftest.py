"""What the tests of the public site may ask for."""

import pytest
from django.test import Client

from website.models import HomePage
from website.tree import ensure_tree


@pytest.fixture
def home(db) -> HomePage:
    """The home page of an empty installation."""
    return ensure_tree()


@pytest.fixture
def signed_in(member):
    """A client signed in with a role: `signed_in("writer")`."""

    def make(role: str) -> Client:
        client = Client()
        client.force_login(member(role))
        return client

    return make


@pytest.fixture
def media_root(settings, tmp_path):
    """Uploaded files go to a folder of their own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path
