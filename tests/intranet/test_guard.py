"""The guard that the other tests of the intranet lean on."""

import pytest
from django.db import connection

from directory.models import PublicStamp, User
from tests.intranet.conftest import NoWrites

pytestmark = pytest.mark.django_db


def test_a_read_that_writes_is_caught():
    with pytest.raises(AssertionError, match="a read wrote"), connection.execute_wrapper(NoWrites()):
        PublicStamp.objects.create(pk=1)


def test_a_read_that_reads_is_not():
    with connection.execute_wrapper(NoWrites()):
        assert User.objects.count() == 0
