"""`manage.py up`: the web server and the worker together, as `make run` starts them."""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from config import env, processes


class Command(BaseCommand):
    """Runs until Ctrl-C or SIGTERM, or until one of the two ends."""

    help = "Lance le serveur web (PORT, 8000 par défaut) et l’horloge ensemble."

    def handle(self, *args, **options) -> None:
        """One line and exit 1 when the port is taken or when one of the two ended by itself."""
        port = env.text("PORT", "8000")
        if not port.isdecimal() or not processes.is_free(int(port)):
            self._refuse(
                f"Le port {port} n’est pas libre\u00a0: choisissez-en un autre, par exemple PORT=8123 make run."
            )
        ended = processes.side_by_side(
            commands(int(port)),
            env=environment(int(port)),
            cwd=str(env.BASE_DIR),
            ready=lambda: processes.answers(int(port)) and self._announce(int(port)),
        )
        if ended:
            self._refuse(f"{ended} s’est arrêté\u00a0: tout est arrêté.")

    def _announce(self, port: int) -> bool:
        """Say where to go, once the web server answers."""
        self.stdout.write(announcement(port))
        self.stdout.flush()
        return True

    def _refuse(self, line: str) -> None:
        self.stderr.write(line)
        sys.exit(1)


def commands(port: int) -> dict[str, list[str]]:
    """What runs, by the name that a message gives it."""
    bind = f"{processes.HOST}:{port}"
    gunicorn = ["gunicorn", "config.wsgi", "--workers", "2", "--bind", bind, "--graceful-timeout", "20"]
    quiet = ["--log-level", "warning", "--no-control-socket"]
    return {
        "Le serveur web": [sys.executable, "-m", *gunicorn, *quiet],
        "Le processus de l’horloge": [sys.executable, "manage.py", "worker"],
    }


def environment(port: int) -> dict[str, str]:
    """Ours; in the demo, the addresses in mails lead to the chosen port."""
    base = {"BASE_URL": f"http://{processes.HOST}:{port}"} if settings.DEMO else {}
    return {**base, **os.environ}


def announcement(port: int) -> str:
    """The address, and in the demo who may sign in."""
    lines = [f"Relais répond à http://{processes.HOST}:{port}/ (Ctrl-C pour arrêter)."]
    if settings.DEMO:
        lines += _accounts()
    return "\n".join(lines)


def _accounts() -> list[str]:
    """The demo's accounts, if this database holds them: one filled by an import holds none."""
    from config.demo import accounts  # here, since `up` runs as well where no account is installed

    if not (found := accounts.standing()):
        return []
    return [
        f"Comptes de démonstration, mot de passe {accounts.PASSWORD} (entrée\u00a0: /connexion/)\u00a0:",
        *(f"  {email:<32}{role}" for email, role in found),
    ]
