"""Hands written mails to the mail server: at least once each, with one Message-ID."""

import smtplib

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from directory.models import OutgoingMessage
from directory.models.messages import MessageState

LASTING = range(500, 600)  # SMTP replies that another try will not change


def deliver(message_id: int) -> None:
    """Send the message with this primary key if it is still to be sent; safe to run twice.

    A refusal for good (5xx) marks it failed; any other error is raised, so that the ledger tries again later.
    """
    message = _take(message_id)
    if message is None:
        return
    try:
        _as_mail(message).send()
    except smtplib.SMTPResponseException as error:
        if error.smtp_code not in LASTING:
            raise
        _settle(message, MessageState.FAILED, error=f"{error.smtp_code}")
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if not all(code in LASTING for code in codes):
            raise
        _settle(message, MessageState.FAILED, error=", ".join(map(str, codes)))
    else:
        _settle(message, MessageState.SENT)


@transaction.atomic
def _take(message_id: int) -> OutgoingMessage | None:
    """Mark it as leaving, so that an undo from now on writes a correction instead of stopping it."""
    message = OutgoingMessage.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state not in {MessageState.PENDING, MessageState.SENDING}:
        return None
    message.state = MessageState.SENDING
    message.save(update_fields=["state"])
    return message


def _settle(message: OutgoingMessage, state: str, error: str = "") -> None:
    """Store how it ended."""
    message.state = state
    message.error = error
    message.sent_at = timezone.now() if state == MessageState.SENT else None
    message.save(update_fields=["state", "error", "sent_at"])


def _as_mail(message: OutgoingMessage) -> EmailMultiAlternatives:
    """The stored mail as an e-mail, text first, HTML beside it."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        to=[message.recipient],
        headers={"Message-ID": message.message_id},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail
