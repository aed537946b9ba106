"""What the grid looks like to all: with assistive technology, on a phone, zoomed, in forced colours, on paper."""

import pytest
from playwright.sync_api import expect

from tests.e2e.grid import ADDRESS, Grid
from tests.factories.rotas import AssignmentFactory, ClosureFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %


def test_no_violation_with_the_editor_closed_and_open(grid, holes, assert_accessible):
    assert_accessible(grid.page)
    grid.at(holes[0]).type("lebr")
    expect(grid.page.locator("#choices [aria-selected=true]")).to_have_count(1)
    assert_accessible(grid.page)
    grid.press("Enter").saved()
    expect(grid.page.locator("#toast")).to_be_visible()
    assert_accessible(grid.page)


@pytest.mark.parametrize("key", ["?", "h"])
def test_no_violation_in_the_windows(key, grid, holes, assert_accessible):
    grid.at(holes[0]).press(key)
    expect(grid.page.locator("#dialog")).to_be_visible()
    assert_accessible(grid.page)


def test_no_violation_when_a_place_is_called_off_or_failed(grid, holes, assert_accessible):
    AssignmentFactory(slot=holes[0])
    grid.reload().refused(422).at(holes[0]).press("Delete")
    expect(grid.page.locator("#dialog")).to_be_visible()
    assert_accessible(grid.page)


def test_the_combobox_points_at_the_option_in_hand(grid, holes):
    grid.at(holes[0]).type("lebr")
    marked = grid.page.locator("#choices [aria-selected=true]")
    expect(marked).to_have_count(1)
    field = grid.page.get_by_role("combobox", name="Médecin, S")
    assert field.get_attribute("aria-activedescendant") == marked.get_attribute("id")
    grid.press("Escape")
    assert field.count() == 0


COVERED = """() => {
  const cell = document.activeElement;
  const { left, top, width, height } = cell.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return cell.contains(seen) ? [] : [seen?.className ?? "outside"];
}"""


def test_the_focused_cell_is_never_under_what_stays_in_sight(grid, holes):
    grid.page.set_viewport_size({"width": 800, "height": 560})
    grid.at(holes[0])
    covered = []
    for key in ["Control+End", "ArrowUp", "Home", "Control+Home", *["PageDown"] * 3, "Control+Home"]:
        covered += grid.press(key).page.evaluate(COVERED)
    assert covered == []


def overflow(page) -> int:
    """How many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("size", [PHONE, ZOOMED])
def test_a_small_screen_shows_a_week_at_a_time(size, grid, holes, assert_accessible):
    page = grid.page
    page.set_viewport_size(size)
    page.goto(ADDRESS)
    width = page.locator(".screens > section").first.bounding_box()["width"]
    page.locator(".turn").first.get_by_role("link", name="Semaine suivante").click()
    expect(page.locator("#semaine-2")).to_be_in_viewport(ratio=0.05)
    assert (overflow(page), width <= size["width"]) == (0, True)
    assert_accessible(page)


def test_a_card_of_the_phone_opens_its_place(grid, holes):
    grid.page.set_viewport_size(PHONE)
    grid.page.goto(ADDRESS)
    grid.page.locator("#semaine-2 .cards li").first.click()
    assert grid.page.url.endswith(f"/intranet/rotation/{holes[0].pk}/")


def test_what_one_touches_is_large_enough(grid, holes):
    grid.page.set_viewport_size(PHONE)
    grid.page.goto(ADDRESS)
    small = grid.page.evaluate(
        "[...document.querySelectorAll('.narrow a')].filter(a => a.getBoundingClientRect().height < 44).length"
    )
    assert small == 0


@pytest.mark.parametrize("width", [1280, 768, 640])
def test_the_page_is_never_wider_than_the_screen(width, grid, holes):
    grid.page.set_viewport_size({"width": width, "height": 800})
    assert overflow(grid.page) == 0


def test_forced_colours_outline_the_cell_in_hand(grid, holes):
    grid.page.emulate_media(forced_colors="active")
    grid.at(holes[0])
    style = "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; })()"
    assert grid.page.evaluate(style) == ["solid", "3px"]


@pytest.mark.parametrize(("wish", "moves"), [("no-preference", "rise"), ("reduce", "none")])
def test_nothing_moves_for_who_wants_no_motion(wish, moves, grid, holes):
    grid.page.emulate_media(reduced_motion=wish)
    grid.at(holes[0]).type("lebr").press("Enter").saved()
    toast = grid.page.locator("#toast")
    expect(toast).to_be_visible()
    assert toast.evaluate("(shown) => getComputedStyle(shown).animationName") == moves


@pytest.fixture
def paper(grid, holes, monday):
    """The grid as it is printed: a proposal, a confirmation, a closed week and a hole."""
    AssignmentFactory(slot=holes[0], state="option")
    AssignmentFactory(slot=holes[1])
    ClosureFactory(centre=holes[2].centre, monday=holes[2].monday)
    grid.reload().page.emulate_media(media="print")
    return grid.page


def test_paper_says_states_by_letter_who_printed_and_when(paper, holes):
    letter = "(id) => getComputedStyle(document.querySelector(`#s${id} > a`), '::before').content"
    assert [paper.evaluate(letter, slot.pk) for slot in holes] == ['"P"', '"C"', '"F"', '"☐"']
    assert "par Claire Martin" in paper.locator(".printed").inner_text()


def test_paper_is_black_on_white_with_heads_repeated_and_no_cut_line(paper):
    style = "(selector, name) => getComputedStyle(document.querySelector(selector))[name]"
    asked = [
        (".rota .open", "backgroundColor"),
        (".rota .open b", "color"),
        (".rota thead", "display"),
        (".rota tr", "breakInside"),
    ]
    assert [paper.evaluate(f"([s, n]) => ({style})(s, n)", list(one)) for one in asked] == [
        "rgb(255, 255, 255)",
        "rgb(0, 0, 0)",
        "table-header-group",
        "avoid",
    ]
    assert paper.locator(".side, .tools, .legend, .pills").first.is_visible() is False


def test_the_grid_without_script_is_a_table_of_links(browser, live_server, sign_in, member, holes):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, member("logistics"))
    page.goto(ADDRESS)
    assert (
        page.locator("[role=grid], #tools:visible, #editor:visible").count(),
        page.locator(".rota td a").count(),
    ) == (0, 4)
    context.close()


def test_a_double_click_opens_a_cell_and_the_mouse_chooses(grid: Grid, holes):
    grid.page.locator(f"#s{holes[0].pk}").dblclick()
    grid.type("lebr").page.locator("#choices li").first.click()
    grid.saved().shows(holes[0], "Z. Lebrun✓ confirmé")
    assert grid.focused == f"s{holes[0].pk}"
