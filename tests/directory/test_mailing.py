"""Mails against a real mail server that refuses, hangs up or is slow."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from directory import messages
from directory.mailing import deliver
from directory.models import OutgoingMessage
from huey_tasks.models import Job
from tests.directory.mailserver import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        yield server


@pytest.fixture
def message(settings):
    settings.MESSAGE_DELAY_SECONDS = 0
    return messages.write(
        key="week:5", kind="week", about="assignment:5", to="a@example.org", subject="Été", body="à", html="<p>à</p>"
    )


def state_of(message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.error


def test_a_mail_leaves_once_with_its_two_texts_and_its_message_id(server, message, run_due_jobs):
    assert run_due_jobs() == 1
    deliver(message.pk)
    mail = server.accepted[0]
    assert (len(server.accepted), mail["Message-ID"], mail["To"]) == (1, message.message_id, "a@example.org")
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]
    assert state_of(message) == ("sent", "")


@pytest.mark.parametrize(("command", "answer"), [("RCPT", "550 no such user"), ("TEXT", "554 spam")])
def test_a_refusal_for_good_is_marked_and_not_tried_again(server, message, run_due_jobs, command, answer):
    server.replies = {command: [answer]}
    run_due_jobs()
    assert (state_of(message), Job.objects.get().state, server.accepted) == (("failed", answer[:3]), "done", [])


@pytest.mark.parametrize(
    ("command", "answer"),
    [("RCPT", "451 later"), ("TEXT", "452 full"), ("MAIL", "550 sender unknown"), ("CONNECT", "554 go away")],
)
def test_a_refusal_for_now_or_of_us_is_tried_again(server, message, run_due_jobs, command, answer):
    server.replies = {command: [answer]}
    run_due_jobs()
    assert (state_of(message), Job.objects.get().state) == (("pending", ""), "queued")
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        run_due_jobs()
        assert (state_of(message), len(server.accepted)) == (("sent", ""), 1)


def test_a_hang_up_after_the_text_sends_the_same_message_id_again(server, message, run_due_jobs):
    server.replies = {"TEXT": [None]}
    run_due_jobs()
    assert state_of(message) == ("sending", "")
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        run_due_jobs()
    assert [mail["Message-ID"] for mail in server.accepted] == [message.message_id] * 2
    assert (state_of(message), Job.objects.get().state) == (("sent", ""), "done")


def test_a_server_too_slow_is_tried_again_with_the_same_message_id(server, message, settings):
    settings.EMAIL_TIMEOUT, server.slow = 0.2, 1
    with pytest.raises(smtplib.SMTPServerDisconnected):
        deliver(message.pk)
    server.slow = 0
    deliver(message.pk)
    assert (state_of(message), server.accepted[-1]["Message-ID"]) == (("sent", ""), message.message_id)


def test_a_server_that_is_away_leaves_the_mail_to_be_undone(server, message, settings):
    settings.EMAIL_PORT = 1
    with pytest.raises(ConnectionRefusedError):
        deliver(message.pk)
    assert messages.withdraw(message) is True
    assert (state_of(message), Job.objects.get().state) == (("cancelled", ""), "cancelled")


def test_a_message_whose_worker_died_is_sent_again_with_the_same_message_id(server, message):
    OutgoingMessage.objects.update(state="sending")
    deliver(message.pk)
    assert (state_of(message), server.accepted[0]["Message-ID"]) == (("sent", ""), message.message_id)


@pytest.mark.parametrize("state", ["cancelled", "failed"])
def test_a_message_that_is_not_to_be_sent_is_not(server, message, state):
    OutgoingMessage.objects.update(state=state)
    deliver(message.pk)
    assert (server.accepted, state_of(message)[0]) == ([], state)


def test_a_subject_with_a_line_break_sends_nothing(server, message):
    OutgoingMessage.objects.update(subject="Bonjour\nBcc: b@example.org")
    with pytest.raises(ValueError, match="newlines"):
        deliver(message.pk)
    assert server.accepted == []
