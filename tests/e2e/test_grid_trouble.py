"""When saving does not go by itself: two people on a place, a lost session, a broken server, no network."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from rotas.models import Assignment
from tests.e2e.grid import Grid
from tests.factories.directory import PASSWORD, DoctorFactory
from tests.factories.rotas import AssignmentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
CONFIRMED = "Z. Lebrun✓ confirmé"


def held() -> list[str]:
    """The names of who stands somewhere."""
    return list(Assignment.objects.active().values_list("doctor__last_name", flat=True).order_by("slot"))


@pytest.fixture
def conflict(grid, holes, browser, live_server, sign_in, member):
    """Zoé Lebrun is being put where another browser has just put Ana Petit."""
    DoctorFactory(first_name="Ana", last_name="Petit")
    context = browser.new_context(base_url=live_server.url, locale="fr-FR", viewport={"width": 1280, "height": 900})
    other = context.new_page()
    sign_in(other, member("logistics", first_name="Claire", last_name="Roux"))
    Grid(other).at(holes[0]).type("petit").press("Enter").saved()
    context.close()
    grid.refused(409).at(holes[0]).type("lebr").press("Enter")
    expect(grid.page.locator("#verdict")).to_contain_text("Claire Roux a mis Dr Ana Petit ici il y a")
    return grid


def test_a_conflict_says_who_and_when_and_focus_stays_in_the_cell(conflict, holes):
    verdict = conflict.page.locator("#verdict")
    expect(verdict).to_contain_text("Ce qui est là\u00a0: Dr Ana Petit, confirmé.")
    expect(verdict.get_by_role("button")).to_have_text(["Garder son choix", "Mettre le mien", "Voir l’histoire"])
    conflict.shows(holes[0], "A. Petit✓ confirmé")
    assert (conflict.focused, conflict.page.locator("#who").input_value()) == ("who", "Zoé Lebrun")


def test_the_other_s_choice_is_kept(conflict, holes):
    conflict.press("Tab", "Enter")
    assert (conflict.focused, held()) == (f"s{holes[0].pk}", ["Petit"])
    conflict.equals_a_fresh_page()


def test_or_replaced(conflict, holes):
    conflict.press("Tab", "Tab", "Enter").shows(holes[0], CONFIRMED)
    conflict.equals_a_fresh_page()
    assert held() == ["Lebrun"]


def test_or_its_history_is_read_first(conflict):
    conflict.press("Tab", "Tab", "Tab", "Enter")
    expect(conflict.page.locator("#dialog")).to_contain_text("Dr Ana Petit confirmé")


def lose_session(page) -> None:
    """The server forgets who is signed in."""
    Session.objects.all().delete()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_in_again(page, email: str) -> None:
    """Fill the form of the window over the page."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def test_a_lost_session_is_opened_again_over_the_page_and_the_edit_is_done(grid, holes):
    grid.refused(401).at(holes[0]).type("lebr")
    expect(grid.page.locator("#choices [aria-selected=true] b")).to_have_text("Dr Zoé Lebrun")
    lose_session(grid.page)
    grid.press("Enter")
    sign_in_again(grid.page, "claire@example.org")
    grid.saved().shows(holes[0], CONFIRMED)
    assert (grid.focused, held()) == (f"s{holes[2].pk}", ["Lebrun"])
    grid.at(holes[1]).type("lebr").press("Enter").saved().equals_a_fresh_page()


def test_a_wrong_password_is_said_in_the_same_window(grid, holes):
    AssignmentFactory(slot=holes[0], state="option")
    grid.reload().refused(401)
    lose_session(grid.page)
    grid.at(holes[0]).press("Delete")
    sign_in_again(grid.page, "personne@example.org")
    expect(grid.page.locator(".entrance-form .notice-bad")).to_be_visible()
    sign_in_again(grid.page, "claire@example.org")
    grid.saved()
    assert held() == []


def test_somebody_else_who_signs_in_gets_their_own_page(grid, holes, member):
    member("coordinator", holes[2].centre, email="nadia@example.org")
    AssignmentFactory(slot=holes[0], state="option")
    grid.reload().refused(401)
    lose_session(grid.page)
    grid.at(holes[0]).press("Delete")
    with grid.page.expect_navigation():
        sign_in_again(grid.page, "nadia@example.org")
    expect(grid.page.locator("td[data-v]")).to_have_count(2)
    assert len(held()) == 1


def test_a_token_that_another_window_renewed_is_renewed_here_without_a_word(grid, holes):
    grid.page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    grid.refused(403).at(holes[0]).type("lebr").press("Enter").saved().shows(holes[0], CONFIRMED)
    grid.at(holes[1]).type("lebr").press("Enter").saved().shows(holes[1], CONFIRMED)
    assert held() == ["Lebrun", "Lebrun"]


def test_leaving_the_window_keeps_the_edit_to_be_tried_again(grid, holes):
    grid.refused(401).at(holes[0]).type("lebr")
    expect(grid.page.locator("#choices [aria-selected=true] b")).to_have_text("Dr Zoé Lebrun")
    lose_session(grid.page)
    grid.press("Enter")
    grid.page.get_by_role("button", name="Continuer sans me connecter").click()
    grid.shows(holes[0], "⚠ Dr Zoé LebrunRéessayer")
    assert held() == []


def break_server(grid) -> None:
    """The server fails to save until further notice."""
    grid.page.route(
        "**/intranet/rotation/*/",
        lambda route: route.fulfill(status=500, body="") if route.request.method == "POST" else route.continue_(),
    )


def test_a_broken_server_keeps_the_text_and_tries_again(grid, holes):
    break_server(grid)
    grid.refused(500).at(holes[0]).type("lebr").press("Enter").shows(holes[0], "⚠ Dr Zoé LebrunRéessayer")
    expect(grid.page.locator("#alert")).to_have_text(
        "Le serveur n’a pas pu enregistrer. Votre saisie est gardée\u00a0: réessayez dans un moment."
    )
    grid.page.unroute("**/intranet/rotation/*/")
    grid.press("ArrowUp", "Enter")
    assert grid.page.locator("#who").input_value() == "Zoé Lebrun"
    grid.press("Tab", "Enter").saved().shows(holes[0], CONFIRMED).equals_a_fresh_page()


def test_what_failed_can_be_dropped(grid, holes):
    break_server(grid)
    grid.refused(500).at(holes[0]).type("lebr").press("Enter").shows(holes[0], "⚠ Dr Zoé LebrunRéessayer")
    grid.page.get_by_role("button", name="Revoir").click()
    grid.press("Escape").saved().equals_a_fresh_page()
    assert held() == []


def test_edits_wait_for_the_network(grid, holes):
    grid.at(holes[0]).type("lebr")
    expect(grid.page.locator("#choices [aria-selected=true] b")).to_have_text("Dr Zoé Lebrun")
    grid.page.context.set_offline(True)
    grid.press("Enter")
    expect(grid.page.locator("#saved span")).to_have_text("Hors ligne\u00a0: 1 modification en attente du réseau")
    assert held() == []
    grid.page.context.set_offline(False)
    grid.saved().equals_a_fresh_page()
    assert held() == ["Lebrun"]


def test_edits_are_saved_in_the_order_in_which_they_were_made(grid, holes):
    AssignmentFactory(slot=holes[2], doctor__first_name="Ana", doctor__last_name="Roy", state="option")
    grid.reload().at(holes[2]).press("Delete", "ArrowUp").type("roy").press("Enter").saved()
    assert list(Assignment.objects.active().values_list("slot", flat=True)) == [holes[0].pk]
