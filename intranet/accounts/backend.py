"""Who a session belongs to, asked at each request: the demo's accounts end with the demo."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from directory import rights
from directory.models import User
from intranet.accounts.adapter import DEMO_DOMAIN


class AccountBackend(AuthenticationBackend):
    """allauth's, but a session opened in the demo does not outlive it on the same data."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session with their roles; None, hence signed out, for a demo account outside demo mode."""
        user = rights.user_with_roles(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        if user.email.endswith(DEMO_DOMAIN) and not settings.DEMO:
            return None
        return user
