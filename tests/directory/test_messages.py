"""From a gesture of the rota to the doctor's letter box: one mail after the delay, none when undone before."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from directory import book, messages
from directory.models import OutgoingMessage
from huey_tasks.models import Job
from rotas import actions
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import SlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(ajain, monday, member, settings):
    """A doctor just confirmed in a place, and who did it."""
    settings.MESSAGE_DELAY_SECONDS = 600
    by = member("logistics")
    slot = SlotFactory(centre=ajain, monday=monday)
    done = actions.assign(slot=slot, doctor=DoctorFactory(email="dr@example.org"), by=by, version=1)
    return done, by


def after(seconds: int):
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds))


def test_a_confirmed_doctor_gets_one_mail_after_the_delay(confirmed, run_due_jobs, mailoutbox):
    with after(590):
        assert (run_due_jobs(), len(mailoutbox)) == (0, 0)
    with after(601):
        assert (run_due_jobs(), run_due_jobs()) == (1, 0)
    message = OutgoingMessage.objects.get()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["dr@example.org"], message.subject)]
    assert (message.state, mailoutbox[0].extra_headers) == ("sent", {"Message-ID": message.message_id})


def test_the_demo_writes_the_mail_to_a_file(confirmed, run_due_jobs, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    with after(601):
        run_due_jobs()
    assert [file.read_text().count("Message-ID:") for file in tmp_path.iterdir()] == [1]


def test_an_undo_before_the_delay_stops_the_mail_and_its_job(confirmed, run_due_jobs, mailoutbox):
    done, by = confirmed
    book.undo(done.change_set, by=by)
    assert [job.state for job in Job.objects.all()] == ["cancelled"]
    with after(601):
        assert (run_due_jobs(), mailoutbox) == (0, [])


def test_an_undo_after_the_mail_left_sends_a_correction(confirmed, run_due_jobs, mailoutbox):
    done, by = confirmed
    with after(601):
        run_due_jobs()
        book.undo(done.change_set, by=by)
    with after(1300):
        run_due_jobs()
    assert [mail.to for mail in mailoutbox] == [["dr@example.org"]] * 2
    assert mailoutbox[0].extra_headers != mailoutbox[1].extra_headers


def test_the_same_key_writes_one_message():
    telling = {"kind": "week", "about": "assignment:5", "to": "a@example.org", "subject": "s", "body": "b"}
    first, second = messages.write(key="once", **telling), messages.write(key="once", **telling)
    assert (first.pk, Job.objects.count()) == (second.pk, 1)
    assert messages.withdraw(first) is True
    assert messages.withdraw(first) is False


def test_a_message_id_says_nothing_of_its_content():
    message = messages.write(key="week:dr-martin", kind="week", about="a", to="a@example.org", subject="s", body="b")
    assert ("martin" in message.message_id, message.message_id[0], message.message_id[-1]) == (False, "<", ">")
    assert len(message.message_id.partition("@")[0]) == 33
