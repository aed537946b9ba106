"""What the public site does while nobody looks: pages for new centres, and what editors have scheduled."""

from django.core.management import call_command

from huey_tasks.registry import every, job
from website import centres


@every("website.make_centre_pages", minute="*/10")
@job("website.make_centre_pages")
def make_centre_pages() -> None:
    """Every ten minutes, so that a new centre is on the site the same day."""
    centres.make_missing_pages()


@every("website.publish_scheduled", minute="*/5")
@job("website.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and unpublish what editors have dated, within five minutes."""
    call_command("publish_scheduled", verbosity=0)
