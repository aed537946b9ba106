"""The product's own settings, with what makes tests quick and strict."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "DATA_DIR" not in os.environ:
    # The processes that this one starts (xdist's workers, clocks, web servers) inherit the folder; forks never run
    # what is registered here. So it is removed once, by the process that made it.
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="relais-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
os.environ.setdefault("RELAIS_DEMO", "1")
os.environ.setdefault("BASE_URL", "http://testserver")

from config.settings import *  # noqa: F403
from config.settings import CACHES, DATA_DIR, DATABASES, HUEY, STORAGES, TEMPLATES
from tests.templates_guard import UnknownVariable

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable()
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
