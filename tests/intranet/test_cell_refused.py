"""What a save refuses: a French sentence, nothing half done, never an error page."""

import pytest

from directory.models import ChangeSet, OutgoingMessage
from rotas.models import Assignment
from tests.factories.directory import CentreFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FORGED = "<p>Cette demande contient autre chose que ce que la page propose.</p>"


def press(client, slot, **fields):
    """The answer to a save, and that it wrote nothing."""
    before = (ChangeSet.objects.count(), Assignment.objects.count(), OutgoingMessage.objects.count())
    answer = client.post(f"/intranet/rotation/{slot.pk}/", fields, headers={**HTMX, "HX-Target": f"s{slot.pk}"})
    slot.refresh_from_db()
    after = (ChangeSet.objects.count(), Assignment.objects.count(), OutgoingMessage.objects.count())
    assert (after, slot.version) == (before, 1)
    return answer.status_code, answer.content.decode()


def verdict(sentence):
    return f'<p class="refused">{sentence}</p>'


@pytest.mark.parametrize("doctor", ["0", "-1", "abc", "9" * 30, "1e3", "١", "x" * 10_000])
def test_an_unknown_doctor(doctor, central, slot):
    answer = press(central, slot, geste="confirmer", version=1, doctor=doctor)
    assert answer == (422, verdict("Ce médecin n’existe pas."))


@pytest.mark.parametrize("doctor", [{}, {"doctor": ""}])
def test_no_doctor(doctor, central, slot):
    assert press(central, slot, geste="proposer", version=1, **doctor) == (422, verdict("Choisissez un médecin."))


def test_a_closed_week(central, slot, zoe):
    ClosureFactory(centre=slot.centre, monday=slot.monday)
    answer = press(central, slot, geste="confirmer", version=1, doctor=zoe.pk)
    said = "Ajain est fermé cette semaine-là\u00a0: rouvrez la semaine d’abord."
    assert answer == (422, verdict(said))


def test_a_doctor_who_is_elsewhere(central, slot, zoe):
    AssignmentFactory(doctor=zoe, slot__monday=slot.monday, slot__centre__name="L'Isle & <Nièvre>")
    status, body = press(central, slot, geste="confirmer", version=1, doctor=zoe.pk)
    assert (status, "Dr Zoé Roy est déjà à L&#x27;Isle &amp; &lt;Nièvre&gt; (" in body) == (422, True)


def test_a_free_place_is_not_freed(central, slot):
    assert press(central, slot, geste="liberer", version=1) == (422, verdict("Cette place est déjà libre."))


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ({}, "Cette demande ne dit pas quelle version de la place elle a lue\u00a0: rechargez la page."),
        ({"version": ""}, "Cette demande ne dit pas quelle version de la place elle a lue\u00a0: rechargez la page."),
        ({"version": "1;"}, "La version de la place n’est pas un nombre\u00a0: rechargez la page."),
    ],
)
def test_a_version_that_is_missing_or_senseless(version, said, central, slot, zoe):
    assert press(central, slot, geste="confirmer", doctor=zoe.pk, **version) == (422, verdict(said))


@pytest.mark.parametrize(
    "fields",
    [
        {"geste": "confirmer", "centre": "2"},
        {"geste": "confirmer", "by": "doctor"},
        {"geste": "liberer", "doctor": "1"},
        {"geste": "annuler", "note": "grippe"},
        {"geste": "fermer"},
        {"geste": "manquee"},
        {"geste": ["confirmer", "vendre"]},
        {},
    ],
)
def test_what_the_grid_does_not_send(fields, central, slot):
    assert press(central, slot, version=1, **fields) == (400, FORGED)


@pytest.mark.parametrize("role", ["coordinator", "direction", "finance", "administration"])
def test_the_place_of_another_centre_is_seen_not_changed(role, signed_in, member, slot, zoe):
    client = signed_in(member(role, CentreFactory()))
    status, body = press(client, slot, geste="confirmer", version=1, doctor=zoe.pk)
    assert (status, body.startswith("<p>Vo"), "<html" in body) == (403, True, False)


@pytest.mark.parametrize("role", ["communication", "writer", "pioneer", "doctor"])
def test_a_place_that_is_not_seen_does_not_exist(role, signed_in, member, slot, zoe):
    answer = press(signed_in(member(role)), slot, geste="confirmer", version=1, doctor=zoe.pk)
    assert answer == (404, "<p>Cette page n’existe pas, ou votre rôle ne l’ouvre pas.</p>")


def test_without_a_session_the_answer_is_401_and_nothing_moves(client, slot, zoe):
    status, body = press(client, slot, geste="confirmer", version=1, doctor=zoe.pk)
    assert (status, body) == (401, "<p>Votre session est finie\u00a0: connectez-vous à nouveau.</p>")


def test_a_search_of_ten_thousand_letters_is_answered(central, slot, zoe):
    address = f"/intranet/rotation/{slot.pk}/?q={'é' * 10_000}"
    answer = central.get(address, headers={**HTMX, "HX-Target": "choices"})
    assert (answer.status_code, answer.content.decode().strip()) == (
        200,
        '<li class="none" role="option" aria-disabled="true">'
        "Aucun médecin ne porte ce nom. Essayez avec moins de lettres.</li>",
    )
