"""« Prévenir »: the count on the rota, the exact list, the mails written once, said, and taken back."""

import html
import re

import pytest
from django.utils import timezone

from directory.models import OutgoingMessage
from directory.weeks import WEEK
from rotas import telling
from rotas.models import Assignment
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory

pytestmark = pytest.mark.django_db
TELL = "/intranet/rotation/prevenir/"
GRID = "/intranet/rotation/"


@pytest.fixture
def nievre(db):
    return CentreFactory(name="Nièvre", department="58")


@pytest.fixture
def roy(ajain, monday):
    """Dr Zoé Roy, confirmed by a file next week at Ajain."""
    doctor = DoctorFactory(first_name="Zoé", last_name="Roy", email="zoe@example.org", phone="06 39 98 12 34")
    return AssignmentFactory(slot__centre=ajain, slot__monday=monday + WEEK, doctor=doctor)


def words(client, address, **headers):
    """What a page says, without its markup."""
    page = re.sub(r"<[^>]+>", " ", client.get(address, headers=headers).content.decode())
    return re.sub(r"[ \n]+", " ", html.unescape(page))


def listed(client, asked=""):
    """The lines that the button would send, and its words."""
    page = client.get(f"{TELL}?{asked}").content.decode()
    pressed = re.findall(r'<button class="button button-main">(.*?)</button>', page)
    return re.findall(r'name="medecin" value="(.*?)"', page), pressed


def press(client, lines):
    return client.post(TELL, {"medecin": lines}, follow=True)


def test_the_rota_counts_whom_to_tell(central, ajain, nievre, roy, monday):
    AssignmentFactory(slot__centre=nievre, slot__monday=monday)
    AssignmentFactory(slot__centre=nievre, slot__monday=monday + WEEK, slot__place=2, doctor__email="")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + 20 * WEEK)
    assert "Prévenir 2 médecins" in words(central, GRID)
    assert "Prévenir 1 médecin " in words(central, f"{GRID}?departement=23")
    assert "Prévenir 3 médecins" in words(central, f"{GRID}liste/")
    assert "Prévenir 2 médecins" in words(central, f"{GRID}liste/?centre={ajain.pk}", **{"HX-Request": "true"})


def test_the_rota_counts_one_s_own_centres_only(signed_in, member, ajain, nievre, roy, monday):
    AssignmentFactory(slot__centre=nievre, slot__monday=monday, doctor__email="")
    assert "Prévenir 1 médecin " in words(signed_in(member("coordinator", ajain)), GRID)
    assert "1 appel à passer" in words(signed_in(member("coordinator", nievre)), GRID)
    assert "Prévenir" not in words(signed_in(member("finance")), GRID)


def test_nobody_to_tell_is_said(central, roy):
    lines, _ = listed(central)
    press(central, lines)
    assert "Tous les médecins confirmés sont prévenus" in words(central, GRID)
    assert "Tous les médecins confirmés de ces semaines sont prévenus." in words(central, TELL)


def test_the_list_is_exact_and_the_button_counts(central, ajain, nievre, roy, monday):
    AssignmentFactory(slot__centre=nievre, slot__monday=monday + 2 * WEEK, doctor=roy.doctor)
    lines, pressed = listed(central)
    assert (len(lines), pressed) == (2, ["Prévenir 1 médecin"])
    assert listed(central, f"centre={ajain.pk}") == ([f"{roy.pk}:{telling.mark(roy)}"], ["Prévenir 1 médecin"])
    assert "Dr Zoé Roy Ajain du" in words(central, f"{TELL}?centre={ajain.pk}")
    assert "zoe@example.org" in words(central, TELL)


def test_who_has_no_address_is_to_be_called(central, roy, ajain, monday):
    doctor = DoctorFactory(first_name="Luc", last_name="Aubry", email="", phone="06 39 98 00 01")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, doctor=doctor)
    page = central.get(TELL).content.decode()
    assert (len(listed(central)[0]), re.findall(r'href="(tel:[^"]+)"', page)) == (1, ["tel:+33-6-39-98-00-01"])
    assert "À appeler\u00a0: 1 semaine sans adresse e-mail" in words(central, TELL)


def test_a_coordinator_reads_addresses_a_month_around(signed_in, member, ajain, roy, monday):
    client = signed_in(member("coordinator", ajain))
    assert "zoe@example.org" in words(client, TELL)
    Assignment.objects.all().delete()
    AssignmentFactory(slot__centre=ajain, slot__monday=monday + 8 * WEEK, doctor=roy.doctor)
    said = words(client, TELL)
    assert ("zoe@example.org" in said, "connue, visible 30 jours avant" in said) == (False, True)
    assert len(listed(client)[0]) == 1


def test_pressing_writes_each_mail_once_and_says_when_they_leave(central, roy, settings):
    settings.MESSAGE_DELAY_SECONDS = 600
    lines, _ = listed(central)
    answer = press(central, lines)
    mail = OutgoingMessage.objects.get()
    local = timezone.localtime(mail.due_at)
    said = f"1 mail part à {local.hour}\u00a0h\u00a0{local:%M}"
    assert said in html.unescape(answer.content.decode())
    again = press(central, lines)
    assert "Un mail n’a pas été écrit\u00a0: Dr Zoé Roy (Ajain) a été prévenu entre-temps." in again.content.decode()
    assert OutgoingMessage.objects.count() == 1


def test_what_changed_is_said_and_the_others_are_written(central, roy, nievre, monday):
    other = AssignmentFactory(slot__centre=nievre, slot__monday=monday + WEEK)
    lines, _ = listed(central)
    Assignment.objects.filter(pk=roy.pk).update(version=2, last_day=roy.first_day)
    answer = press(central, lines).content.decode()
    assert "Dr Zoé Roy (Ajain) a changé depuis que vous avez ouvert la page." in answer
    assert [mail.recipient for mail in OutgoingMessage.objects.all()] == [other.doctor.email]


def test_taken_back_until_they_leave(central, roy):
    gesture = press(central, listed(central)[0]).context["gesture"]
    answer = central.post(f"{TELL}{gesture.pk}/", follow=True)
    assert ("Un mail est annulé." in answer.content.decode(), OutgoingMessage.objects.get().state) == (
        True,
        "cancelled",
    )
    assert len(listed(central)[0]) == 1
    late = central.post(f"{TELL}{gesture.pk}/")
    assert (late.status_code, "ne peut plus être arrêté" in late.content.decode()) == (409, True)


def test_a_gesture_is_its_author_s(central, roy, signed_in, member):
    gesture = press(central, listed(central)[0]).context["gesture"]
    other = signed_in(member("logistics"))
    assert [other.get(f"{TELL}{gesture.pk}/").status_code, other.post(f"{TELL}{gesture.pk}/").status_code] == [404, 404]


def test_a_centre_that_is_no_longer_one_s_own_is_not_taken_back(signed_in, member, ajain, nievre, roy):
    user = member("coordinator", ajain)
    client = signed_in(user)
    gesture = press(client, listed(client)[0]).context["gesture"]
    user.memberships.get().centres.set([nievre])
    assert client.post(f"{TELL}{gesture.pk}/").status_code == 403
    assert OutgoingMessage.objects.get().state == "pending"


def test_another_centre_s_line_writes_nothing(signed_in, member, nievre, roy):
    client = signed_in(member("coordinator", nievre))
    press(client, [f"{roy.pk}:{telling.mark(roy)}"])
    assert OutgoingMessage.objects.count() == 0


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"medecin": "x:1"},
        {"medecin": f"{10**30}:1"},
        {"medecin": "-1:a"},
        {"medecin": [f"{n}:a" for n in range(201)]},
        {"medecin": "1:a", "centre": "1"},
    ],
    ids=str,
)
def test_what_the_page_never_posts_is_a_bad_request(posted, central):
    assert central.post(TELL, posted).status_code == 400


def test_two_hundred_at_once_then_the_rest(central, monday):
    for _ in range(202):
        AssignmentFactory(slot__centre=CentreFactory(capacity=False), slot__monday=monday)
    lines, pressed = listed(central)
    assert (len(lines), pressed) == (200, ["Prévenir 200 médecins"])
    assert "200 mails\u202f; 2 autres ensuite" in words(central, TELL)


@pytest.mark.parametrize("rows", [1, 30])
def test_four_queries(rows, central, monday, django_assert_num_queries):
    for _ in range(rows):
        AssignmentFactory(slot__monday=monday + WEEK)
        AssignmentFactory(slot__monday=monday, doctor__email="")
    with django_assert_num_queries(4):
        central.get(TELL)


@pytest.mark.parametrize("rows", [1, 30])
def test_seven_queries_to_read_what_was_written(rows, central, monday, django_assert_num_queries):
    for _ in range(rows):
        AssignmentFactory(slot__monday=monday + WEEK)
    address = press(central, listed(central)[0]).request["PATH_INFO"]
    with django_assert_num_queries(7):
        central.get(address)
