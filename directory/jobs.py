"""What the directory does while nobody looks: send the mails that are due, end the rights that are over."""

from directory import memberships, messages
from directory.mailing import deliver
from huey_tasks.registry import every, job


# The lease outlives the slowest talk with a mail server (ten replies of EMAIL_TIMEOUT seconds), so that no second
# worker sends meanwhile; tries go on for five days, as mail servers do (RFC 5321, 4.5.4.1).
@job(messages.SEND, atomic=False, priority=10, lease_seconds=240, max_failures=130)
def send_message(message: int) -> None:
    """Send one written mail; safe to run twice, since its state and its Message-ID stay."""
    deliver(message)


@every("directory.sync_groups", minute="5")
@job("directory.sync_groups")
def sync_groups() -> None:
    """Each hour, so that a role that ends also ends the rights of a session that is still open."""
    memberships.sync_all_groups()
