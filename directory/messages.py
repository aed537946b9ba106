"""Writes mails as rows, with the job that sends them, in the transaction of what they tell."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.models import OutgoingMessage
from directory.models.messages import MessageState
from huey_tasks.ledger import cancel, enqueue

SEND = "directory.send_message"
LOST = (MessageState.CANCELLED, MessageState.FAILED)


def write(
    *, key: str, kind: str, about: str, to: str, subject: str, body: str, html: str = "", facts: dict | None = None
) -> OutgoingMessage:
    """Write a mail about `about` (such as `rotas.slot:5`), due after the setting's delay. `key` is unique.

    `facts` is what the mail tells, as JSON, for who must know later whether it still holds.
    """
    due_at = timezone.now() + timedelta(seconds=settings.MESSAGE_DELAY_SECONDS)
    message = OutgoingMessage(
        key=key,
        message_id=_message_id(key),
        kind=kind,
        subject_ref=about,
        recipient=to,
        subject=subject,
        body=body,
        html=html,
        facts=facts or {},
        due_at=due_at,
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        return OutgoingMessage.objects.get(key=key)
    enqueue(SEND, key=_job_key(message), due_at=due_at, message=message.pk)
    return message


def withdraw(message: OutgoingMessage) -> bool:
    """Stop a mail that has not left; False when it is too late."""
    stopped = OutgoingMessage.objects.filter(pk=message.pk, state=MessageState.PENDING).update(
        state=MessageState.CANCELLED
    )
    if stopped:
        cancel(_job_key(message))
    return bool(stopped)


def last_told(about: str) -> OutgoingMessage | None:
    """The newest message about `about` that reached its reader or will: neither stopped nor refused."""
    return OutgoingMessage.objects.filter(subject_ref=about).exclude(state__in=LOST).order_by("-pk").first()


def last_that_stands(mails: list[OutgoingMessage]) -> OutgoingMessage | None:
    """The same among `mails`, oldest first."""
    return next((mail for mail in reversed(mails) if mail.state not in LOST), None)


def _job_key(message: OutgoingMessage) -> str:
    return f"message:{message.pk}"


def _message_id(key: str) -> str:
    """A Message-ID of our own domain that is the same at each try and says nothing of its content."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{key}".encode()).hexdigest()[:32]
    return f"<{digest}@{domain}>"
