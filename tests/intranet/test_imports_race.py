"""Many people who press at once on one import: it is written once, and taken back once."""

from collections import Counter

import pytest
from django.conf import settings
from django.test import Client

from directory.imports import runs
from directory.models import ChangeSet, Doctor, ImportRun, User
from tests.factories.directory import invented_rpps
from tests.processes import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.xdist_group("race")]
TRIES = 12
LIST = f"Nom;Prénom;RPPS\nWeber;Anne;{invented_rpps(1)}".encode()


def press(session: str, run: int, word: str, version: int) -> int:
    """The status of a gesture sent by a browser that holds this session."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client.post(f"/intranet/imports/{run}/", {"geste": word, "version": version}).status_code


def test_an_import_confirmed_and_undone_by_many_at_once_is_so_once(central, run_due_jobs):
    session = central.cookies[settings.SESSION_COOKIE_NAME].value
    run = runs.start(kind="doctors", year=None, file_name="f.csv", content=LIST, by=User.objects.get())
    run_due_jobs()
    for word, left in (("confirmer", 1), ("annuler", 0)):
        version = ImportRun.objects.get().version
        answers = Counter(together(press, [(session, run.pk, word, version)] * TRIES))
        assert answers == {302: 1, 409: TRIES - 1}
        run_due_jobs()
        assert Doctor.objects.count() == left
    assert ChangeSet.objects.count() == 2
