"""Editing the rota by keyboard alone: each gesture, its undo, and a page that stays what the server would show."""

import pytest
from playwright.sync_api import expect

from directory.models import OutgoingMessage
from directory.weeks import WEEK
from rotas.models import Assignment
from tests.factories.directory import DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
CONFIRMED = "Z. Lebrun✓ confirmé"


def held() -> list[tuple]:
    """Who stands where."""
    return list(Assignment.objects.active().values_list("slot", "doctor__last_name", "state").order_by("slot"))


def test_enter_confirms_and_moves_down(grid, holes):
    grid.at(holes[0]).type("lebr").press("Enter").saved().shows(holes[0], CONFIRMED)
    assert (grid.focused, held()) == (f"s{holes[2].pk}", [(holes[0].pk, "Lebrun", "confirmed")])
    grid.equals_a_fresh_page()


def test_what_was_chosen_shows_before_the_server_has_answered(grid, holes):
    slow = "**/intranet/rotation/*/"
    grid.page.route(slow, lambda route: (grid.page.wait_for_timeout(600), route.continue_()))
    grid.at(holes[0]).type("lebr").press("Enter").shows(holes[0], CONFIRMED)
    assert grid.page.locator("#saved span").inner_text() == "Enregistrement…"
    expect(grid.page.locator(f"#s{holes[0].pk}")).to_have_class("sure saved")
    expect(grid.page.locator(f"#s{holes[0].pk}")).to_have_class("sure")
    assert grid.page.locator("#saved span").inner_text().startswith("Tout est enregistré, ")


def test_tab_confirms_and_moves_right(grid, holes):
    grid.at(holes[0]).press("F2").type("zoe lebr").press("Tab").saved().shows(holes[0], CONFIRMED)
    assert grid.focused == f"s{holes[1].pk}"


def test_shift_and_enter_propose_then_enter_twice_confirm(grid, holes):
    grid.at(holes[0]).type("lebr").press("Shift+Enter").saved()
    assert held() == [(holes[0].pk, "Lebrun", "option")]
    grid.equals_a_fresh_page()
    grid.at(holes[0]).press("Enter", "Enter").saved().shows(holes[0], CONFIRMED)
    assert held() == [(holes[0].pk, "Lebrun", "confirmed")]


def test_escape_leaves_and_changes_nothing(grid, holes):
    grid.at(holes[0]).type("lebr").press("Escape")
    assert (grid.focused, held(), grid.page.locator("#editor").is_visible()) == (f"s{holes[0].pk}", [], False)


def test_enter_on_an_open_place_without_a_name_fills_nothing(grid, holes):
    grid.at(holes[0]).press("Enter", "Enter").saved()
    assert (grid.focused, held()) == (f"s{holes[2].pk}", [])


def test_delete_frees_and_control_z_takes_it_back(grid, holes):
    AssignmentFactory(slot=holes[0], doctor__first_name="Ana", doctor__last_name="Roy", state="option")
    grid.reload()
    grid.at(holes[0]).press("Delete").saved().shows(holes[0], "+\u00a0À pourvoir")
    assert grid.focused == f"s{holes[0].pk}"
    grid.press("Control+z").told("Votre geste est annulé.").shows(holes[0], "A. Roy? proposé")
    grid.press("Control+Shift+z").told("Votre geste est rétabli.").shows(holes[0], "+\u00a0À pourvoir")
    grid.equals_a_fresh_page()
    assert held() == []


def test_the_undo_of_the_message_is_one_tab_away(grid, holes):
    grid.at(holes[0]).type("lebr").press("Enter").saved().press("Tab", "Enter")
    grid.told("Votre geste est annulé.").shows(holes[0], "+\u00a0À pourvoir")
    assert (held(), OutgoingMessage.objects.get().state) == ([], "cancelled")


def test_control_z_stays_in_the_text_while_the_editor_is_open(grid, holes):
    grid.at(holes[0]).type("lebr").press("Enter").saved()
    grid.type("xy").press("Control+z")
    assert (held(), grid.focused) == ([(holes[0].pk, "Lebrun", "confirmed")], "who")


def test_who_was_told_is_only_called_off_with_who_and_why(grid, holes):
    AssignmentFactory(slot=holes[0])
    grid.reload()
    grid.refused(422).at(holes[0]).press("Delete")
    expect(grid.page.locator("#dialog")).to_be_visible()
    grid.press("Space", "Tab", "Space", "Tab", "Tab", "Enter").saved().shows(holes[0], "+\u00a0À pourvoir")
    assert list(Assignment.objects.values_list("state", "cancelled_by", "cancel_reason")) == [
        ("cancelled", "doctor", "unavailable")
    ]


def test_a_press_before_the_list_has_come_waits_for_it(grid, holes):
    DoctorFactory(first_name="Axel", last_name="Zurich")
    grid.page.route("**/?q=zur*", lambda route: (grid.page.wait_for_timeout(400), route.continue_()))
    grid.at(holes[0]).type("zur").press("Enter").saved().shows(holes[0], "A. Zurich✓ confirmé")
    assert held() == [(holes[0].pk, "Zurich", "confirmed")]


def test_who_is_busy_is_named_with_the_reason_and_not_taken(grid, holes):
    AssignmentFactory(slot=holes[2], doctor__first_name="Ana", doctor__last_name="Roy")
    grid.reload()
    grid.at(holes[0]).type("roy").press("Enter")
    expect(grid.page.locator("#verdict")).to_contain_text("Dr Ana Roy\u00a0:")
    expect(grid.page.locator("#verdict")).to_contain_text("Nièvre")
    assert (grid.focused, held()) == ("who", [(holes[2].pk, "Roy", "confirmed")])


def test_the_next_hole_and_the_history(grid, holes):
    grid.at(holes[0]).press("n")
    assert grid.focused == f"s{holes[2].pk}"
    grid.at(holes[0]).type("lebr").press("Enter").saved().at(holes[0]).press("h")
    expect(grid.page.locator("#dialog")).to_contain_text("Dr Zoé Lebrun")
    grid.press("Escape")
    assert grid.focused == f"s{holes[0].pk}"


def test_a_closed_week_says_so_and_opens_nothing(grid, holes):
    ClosureFactory(centre=holes[0].centre, monday=holes[0].monday)
    grid.reload()
    grid.at(holes[0]).press("Enter").told(
        "Ce centre est fermé cette semaine-là. Alt et Entrée ouvrent sa page, où la semaine se rouvre."
    )
    assert grid.page.locator("#editor").is_visible() is False


def test_shortcuts_of_one_letter_can_be_switched_off(grid, holes):
    grid.at(holes[0]).press("?")
    grid.page.get_by_label("Raccourcis d’une seule touche").uncheck()
    grid.press("Escape", "n")
    assert (grid.focused, grid.page.locator("#who").input_value()) == ("who", "n")


def test_a_name_fills_the_selection_in_one_gesture(grid, holes, monday):
    grid.at(holes[0]).press("Shift+ArrowRight").type("lebr").press("Control+Enter").saved()
    grid.shows(holes[0], CONFIRMED).shows(holes[1], CONFIRMED)
    grid.equals_a_fresh_page()
    grid.at(holes[0]).press("Control+z").shows(holes[0], "+\u00a0À pourvoir").shows(holes[1], "+\u00a0À pourvoir")
    assert held() == []


def test_names_are_pasted_from_a_spreadsheet_and_the_unknown_one_is_kept_in_sight(grid, holes):
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.page.evaluate("navigator.clipboard.writeText('Zoé Lebrun\\tPersonne Inconnue')")
    grid.at(holes[0]).press("Control+v").shows(holes[0], CONFIRMED).shows(holes[1], "⚠ Personne InconnueRéessayer")
    expect(grid.page.locator("#saved span")).to_have_text("1 modification à revoir")
    assert held() == [(holes[0].pk, "Lebrun", "confirmed")]


def test_copy_and_paste_carry_a_doctor_to_another_week(grid, holes, monday):
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.at(holes[0]).type("lebr").press("Tab").saved().press("ArrowLeft", "Control+c", "ArrowRight", "Control+v")
    grid.saved().shows(holes[1], CONFIRMED)
    assert grid.page.evaluate("navigator.clipboard.readText()") == "Dr Zoé Lebrun"


def test_control_a_then_delete_frees_nothing(grid, holes):
    AssignmentFactory(slot=holes[0], state="option")
    grid.reload()
    grid.at(holes[0]).press("Control+a", "Delete")
    grid.told("Rien n’est libéré\u00a0: choisissez d’abord moins de places.")
    assert len(held()) == 1


def test_a_place_outside_the_selection_keeps_its_week(grid, holes):
    other = SlotFactory(centre=holes[0].centre, monday=holes[1].monday + WEEK)
    grid.reload()
    grid.at(holes[0]).press("Shift+ArrowRight").type("lebr").press("Control+Enter").saved()
    assert [slot for slot, _, _ in held()] == [holes[0].pk, holes[1].pk]
    assert grid.shows(other, "+\u00a0À pourvoir").focused == f"s{holes[1].pk}"
