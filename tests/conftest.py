"""What every test may ask for."""

import pytest
from django.conf import settings as relais
from django.core.cache import caches
from django.utils import timezone

from directory import weeks
from directory.vocabulary import VOCABULARY
from huey_tasks.models import Job
from huey_tasks.runner import run_job
from tests.e2e import chromium
from tests.factories.directory import CentreFactory, MembershipFactory, UserFactory
from tests.guard import guard_reads
from tests.processes import hang_up


@pytest.fixture(autouse=True)
def _empty_caches(settings) -> None:
    """No page cached by one test is served to another; a cache outside the database is not rolled back either."""
    caches["pages"].clear()
    if not settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
        caches["default"].clear()
    VOCABULARY.forget()


@pytest.fixture(autouse=True)
def _reads_write_nothing(monkeypatch) -> None:
    """Pages of visitors, staff and editors alike."""
    guard_reads(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def _hang_up():
    """No connection to the queue outlives the tests."""
    yield
    hang_up(relais.HUEY)


@pytest.fixture
def monday():
    """The Monday of the current week in Paris."""
    return weeks.monday_of(weeks.today())


@pytest.fixture
def ajain(db):
    """A centre with one place a week."""
    return CentreFactory(name="Ajain", slug="ajain", department="23")


@pytest.fixture
def member(db):
    """Makes a person with a role today: `member("coordinator", ajain)`."""

    def make(role: str, *centres, **fields):
        user = UserFactory(**fields)
        MembershipFactory(user=user, role=role, centres=centres)
        return user

    return make


def pytest_collection_modifyitems(config, items) -> None:
    """Browser tests need a browser: without one they are left out, and the end of the run says so."""
    chromium.leave_out(config, items)


def pytest_terminal_summary(terminalreporter) -> None:
    """Name what was left out."""
    chromium.say_left_out(terminalreporter)


@pytest.fixture
def run_due_jobs(db):
    """Does what the worker would do now: `run_due_jobs()` runs each due job once and says how many ran."""

    def run() -> int:
        ran = 0
        while due := list(Job.objects.takeable(timezone.now()).order_by("-priority", "due_at", "pk")):
            ran += sum(run_job(job.pk) for job in due)
        return ran

    return run
