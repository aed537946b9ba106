"""Hands written mails to the mail server: at least once each, with one Message-ID."""

import logging
import smtplib

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from directory.models import OutgoingMessage
from directory.models.messages import MessageState

LASTING = range(500, 600)  # SMTP replies that another try will not change
TO_SEND = [MessageState.PENDING, MessageState.SENDING]

logger = logging.getLogger(__name__)


def deliver(message_id: int) -> None:
    """Send the message with this primary key if it is still to be sent; safe to run twice.

    A refusal for good (5xx) of the recipient or of the text marks it failed. Any other error is raised, so that the
    ledger tries again: a server that is away, a refusal for now (4xx), a refusal of us (sign-in, sender, greeting),
    which another try passes once the settings are right.
    """
    if not OutgoingMessage.objects.filter(pk=message_id, state__in=TO_SEND).exists():
        return
    with get_connection() as connection:  # first: as long as the server is away, an undo still stops the mail
        message = _take(message_id)
        if message is not None:
            _send(message, connection)


def _send(message: OutgoingMessage, connection) -> None:
    """Hand the mail over and store the answer. A cut before the answer leaves it `sending`: it may have arrived."""
    try:
        connection.send_messages([_as_mail(message)])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        codes = _codes_about_the_mail(error)
        if not codes or not all(code in LASTING for code in codes):
            _settle(message, MessageState.PENDING)  # refused, so surely not delivered: an undo stops it again
            raise
        _settle(message, MessageState.FAILED, error=", ".join(map(str, codes)))
        logger.error("message %s (%s) refusé par le serveur de messagerie : %s", message.pk, message.kind, codes)
    else:
        _settle(message, MessageState.SENT)


def _codes_about_the_mail(error: smtplib.SMTPException) -> list[int]:
    """The replies that refuse this recipient or this text; none when the server refuses us."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPDataError) else []


@transaction.atomic
def _take(message_id: int) -> OutgoingMessage | None:
    """Mark it as leaving, so that an undo from now on writes a correction instead of stopping it.

    A mail that waited for its server while a newer one was written about the same thing is not sent after it.
    """
    message = OutgoingMessage.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state not in TO_SEND:
        return None
    newer = OutgoingMessage.objects.filter(subject_ref=message.subject_ref, pk__gt=message.pk)
    if newer.exclude(state__in=[MessageState.CANCELLED, MessageState.FAILED]).exists():
        _settle(message, MessageState.CANCELLED)
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
