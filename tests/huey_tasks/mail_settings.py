"""The lean worker's settings with the mails of the directory, sent to a mail server of the tests."""

from tests.huey_tasks.worker_settings import *  # noqa: F403
from tests.huey_tasks.worker_settings import INSTALLED_APPS, env

INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "directory", *INSTALLED_APPS]
AUTH_USER_MODEL = "directory.User"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", env.number("MAIL_PORT", 25), 20
DEFAULT_FROM_EMAIL = "Relais <relais@example.org>"
MESSAGE_DELAY_SECONDS = 0
