"""`manage.py invite`: the first account of an installation, from the command line alone."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from directory import weeks
from directory.models import Membership, User

pytestmark = pytest.mark.django_db
PASSWORD = "un long mot de passe"


def invite(capsys, *words: str) -> list[str]:
    """The lines that the command prints."""
    call_command("invite", *words)
    return capsys.readouterr().out.splitlines()


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = "https://relais.example.org"


def test_the_first_account_gets_a_role_for_a_year_and_a_link(capsys, mailoutbox):
    said, link = invite(capsys, "Anne@Example.org", "--role", "administration", "--first-name", "Anne")
    user, role = User.objects.get(), Membership.objects.get()
    assert (
        said
        == "anne@example.org a le rôle «\u00a0Administration\u00a0» ; le lien lui est envoyé, le voici aussi\u00a0:"
    )
    assert link.startswith("https://relais.example.org/mot-de-passe/choisir/")
    assert (user.first_name, user.has_usable_password(), [str(group) for group in user.groups.all()]) == (
        "Anne",
        False,
        ["Administration"],
    )
    assert (role.role, role.start, role.end) == ("administration", weeks.today(), weeks.today() + timedelta(days=365))
    assert ([mail.to for mail in mailoutbox], link in mailoutbox[0].body) == ([["anne@example.org"]], True)


def test_the_link_lets_its_owner_choose_a_password_and_sign_in(capsys, client):
    path = invite(capsys, "anne@example.org", "--role", "direction")[-1].removeprefix("https://relais.example.org")
    form = client.get(path, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    assert client.post("/connexion/", {"login": "anne@example.org", "password": PASSWORD}).status_code == 302
    assert client.get("/intranet/").status_code == 200
    assert "Ce lien ne sert plus" in client.get(path, follow=True).content.decode()


def test_centres_and_the_last_day_are_those_asked(ajain, capsys):
    day = weeks.today() + timedelta(days=30)
    invite(capsys, "a@example.org", "--role", "coordinator", "--centre", "ajain", "--until", day.isoformat())
    role = Membership.objects.get()
    assert ([str(centre) for centre in role.centres.all()], role.end) == (["Ajain"], day)


def test_the_same_invitation_again_only_makes_a_new_link(capsys, mailoutbox):
    for _ in range(2):
        invite(capsys, "anne@example.org", "--role", "finance")
    assert (User.objects.count(), Membership.objects.count(), len(mailoutbox)) == (1, 1, 2)


def test_a_mail_server_that_is_away_leaves_the_link_to_hand_over(capsys, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said, link = invite(capsys, "anne@example.org", "--role", "finance")
    assert said.endswith("le mail n’est pas parti (ConnectionRefusedError), donnez-lui ce lien\u00a0:")
    assert re.search(r"/mot-de-passe/choisir/[\w-]+/$", link)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["anne", "--role", "finance"], "«\u00a0anne\u00a0» n’est pas une adresse e-mail."),
        (
            ["a@b.org", "--role", "coordinator"],
            "le rôle «\u00a0Coordination\u00a0» vaut pour des centres\u00a0: ajoutez --centre.",
        ),
        (
            ["a@b.org", "--role", "finance", "--centre", "x"],
            "aucun centre ne s’appelle x (il y a\u00a0: aucun centre).",
        ),
        (
            ["a@b.org", "--role", "finance", "--until", "demain"],
            "«\u00a0demain\u00a0» n’est pas une date comme 2027-12-31.",
        ),
        (["a@b.org", "--role", "finance", "--until", "2020-12-31"], "le rôle serait déjà fini le 31/12/2020."),
    ],
)
def test_what_cannot_be_is_said_in_one_line_and_leaves_nothing(words, why):
    with pytest.raises(CommandError) as refused:
        call_command("invite", *words)
    assert (str(refused.value), User.objects.count()) == (why, 0)


def test_an_unknown_role_names_those_that_exist():
    with pytest.raises(
        CommandError, match="le rôle «\u00a0chef\u00a0» n’existe pas\u00a0: choisissez parmi communication, writer, "
    ):
        call_command("invite", "a@b.org", "--role", "chef")


def test_a_demo_address_is_refused_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="sont celles de la démonstration"):
        call_command("invite", "admin@relais.example", "--role", "administration")


def test_a_closed_account_stays_closed():
    User.objects.create_user("anne@example.org", is_active=False)
    with pytest.raises(CommandError, match="a été fermé"):
        call_command("invite", "anne@example.org", "--role", "finance")
