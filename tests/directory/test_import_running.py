"""An import is one transaction, whoever else writes meanwhile."""

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, OperationalError

from directory.imports.command import database_in_one_line
from directory.imports.reports import Report, Unreadable
from directory.imports.running import run
from directory.models import Doctor
from directory.retrying import TRIES

pytestmark = pytest.mark.django_db


def writer(errors: list):
    """Writes a doctor, then fails as often as there are errors."""

    def write() -> Report:
        Doctor.objects.create(last_name="Roy", first_name="Luc")
        if errors:
            raise errors.pop()
        return Report(created=1)

    return write


def test_a_collision_starts_again_from_nothing():
    report = run(writer([IntegrityError("taken"), OperationalError("locked")]))
    assert (report.created, Doctor.objects.count()) == (1, 1)


def test_collisions_without_end_give_one_line_and_write_nothing():
    with pytest.raises(Unreadable, match="réessayez"):
        run(writer([IntegrityError("taken")] * TRIES))
    assert Doctor.objects.count() == 0


def test_a_dry_run_takes_back_what_it_wrote():
    report = run(writer([]), dry_run=True)
    assert (report.created, Doctor.objects.count()) == (1, 0)


def test_a_database_that_is_away_gives_one_line():
    with pytest.raises(CommandError) as refusal, database_in_one_line():
        run(writer([OperationalError("connection refused\nIs the server running?")] * TRIES))
    said = "la base de données ne répond pas comme prévu\u00a0: connection refused"
    assert (str(refusal.value), refusal.value.returncode) == (said, 1)
