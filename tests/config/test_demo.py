"""`manage.py demo`: only in demo mode, only in an empty base, always around today, as large as asked."""

import pytest
from django.core.management import CommandError, call_command

from config.management.commands import demo
from directory import weeks
from directory.models import Centre, ChangeSet, Doctor, User
from directory.models.book import Source
from rotas.models import Assignment, Slot
from tests.factories.directory import CentreFactory, DoctorFactory, UserFactory
from website.models import CentrePage, NewsPage, Partner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_few_doctors")]
REFUSED = "La base n’est pas vide\u00a0: la démonstration, qui invente des personnes, n’y est pas chargée."


@pytest.fixture
def _few_doctors(monkeypatch):
    """Enough to hold each place of a week."""
    monkeypatch.setattr(demo, "DOCTORS", 60)


def said(capsys, *words: str) -> str:
    call_command("demo", *words)
    return capsys.readouterr().out


@pytest.mark.time_machine("2027-03-17 09:00")
def test_it_stands_around_today_whatever_today_is(capsys):
    assert said(capsys, "--if-empty") == "Démonstration\u00a0: 11 centres, 60 médecins inventés.\n"
    monday = weeks.monday_of(weeks.today())
    past, now, far = (Slot.objects.in_week(monday + n * weeks.WEEK) for n in (-8, 0, 100))
    held = {slot.pk for slot in now.open()} - {row.slot_id for row in Assignment.objects.filter(state="confirmed")}
    assert (past.count() > 0, now.count() > 0, far.count() > 0, held) == (True, True, True, set())
    assert set(Assignment.objects.values_list("state", flat=True)) == {"option", "confirmed"}
    assert (CentrePage.objects.count(), NewsPage.objects.count(), Partner.objects.exists()) == (11, 3, True)


def test_it_is_one_gesture_that_undo_import_does_not_offer(capsys):
    said(capsys)
    gesture = ChangeSet.objects.get(verb="demo")
    assert (gesture.source, ChangeSet.objects.filter(source=Source.IMPORT).count()) == ("clock", 0)
    with pytest.raises(CommandError, match="aucun import à annuler"):
        call_command("undo_import")


def test_scale_multiplies_centres_and_doctors(capsys):
    assert said(capsys, "--scale", "2") == "Démonstration\u00a0: 22 centres, 120 médecins inventés.\n"
    assert (Centre.objects.count(), Doctor.objects.count(), CentrePage.objects.count()) == (22, 120, 22)


@pytest.mark.parametrize(
    "make",
    [UserFactory, CentreFactory, DoctorFactory, lambda: ChangeSet.objects.create(verb="import.rota")],
    ids=["account", "centre", "doctor", "gesture"],
)
def test_nobody_is_invented_where_somebody_works(make, capsys):
    make()
    assert said(capsys, "--if-empty") == f"{REFUSED}\n"
    with pytest.raises(CommandError, match="n’est pas vide"):
        call_command("demo")
    assert (User.objects.filter(email__endswith="@relais.example").count(), Slot.objects.count()) == (0, 0)


def test_it_is_refused_outside_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="son mot de passe est public"):
        call_command("demo", "--if-empty")
    assert User.objects.count() == 0


@pytest.mark.parametrize("scale", ["0", "201"])
def test_a_scale_beyond_reason_is_refused(scale):
    with pytest.raises(CommandError, match="--scale va de 1 à 200"):
        call_command("demo", "--scale", scale)
