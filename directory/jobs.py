"""What the directory does while nobody looks: send the mails that are due."""

from directory import messages
from directory.mailing import deliver
from huey_tasks.registry import job


@job(messages.SEND, atomic=False, priority=10, lease_seconds=120)
def send_message(message: int) -> None:
    """Send one written mail; safe to run twice, since its state and its Message-ID stay."""
    deliver(message)
