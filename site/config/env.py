"""Reads the environment once, with types, so that no other module guesses what a variable means."""

import contextlib
import os
import secrets
from pathlib import Path

import environ

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[2]


def text(name: str, default: str = "") -> str:
    """A variable as text."""
    return env.str(name, default)


def flag(name: str, default: bool = False) -> bool:
    """A variable as yes or no (`1`, `true`, `yes`, `on`)."""
    return env.bool(name, default)


def number(name: str, default: int) -> int:
    """A variable as a whole number."""
    return env.int(name, default)


def words(name: str, default: list[str]) -> list[str]:
    """A variable as words separated by commas."""
    return env.list(name, default=default)


def folder(name: str, default: Path) -> Path:
    """A variable as a folder, made with mode 0700 when it is absent."""
    path = Path(env.str(name, str(default))).expanduser().resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret(name: str, data_dir: Path) -> str:
    """A secret from the environment, else from a file of `data_dir` made on first use (mode 0600)."""
    if value := env.str(name, ""):
        return value
    path = data_dir / f"{name.lower()}.secret"
    if not path.exists():
        _publish_once(path, secrets.token_urlsafe(50))
    return path.read_text()


def _publish_once(path: Path, value: str) -> None:
    """Write beside, then link: of two processes that start together one wins and none reads a half file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(value)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def database(data_dir: Path) -> dict:
    """`DATABASE_URL`, by default SQLite under `data_dir`, with what makes SQLite safe with several writers."""
    config = env.db_url("DATABASE_URL", f"sqlite:///{data_dir / 'relais.sqlite3'}")
    config["CONN_MAX_AGE"] = 60
    if config["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE takes the write lock at BEGIN: without it half of concurrent read-then-write fail "locked".
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY"
            ),
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
    return config


def cache() -> dict:
    """`CACHE_URL`, by default a table of the database: rate limits must be shared by all processes."""
    return env.cache_url("CACHE_URL", "dbcache://relais_cache")


def email(data_dir: Path, demo: bool) -> dict:
    """`EMAIL_URL`; without it the demo writes files under `data_dir/mail` and production uses localhost."""
    default = f"filemail:///{data_dir / 'mail'}" if demo else "smtp://localhost:25"
    return env.email_url("EMAIL_URL", default)
