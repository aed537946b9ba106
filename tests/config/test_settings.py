"""The product as it starts without any variable: closed, silent, on files."""

import os
import re
import stat
import subprocess
import sys

import pytest

from config import env, sentry

PRINT = (
    "import json, django; django.setup(); from django.conf import settings as s; "
    "print(json.dumps([s.DEBUG, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT, "
    "s.SECURE_HSTS_SECONDS, str(s.DATABASES['default']['NAME'])]))"
)


def run(tmp_path, code: str, **variables) -> str:
    """What a fresh process prints, with an almost empty environment."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env={**environment, **variables}, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_production_is_the_default(tmp_path):
    found = run(tmp_path, PRINT)
    assert found == f'[false, true, "__Host-relais-session", true, 63072000, "{tmp_path}/relais.sqlite3"]'


def test_the_demo_opens_plain_http_on_loopback(tmp_path):
    found = run(tmp_path, PRINT, RELAIS_DEMO="1")
    assert found == f'[false, false, "relais_session", false, 0, "{tmp_path}/relais.sqlite3"]'


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path):
    first, second = env.secret("SECRET_KEY_OF_A_TEST", tmp_path), env.secret("SECRET_KEY_OF_A_TEST", tmp_path)
    path = tmp_path / "secret_key_of_a_test.secret"
    assert (first, stat.S_IMODE(path.stat().st_mode)) == (second, 0o600)
    assert len(first) >= 50


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY_OF_A_TEST", "given")
    assert env.secret("SECRET_KEY_OF_A_TEST", tmp_path) == "given"


@pytest.mark.parametrize(
    ("url", "engine"),
    [("", "django.db.backends.sqlite3"), ("postgres://u@h/n", "django.db.backends.postgresql")],
)
def test_the_database_is_chosen_by_url(tmp_path, monkeypatch, url, engine):
    monkeypatch.setenv("DATABASE_URL", url or f"sqlite:///{tmp_path}/x.sqlite3")
    assert env.database(tmp_path)["ENGINE"] == engine


def test_the_readme_names_each_variable_that_is_read():
    sources = [path.read_text() for path in (env.BASE_DIR / "site" / "config").rglob("*.py")]
    read = {name for text in sources for name in re.findall(r"""env\.\w+\(\s*['"]([A-Z_]+)['"]""", text)}
    told = set(re.findall(r"`([A-Z_]+)(?:=1)?`", (env.BASE_DIR / "README.md").read_text()))
    assert (len(read), read - told) == (17, set())


def test_error_reports_are_off_without_a_dsn(monkeypatch):
    monkeypatch.setattr(sentry.sentry_sdk, "init", lambda **kwargs: pytest.fail("started"))
    assert sentry.start("", environment="demo") is None


def test_error_reports_carry_no_personal_data(monkeypatch):
    given = {}
    monkeypatch.setattr(sentry.sentry_sdk, "init", lambda **kwargs: given.update(kwargs))
    sentry.start("https://key@sentry.example/1", environment="demo")
    asked = [given[name] for name in ("send_default_pii", "include_local_variables", "max_request_body_size")]
    assert asked == [False, False, "never"]


def test_error_reports_lose_their_query_string():
    event = {"request": {"query_string": "q=Martin", "url": "/intranet/"}}
    assert sentry.without_addresses(event, {}) == {"request": {"url": "/intranet/"}}
