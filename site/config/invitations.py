"""Gives a person an account, a role and a link to choose a password: how the first account of all is made."""

from datetime import date
from urllib.parse import urljoin

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from config.demo.accounts import DOMAIN
from directory import rights, weeks
from directory.memberships import grant_role
from directory.models import Centre, Membership, User
from directory.models.people import Role
from directory.refusals import Refusal

YEAR = 365  # days that a role lasts unless said otherwise
MAIL = "account/email/invitation"


@transaction.atomic
def invite(
    *, email: str, role: str, centres: list[str], until: date | None, first_name: str, last_name: str
) -> tuple[User, str]:
    """Make the account (without a password) if there is none, give it `role` for the centres of these slugs until
    `until` (included; a year by default), and return it with the link where a password is chosen.

    The same invitation again only makes a new link. Refusal says in French what stands in the way.
    """
    today = weeks.today()
    end = until or date.fromordinal(today.toordinal() + YEAR)
    if end < today:
        raise Refusal(f"le rôle serait déjà fini le {end:%d/%m/%Y}.")
    places = _centres(role, centres)
    user = _user(email, first_name, last_name)
    if not _holds(user, role, places, end):
        grant_role(user=user, role=role, centres=places, start=today, end=end, by=None)
    return user, link(user)


def link(user: User) -> str:
    """Where this person chooses a password; good once, for PASSWORD_RESET_TIMEOUT seconds."""
    words = {"uidb36": user_pk_to_url_str(user), "key": PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}
    return urljoin(settings.BASE_URL, reverse("account_reset_password_from_key", kwargs=words))


def mail(user: User, address: str) -> None:
    """Send the link to the person. It is not kept in a table first: a link is a secret, and `invite` makes another."""
    words = {"user": user, "link": address, "days": settings.PASSWORD_RESET_TIMEOUT // 86400}
    get_adapter().render_mail(MAIL, user.email, words).send()


def _user(email: str, first_name: str, last_name: str) -> User:
    """The account of this address, made when there is none."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(f"«\u00a0{email}\u00a0» n’est pas une adresse e-mail.") from error
    if email.endswith(f"@{DOMAIN}") and not settings.DEMO:
        raise Refusal(f"les adresses @{DOMAIN} sont celles de la démonstration, fermées ici.")
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        return User.objects.create_user(email, first_name=first_name, last_name=last_name)
    if not user.is_active:
        raise Refusal(f"le compte {email} a été fermé.")
    return user


def _centres(role: str, slugs: list[str]) -> list[Centre]:
    """The centres of these slugs; a role whose rights hold in its own centres needs one."""
    if not slugs and any("c" in row.get(role, {}).values() for row in rights.matrix().values()):
        raise Refusal(f"le rôle «\u00a0{Role(role).label}\u00a0» vaut pour des centres\u00a0: ajoutez --centre.")
    found = {centre.slug: centre for centre in Centre.objects.filter(slug__in=slugs)}
    if unknown := [slug for slug in slugs if slug not in found]:
        known = ", ".join(Centre.objects.order_by("slug").values_list("slug", flat=True)[:30])
        raise Refusal(f"aucun centre ne s’appelle {', '.join(unknown)} (il y a\u00a0: {known or 'aucun centre'}).")
    return list(found.values())


def _holds(user: User, role: str, centres: list[Centre], end: date) -> bool:
    """Whether the person already has exactly this role, for as long."""
    held = Membership.objects.filter(user=user, role=role, end__gte=end).active_on(weeks.today())
    asked = {centre.pk for centre in centres}
    return any({centre.pk for centre in one.centres.all()} == asked for one in held.prefetch_related("centres"))
