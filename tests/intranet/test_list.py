"""The list twin of the grid: the same weeks, sortable, and its fragment."""

import re

import pytest
from bs4 import BeautifulSoup

from directory.weeks import WEEK
from tests.factories.directory import CentreFactory, DoctorFactory
from tests.factories.rotas import AssignmentFactory, ClosureFactory, SlotFactory

pytestmark = pytest.mark.django_db
LIST = "/intranet/rotation/liste/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def weeks_of_two_centres(ajain, monday):
    """Ajain: held, open. Nièvre: closed, and a week of last month."""
    nievre = CentreFactory(name="Nièvre", department="58")
    AssignmentFactory(slot__centre=ajain, slot__monday=monday, doctor=DoctorFactory(first_name="Zoé", last_name="Roy"))
    SlotFactory(centre=ajain, monday=monday + WEEK)
    ClosureFactory(centre=SlotFactory(centre=nievre, monday=monday + 2 * WEEK).centre, monday=monday + 2 * WEEK)
    SlotFactory(centre=nievre, monday=monday - 4 * WEEK)


def lines(client, asked="", **headers):
    """Centre and state of each line."""
    page = client.get(f"{LIST}?{asked}", headers=headers).content.decode()
    return [
        (re.sub("<.*", "", centre), state)
        for centre, state in re.findall(r'data-label="Centre">(.*?)</td>.*?class="state \w+">\S+ (.*?)<', page)
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [("Ajain", "confirmé"), ("Ajain", "à pourvoir"), ("Nièvre", "fermé")]),
        ("etat=a-pourvoir", [("Ajain", "à pourvoir")]),
        ("departement=58", [("Nièvre", "fermé")]),
        ("tri=-centre", [("Nièvre", "fermé"), ("Ajain", "confirmé"), ("Ajain", "à pourvoir")]),
        ("etat=non-renseigne&du=2020-01-01", [("Nièvre", "non renseigné")]),
        (
            "page=99&tri=nimporte&du=x",
            [("Nièvre", "non renseigné"), ("Ajain", "confirmé"), ("Ajain", "à pourvoir"), ("Nièvre", "fermé")],
        ),
    ],
)
@pytest.mark.usefixtures("weeks_of_two_centres")
def test_the_address_filters_and_sorts(asked, found, central):
    assert lines(central, asked) == found


@pytest.mark.usefixtures("weeks_of_two_centres")
def test_up_to_a_week_holds_that_whole_week(central, monday):
    assert lines(central, f"au={monday + WEEK / 2}") == [("Ajain", "confirmé")]


@pytest.mark.usefixtures("weeks_of_two_centres")
def test_who_may_read_names_gets_them_with_a_link_to_the_place(central):
    page = central.get(LIST).content.decode()
    assert re.findall(r'data-label="Médecin">(.*?)</td>', page) == ["Dr Zoé Roy", "—", "—"]
    assert len(re.findall(r'<a href="/intranet/rotation/\d+/">Ouvrir', page)) == 3


@pytest.mark.usefixtures("weeks_of_two_centres")
def test_the_fragment_is_the_page_s_own_list_with_what_speaks_of_it(central):
    fragment, page = (BeautifulSoup(central.get(LIST, headers=h).content, "html.parser") for h in (HTMX, {}))
    apart = {part["id"]: part.extract() for part in fragment.select("[hx-swap-oob]")}
    del apart["around"]["hx-swap-oob"]
    squeezed = lambda part: re.sub(r'value="\w{64}"', "", "".join(str(part).split()))  # noqa: E731 — a token is never the same
    found = [squeezed(part) for part in (fragment.find(id="rota_list"), apart["around"])]
    assert found == [squeezed(page.find(id=name)) for name in ("rota_list", "around")]
    assert apart["rota_count"].text == "3 places"


def test_pages_and_fragments_are_never_mistaken_for_one_another(central):
    assert central.get(LIST).headers["Vary"] == "Cookie, HX-Request"


def test_an_empty_list_says_what_to_do_next(central):
    assert "Élargissez les dates" in central.get(f"{LIST}?etat=manquee").content.decode()


def test_fifty_lines_a_page(central, ajain, monday):
    for i in range(52):
        SlotFactory(centre=ajain, monday=monday + i * WEEK)
    assert (len(lines(central)), len(lines(central, "page=2"))) == (50, 2)
    assert "Page 1 sur 2" in central.get(LIST).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_seven_queries_whatever_the_number_of_rows(rows, central, monday, django_assert_num_queries):
    for _ in range(rows):
        AssignmentFactory(slot__monday=monday)
    with django_assert_num_queries(7):
        central.get(LIST)


@pytest.mark.parametrize("asked", ["per_page=-1", "per_page=99999999999999999999", "page=-1", "page=0", "page=x"])
@pytest.mark.usefixtures("weeks_of_two_centres")
def test_the_address_does_not_choose_how_long_a_page_is(central, asked):
    assert len(lines(central, asked)) == 3
