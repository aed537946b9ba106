"""An entry's page: read, corrected group by group, confirmed, pinned, archived, taken back; two people, one winner."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client

from directory import weeks
from directory.models import CentreLink, ChangeSet, EmergencyLine, Practice, Professional, Structure
from tests.factories.carnet import CentreLinkFactory, PracticeFactory, ProfessionalFactory, StructureFactory
from tests.factories.directory import CentreFactory
from tests.processes import together

HTMX = {"HX-Request": "true"}
REACH = {"phone": "05.36.49.20.11", "direct_line": "", "secure_mailbox": "", "mailbox_kind": ""}
pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(ajain) -> Practice:
    """Dr Zoé Roy, cardiologist of Guéret, as Ajain uses her."""
    person = ProfessionalFactory(last_name="Roy", first_name="Zoé")
    return CentreLinkFactory(centre=ajain, practice=PracticeFactory(professional=person)).practice


@pytest.fixture
def coordinator(member, ajain, signed_in) -> Client:
    """Paule, of Ajain."""
    return signed_in(member("coordinator", ajain, first_name="Paule", last_name="Petit"))


def at(entry: Practice, rest: str = "") -> str:
    return f"/intranet/carnet/{entry.pk}/{rest}"


def words(answer) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_a_correction_is_shown_normalised_with_its_story_and_undo(coordinator, entry):
    answer = coordinator.post(at(entry, "joindre/"), REACH | {"version": 1}, follow=True)
    assert "« Joindre » est corrigé." in words(answer)
    assert "Téléphone du secrétariat : 01 99 00 12 34 → 05 36 49 20 11 Paule Petit" in words(answer)
    undone = coordinator.post(f"/intranet/carnet/gestes/{ChangeSet.objects.get().pk}/annuler/", follow=True)
    assert ("Votre geste est annulé." in words(undone), Practice.objects.get().phone) == (True, "01 99 00 12 34")


@pytest.mark.parametrize("group", ["joindre", "adresser", "lieu", "qui", "distance/{}"])
def test_each_group_opens_in_place_and_the_fragment_is_the_page_s_own(group, coordinator, entry, ajain):
    path = at(entry, f"{group.format(ajain.pk)}/")
    fragment, page = (coordinator.get(path, headers=headers).content.decode() for headers in (HTMX, {}))
    start = fragment.index('<header id="identite"')
    squeezed = ["".join(re.sub(r'value="\w{64}"', "", text).split()) for text in (fragment[start:], page)]
    assert squeezed[1].count(squeezed[0]) == 1
    assert fragment.count('name="version"') == page.count('name="version"')


def test_a_stale_correction_shows_both_values_and_can_be_sent_again(coordinator, entry):
    Practice.objects.update(phone="01 99 00 55 55", version=2)
    answer = coordinator.post(at(entry, "joindre/"), REACH | {"version": 1})
    assert (answer.status_code, Practice.objects.get().phone) == (409, "01 99 00 55 55")
    said = "Téléphone du secrétariat : dans Relais « 01 99 00 55 55 », vous « 05 36 49 20 11 »."
    assert (said in words(answer), "Mettre le mien" in words(answer)) == (True, True)
    coordinator.post(at(entry, "joindre/"), REACH | {"version": 2})
    assert Practice.objects.get().phone == "05 36 49 20 11"


@pytest.mark.parametrize(
    ("group", "fields", "said"),
    [
        ("joindre", {"secure_mailbox": "186057800100123@patient.mssante.fr"}, "Messagerie d’un patient"),
        ("joindre", {"secure_mailbox": "x"}, "Saisissez une adresse"),
        ("adresser", {"delay": "", "note": "Mme Dupont, patiente suivie pour un cancer"}, "données de patient"),
        ("adresser", {"delay": "a" * 61, "note": ""}, "60 caractères"),
        ("lieu", {"address": "", "postcode": "2300", "town": ""}, "cinq chiffres"),
        ("qui", {"category": "specialist", "specialty": "", "last_name": "Roy"}, "Champ requis"),
    ],
)
def test_a_refused_correction_says_why_and_keeps_what_was_typed(group, fields, said, coordinator, entry):
    given = (REACH if group == "joindre" else {}) | fields | {"version": 1}
    answer = coordinator.post(at(entry, f"{group}/"), given)
    assert (answer.status_code, said in words(answer), ChangeSet.objects.count()) == (422, True, 0)
    longest = max(fields.values(), key=len)
    assert longest in answer.content.decode()


@pytest.mark.parametrize(
    "fields", [{}, {"version": ""}, {"version": "1", "role": "x"}, {"version": "-1"}, {"version": "9" * 30}]
)
def test_a_forged_or_versionless_correction_is_refused(fields, coordinator, entry):
    answers = [coordinator.post(at(entry, path), fields | extra) for path, extra in FORGED.items()]
    assert ([answer.status_code for answer in answers], ChangeSet.objects.count()) == ([400, 400], 0)


FORGED = {"joindre/": {"phone": "1"}, "": {"geste": "confirmer"}}


def test_no_column_outside_the_form_s_own_changes(coordinator, entry):
    for name in ("archived_on", "confirmed_on", "structure", "words", "centre", "pinned", "key"):
        assert coordinator.post(at(entry, "joindre/"), REACH | {"version": 1, name: "1"}).status_code == 400
    assert ChangeSet.objects.count() == 0


def test_still_right_then_pinned_then_no_longer(coordinator, entry, ajain):
    assert "est confirmée aujourd’hui" in words(press(coordinator, entry, 1, "confirmer"))
    assert "épinglé en tête de la liste de Ajain" in words(press(coordinator, entry, 2, "epingler", centre=ajain.pk))
    assert (Practice.objects.get().confirmed_on, CentreLink.objects.get().pinned) == (weeks.today(), True)
    press(coordinator, entry, 3, "detacher", centre=ajain.pk)
    assert CentreLink.objects.get().pinned is False


def press(client, entry, version: int, kind: str, **fields):
    """One button of an entry."""
    return client.post(at(entry), {"geste": kind, "version": version, **fields}, follow=True)


def test_a_stale_button_answers_409_and_an_unknown_one_400(coordinator, entry):
    answers = [press(coordinator, entry, version, kind) for version, kind in ((7, "confirmer"), (1, "détruire"))]
    assert ([answer.status_code for answer in answers], ChangeSet.objects.count()) == ([409, 400], 0)


def test_the_central_team_archives_and_brings_back_coordinators_do_not(central, coordinator, entry):
    assert press(coordinator, entry, 1, "archiver").status_code == 403
    assert "archivée le" in words(press(central, entry, 1, "archiver"))
    assert coordinator.get(at(entry, "joindre/")).status_code == 403
    press(central, entry, 2, "retablir")
    assert Practice.objects.get().archived_on is None


def test_a_centre_that_lets_an_entry_go_no_longer_edits_it(coordinator, entry, ajain):
    answer = press(coordinator, entry, 1, "retirer", centre=ajain.pk)
    assert ("Ajain n’utilise plus la fiche de Dr Zoé Roy." in words(answer), CentreLink.objects.count()) == (True, 0)
    assert press(coordinator, entry, 2, "confirmer").status_code == 403
    coordinator.post(f"/intranet/carnet/gestes/{ChangeSet.objects.get().pk}/annuler/")
    assert CentreLink.objects.get().centre == ajain


@pytest.mark.parametrize("centre", ["0", "x", "9" * 30])
def test_a_pin_for_another_centre_is_refused(centre, coordinator, entry):
    nievre = CentreFactory(name="Nièvre")
    answers = [press(coordinator, entry, 1, "epingler", centre=pk).status_code for pk in (centre, nievre.pk)]
    assert answers == [403, 403]


def test_a_distance_is_typed_as_people_write_it(coordinator, entry, ajain):
    path = at(entry, f"distance/{ajain.pk}/")
    answer = coordinator.post(path, {"version": 1, "km": "12,5"}, follow=True)
    assert ("Ajain : 12,5 km" in words(answer), CentreLink.objects.get().km) == (True, Decimal("12.5"))
    refused = [coordinator.post(path, {"version": 2, "km": km}).status_code for km in ("-1", "501", "1e9", "x", "NaN")]
    assert (refused, CentreLink.objects.get().km) == ([422] * 5, Decimal("12.5"))


def test_somebody_else_s_gesture_is_not_mine_to_undo(central, coordinator, entry):
    press(central, entry, 1, "confirmer")
    assert coordinator.post(f"/intranet/carnet/gestes/{ChangeSet.objects.get().pk}/annuler/").status_code == 404


def test_an_undo_after_somebody_worked_on_says_so(central, coordinator, entry):
    press(coordinator, entry, 1, "confirmer")
    first = ChangeSet.objects.get()
    central.post(at(entry, "joindre/"), REACH | {"version": 2})
    answer = coordinator.post(f"/intranet/carnet/gestes/{first.pk}/annuler/")
    assert (answer.status_code, "a changé depuis" in words(answer)) == (409, True)


NEW = {"specialty": "Pneumologie", "last_name": "Mercier", "first_name": "Luc", "town": "Montluçon", "km": "52"}


def test_a_new_entry_opens_on_its_page(coordinator, ajain):
    answer = coordinator.post("/intranet/carnet/nouvelle-fiche/", NEW | {"centre": ajain.pk}, follow=True)
    assert ("La fiche de Dr Luc Mercier est créée." in words(answer), answer.status_code) == (True, 200)
    again = coordinator.post("/intranet/carnet/nouvelle-fiche/", NEW | {"centre": ajain.pk})
    assert (again.status_code, "déjà dans le carnet" in words(again)) == (422, True)


def test_a_structure_alone_and_somebody_in_it(coordinator, ajain):
    place = {"structure_name": "CH de Montluçon", "town": "Montluçon", "centre": ajain.pk}
    for fields in ({"specialty": "Centre hospitalier"}, {"specialty": "Cardiologie", "last_name": "Roy"}):
        assert coordinator.post("/intranet/carnet/nouvelle-fiche/", place | fields).status_code == 302
    assert [model.objects.count() for model in (Structure, Professional, Practice)] == [2, 1, 2]


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"last_name": ""}, "Donnez le nom"), ({"secure_mailbox": "1@patient.mssante.fr"}, "Messagerie d’un patient")],
)
def test_a_new_entry_that_cannot_be_says_why(fields, said, coordinator, ajain):
    answer = coordinator.post("/intranet/carnet/nouvelle-fiche/", NEW | {"centre": ajain.pk} | fields)
    assert (answer.status_code, said in words(answer), Practice.objects.count()) == (422, True, 0)


def test_a_new_entry_is_for_one_of_one_s_own_centres(coordinator):
    answer = coordinator.post("/intranet/carnet/nouvelle-fiche/", NEW | {"centre": CentreFactory().pk})
    assert (answer.status_code, Practice.objects.count()) == (422, 0)


def test_an_emergency_line_is_completed_and_a_stale_one_keeps_what_was_typed(coordinator, ajain):
    path = f"/intranet/carnet/urgences/{ajain.pk}/"
    given = {"ligne": "poison", "version": 0, "phone": "0199000015", "detail": ""}
    assert coordinator.post(path, given).status_code == 302
    assert EmergencyLine.objects.get().phone == "01 99 00 00 15"
    answer = coordinator.post(path, given | {"phone": "0199000099"})
    assert (answer.status_code, 'value="01 99 00 00 99"' in answer.content.decode()) == (409, False)
    assert "0199000099" in answer.content.decode()


def test_eight_queries_for_an_entry_whatever_its_links(coordinator, entry, django_assert_num_queries):
    for _ in range(5):
        CentreLinkFactory(practice=entry)
    with django_assert_num_queries(8):
        coordinator.get(at(entry))


def correct(session: str, entry: int, phone: str) -> int:
    """The status of a correction sent by a browser that holds this session."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client.post(f"/intranet/carnet/{entry}/joindre/", REACH | {"version": 1, "phone": phone}).status_code


@pytest.mark.race
@pytest.mark.xdist_group("race")
@pytest.mark.django_db(transaction=True)
def test_of_many_people_on_one_entry_one_wins(central, entry):
    session = central.cookies[settings.SESSION_COOKIE_NAME].value
    answers = Counter(together(correct, [(session, entry.pk, f"01 99 00 00 {n:02d}") for n in range(20)]))
    assert (answers, Practice.objects.get().version) == ({302: 1, 409: 19}, 2)


def test_a_structure_s_entry_is_corrected_on_its_own_row(central, ajain):
    place = StructureFactory(kind="Pharmacie", name="Pharmacie du Marché")
    alone = PracticeFactory(professional=None, structure=place, town="")
    central.post(at(alone, "lieu/"), {"version": 1, "address": "", "postcode": "23300", "town": "La Souterraine"})
    assert (Structure.objects.get().town, Practice.objects.get().words) == (
        "La Souterraine",
        " pharmacie pharmacie du marche la souterraine 23300",
    )
