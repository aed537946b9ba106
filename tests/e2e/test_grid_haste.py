"""People in a hurry on the grid: keys faster than the network, pastes that fail in part, refusals that arrive late."""

import pytest
from playwright.sync_api import expect

from directory.models import ChangeSet
from rotas import actions
from rotas.models import Assignment, Slot
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
CONFIRMED = "Z. Lebrun✓ confirmé"
OPEN = "+\u00a0À pourvoir"
CHOICES, FILL = "**/?q=*", "**/intranet/rotation/remplir/"


def held() -> list[tuple]:
    """Who stands where."""
    return list(Assignment.objects.active().values_list("slot", "doctor__last_name").order_by("slot"))


def slow(grid, address: str, delay: int = 300) -> None:
    """Answers from this address take their time."""
    grid.page.route(address, lambda route: (grid.page.wait_for_timeout(delay), route.continue_()))


def paste(grid, text: str):
    """Paste a text in the cell in hand."""
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    return grid.press("Control+v")


@pytest.fixture
def roux(member):
    """Somebody else of the central team."""
    return member("logistics", first_name="Claire", last_name="Roux")


def test_names_typed_faster_than_the_list_comes_go_where_they_were_meant(grid, holes):
    DoctorFactory(first_name="Ana", last_name="Petit")
    slow(grid, CHOICES)
    grid.at(holes[0]).type("lebr").press("Enter").type("petitx").press("Backspace", "Enter")
    grid.shows(holes[2], "A. Petit✓ confirmé").equals_a_fresh_page()
    assert held() == [(holes[0].pk, "Lebrun"), (holes[2].pk, "Petit")]


def test_a_key_pressed_twice_is_one_gesture(grid, holes):
    slow(grid, CHOICES)
    grid.at(holes[0]).type("lebr").press("Shift+Enter", "Shift+Enter").saved()
    assert (grid.focused, ChangeSet.objects.count()) == (f"s{holes[2].pk}", 1)


def test_a_name_that_was_refused_in_a_paste_is_tried_again_alone(grid, holes):
    paste(grid.at(holes[0]), "Zoé Lebrun\tLéa Faure").shows(holes[1], "⚠ Léa FaureRéessayer")
    DoctorFactory(first_name="Léa", last_name="Faure")
    grid.page.get_by_role("button", name="Réessayer").click()
    grid.shows(holes[1], "L. Faure✓ confirmé").equals_a_fresh_page()


def test_a_paste_that_failed_is_tried_again_whole_from_any_of_its_cells(grid, holes):
    grid.page.route(FILL, lambda route: route.fulfill(status=500, body=""))
    paste(grid.refused(500).at(holes[0]), "Zoé Lebrun\tZoé Lebrun").shows(holes[1], "⚠ Zoé LebrunRéessayer")
    grid.page.unroute(FILL)
    grid.page.locator(f"#s{holes[1].pk} .retry").click()
    grid.shows(holes[0], CONFIRMED).equals_a_fresh_page()


def test_a_good_paste_over_a_refused_one_leaves_nothing_to_be_reviewed(grid, holes):
    paste(grid.at(holes[0]), "Personne Inconnue").shows(holes[0], "⚠ Personne InconnueRéessayer")
    paste(grid, "Zoé Lebrun").shows(holes[0], CONFIRMED).equals_a_fresh_page()


def test_a_paste_on_a_place_still_being_saved_is_no_conflict_with_oneself(grid, holes):
    DoctorFactory(first_name="Ana", last_name="Petit")
    slow(grid, f"**/intranet/rotation/{holes[0].pk}/")
    grid.at(holes[0]).type("peti").press("Enter").shows(holes[0], "A. Petit✓ confirmé")
    paste(grid.press("ArrowUp"), "Zoé Lebrun").shows(holes[0], CONFIRMED).equals_a_fresh_page()


def test_a_hole_where_nothing_could_be_saved_still_counts(grid, holes):
    paste(grid.at(holes[0]), "Personne Inconnue").shows(holes[0], "⚠ Personne InconnueRéessayer")
    grid.at(holes[1]).type("lebr").press("Enter").shows(holes[1], CONFIRMED)
    expect(grid.page.locator(f"#s{holes[1].pk}")).to_have_class("sure saved")
    assert grid.page.locator(f"tr:has(#s{holes[0].pk}) td.end b").inner_text() == "1"


def test_a_conflict_read_later_then_left_shows_what_stands(grid, holes, roux):
    slow(grid, f"**/intranet/rotation/{holes[0].pk}/", 700)
    place = Slot.objects.get(pk=holes[0].pk)
    actions.assign(slot=place, doctor=DoctorFactory(first_name="Ana", last_name="Petit"), by=roux, version=1)
    grid.refused(409).at(holes[0]).type("lebr").press("Enter").shows(holes[0], CONFIRMED)
    grid.press("Enter").shows(holes[0], "⚠ Dr Zoé LebrunRéessayer").press("Escape")
    grid.at(holes[0]).press("Enter")
    expect(grid.page.locator("#verdict")).to_contain_text("Claire Roux a mis Dr Ana Petit ici")
    grid.press("Escape").shows(holes[0], "A. Petit✓ confirmé").equals_a_fresh_page()


def test_a_cancellation_asked_late_then_left_is_no_failure(grid, holes):
    AssignmentFactory(slot=holes[0])
    slow(grid, f"**/intranet/rotation/{holes[0].pk}/")
    grid.reload().refused(422).at(holes[0]).press("Delete", "ArrowRight").type("leb")
    grid.shows(holes[0], "⚠ Libérer la placeRéessayer").press("Escape").at(holes[0]).press("Enter")
    expect(grid.page.locator("#dialog")).to_be_visible()
    grid.press("Escape").equals_a_fresh_page()


def test_why_an_undo_was_not_done_is_seen_not_only_heard(grid, holes, roux):
    grid.at(holes[0]).type("lebr").press("Enter").saved()
    actions.release(slot=Slot.objects.get(pk=holes[0].pk), by=roux, version=2)
    grid.refused(409).press("Control+z")
    expect(grid.page.locator("#toast p")).to_contain_text("Claire Roux a retiré Dr Zoé Lebrun d’ici")
    expect(grid.page.locator("#toast [data-do=undo]")).to_be_hidden()
    grid.shows(holes[0], OPEN).equals_a_fresh_page()


def test_why_a_key_does_nothing_is_seen_not_only_heard(grid, holes):
    ClosureFactory(centre=holes[0].centre, monday=holes[0].monday)
    grid.reload().at(holes[0]).press("Enter")
    expect(grid.page.locator("#toast p")).to_contain_text("Ce centre est fermé cette semaine-là.")


def test_a_proposal_that_is_copied_is_proposed_again_and_tells_nobody(grid, holes):
    AssignmentFactory(slot=holes[0], doctor__first_name="Ana", doctor__last_name="Roy", state="option")
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.reload().at(holes[0]).press("Control+c", "ArrowRight", "Control+v").saved()
    grid.told("1\u00a0place modifiée.").equals_a_fresh_page()
    assert list(Assignment.objects.values_list("state", flat=True)) == ["option", "option"]


def test_what_a_paste_could_not_do_is_said_once(grid, holes):
    paste(grid.at(holes[0]), "Personne Inconnue\tZoé Lebrun")
    why = "Aucun médecin ne s’appelle «\u00a0Personne Inconnue\u00a0»\u00a0: vérifiez le nom."
    expect(grid.page.locator("#toast p")).to_contain_text(f"Vous pouvez annuler d’ici là. {why}")
    paste(grid.at(holes[2]), "Une Autre\tEncore Une").told("Rien n’a changé. 2 cases à revoir.")


def test_doctors_pasted_in_each_other_s_place_change_places(grid, holes):
    for slot, name in ((holes[0], "Roy"), (holes[2], "Sy")):
        AssignmentFactory(slot=slot, doctor__first_name="Ana", doctor__last_name=name, state="option")
    paste(grid.reload().at(holes[0]), "Ana Sy\nAna Roy").shows(holes[0], "A. Sy✓ confirmé")
    grid.equals_a_fresh_page()
    assert held() == [(holes[0].pk, "Sy"), (holes[2].pk, "Roy")]
