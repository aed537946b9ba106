"""How people sign in: by e-mail and password, without signup; the demo's accounts only in demo mode."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError

DEMO_DOMAIN = "@relais.example"


class AccountAdapter(DefaultAccountAdapter):
    """allauth's questions, answered for Relais."""

    def is_open_for_signup(self, request) -> bool:
        """Nobody signs up: staff are invited, doctors get a link."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """An address that is none (`http://[`) leads nowhere, rather than to an error."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def pre_authenticate(self, request, **credentials) -> None:
        """Refuse the demo's accounts, whose password is public, outside demo mode."""
        email = (credentials.get("email") or "").lower()
        if email.endswith(DEMO_DOMAIN) and not settings.DEMO:
            raise ValidationError("Les comptes de démonstration sont fermés ici.")
        super().pre_authenticate(request, **credentials)
