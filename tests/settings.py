"""The product's own settings, with what makes tests quick and strict."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="relais-tests-"))
os.environ.setdefault("RELAIS_DEMO", "1")
os.environ.setdefault("BASE_URL", "http://testserver")

from config.settings import *  # noqa: F403
from config.settings import CACHES, DATA_DIR, DATABASES, HUEY, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
HUEY.immediate = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: live servers and worker processes read it too.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
if "LOCATION" in CACHES["default"] and "redis" in CACHES["default"]["BACKEND"]:
    # Each process of the suite empties its own Redis database between tests.
    address, _, number = CACHES["default"]["LOCATION"].rpartition("/")
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{address}/{int(number) + worker}"
