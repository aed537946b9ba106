"""The product's database, queue and clock with nothing else, so that a worker starts in a blink."""

from config import env
from huey_tasks.queue import queue_from_url

DATA_DIR = env.folder("DATA_DIR", env.BASE_DIR / "var")
SECRET_KEY = "only for workers that get killed"
DEMO = False
DATABASES = {"default": env.database(DATA_DIR)}
HUEY = queue_from_url(env.text("HUEY_URL", f"sqlite:///{DATA_DIR / 'queue.sqlite3'}"), name=env.text("QUEUE", "relais"))
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 300)
INSTALLED_APPS = ["config", "huey_tasks", "tests.huey_tasks.effects"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "huey_tasks.backend.LedgerBackend"}}
TIME_ZONE = "Europe/Paris"
USE_TZ = True
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.huey_tasks.effects.urls"
WSGI_APPLICATION = "config.wsgi.application"
