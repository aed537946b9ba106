"""Whatever an address asks, the pages around the rota answer, and lead back to the page that they come from."""

import re

import pytest

from tests.factories.rotas import AssignmentFactory, SlotFactory

pytestmark = pytest.mark.django_db
ODD = [
    "du=%00&centre=%00&departement=%00&etat=%00",
    "vue=liste&du=9999-12-31&au=0001-01-01",
    "vue=liste&du=0001-01-01&au=9999-12-31",
    "vue=annee&annee=%C2%B2",
    "vue=annee&annee=99999999999999999999",
    "vue=liste&vue=annee&du=31/12/2100&au=x",
    "sur=%00&semaine=%00&mes_centres=on",
    "centre=" + "9" * 4000,
]


@pytest.mark.parametrize("asked", ODD, ids=range(len(ODD)))
def test_no_address_breaks_a_page(asked, central, ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday)
    SlotFactory(centre=ajain, monday=monday, place=2)
    for page in ("prevenir/", "message/", "message/?sur=arrivees", "", "liste/"):
        address = f"/intranet/rotation/{page}{'&' if '?' in page else '?'}{asked}"
        assert (page, central.get(address).status_code) == (page, 200)
    assert central.post(f"/intranet/rotation/export.xlsx?{asked}").status_code == 200


@pytest.mark.parametrize(
    ("page", "asked"),
    [("/intranet/rotation/", "du={monday}&etat=propose"), ("/intranet/rotation/liste/", "du={monday}&centre={centre}")],
)
@pytest.mark.parametrize("around", ["prevenir", "message"])
def test_the_way_there_and_back_keeps_the_filters(page, asked, around, central, ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday)
    asked = asked.format(monday=monday, centre=ajain.pk)
    there = central.get(f"{page}?{asked}&page=3&tri=centre").content.decode()
    (link,) = re.findall(rf'href="(/intranet/rotation/{around}/[^"]*)"', there)
    back = central.get(link.replace("&amp;", "&")).content.decode()
    assert re.findall(r'<nav class="trail"[^>]*><a href="([^"]*)"', back) == [f"{page}?{asked}".replace("&", "&amp;")]


def test_a_visitor_of_coverage_is_offered_the_workbook_alone(member, signed_in, ajain, monday):
    AssignmentFactory(slot__centre=ajain, slot__monday=monday)
    page = signed_in(member("communication")).get("/intranet/rotation/").content.decode()
    offered = re.findall(r"Prévenir|Copier un message|Télécharger \(XLSX\)", page)
    assert offered == ["Télécharger (XLSX)"]
