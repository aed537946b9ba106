"""The carnet's list: filters in the address, one fragment for htmx, the same queries whatever the number of rows."""

import re
from datetime import timedelta

import pytest

from directory import weeks
from directory.models import Centre, CentreLink, EmergencyLine, Practice, Professional
from tests.factories.carnet import CentreLinkFactory, PracticeFactory, ProfessionalFactory, StructureFactory
from tests.factories.directory import CentreFactory

pytestmark = pytest.mark.django_db
LIST = "/intranet/carnet/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def _entries(ajain):
    """Ajain: a cardiologist with room, confirmed, and a pharmacy. Nièvre: a paramedic. An archived one."""
    nievre = CentreFactory(name="Nièvre", opened_on=weeks.today())
    roy = ProfessionalFactory(last_name="Roy", first_name="Zoé")
    room = {"takes_new_patients": True, "confirmed_on": weeks.today() - timedelta(12)}
    CentreLinkFactory(centre=ajain, km=18, practice=PracticeFactory(professional=roy, **room))
    place = StructureFactory(kind="Pharmacie", name="Pharmacie du Marché")
    CentreLinkFactory(centre=ajain, km=2, practice=PracticeFactory(professional=None, structure=place, town=""))
    nurse = ProfessionalFactory(category="paramedical", specialty="Kinésithérapie", last_name="Vidal", first_name="Luc")
    CentreLinkFactory(centre=nievre, km=5, practice=PracticeFactory(professional=nurse))
    gone = ProfessionalFactory(last_name="Parti", first_name="Jean")
    CentreLinkFactory(centre=ajain, practice__professional=gone, practice__archived_on=weeks.today())


def named(client, asked="", **headers) -> list[str]:
    """Who is on each card, in order."""
    page = client.get(f"{LIST}?{asked}", headers=headers).content.decode()
    return re.findall(r'<a class="name"[^>]*>(.*?)</a>', page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["Pharmacie du Marché", "Luc Vidal", "Dr Zoé Roy"]),
        ("q=cardiolgue+gueret", ["Dr Zoé Roy"]),
        ("centre=0", ["Pharmacie du Marché", "Luc Vidal", "Dr Zoé Roy"]),
        ("categorie=structure", ["Pharmacie du Marché"]),
        ("categorie=paramedical", ["Luc Vidal"]),
        ("specialite=Cardiologie", ["Dr Zoé Roy"]),
        ("nouveaux=on", ["Dr Zoé Roy"]),
        ("a_verifier=on", ["Pharmacie du Marché", "Luc Vidal"]),
        ("archives=on", ["Dr Jean Parti"]),
        ("tri=-km", ["Dr Zoé Roy", "Luc Vidal", "Pharmacie du Marché"]),
        ("tri=confirmed_on", ["Pharmacie du Marché", "Luc Vidal", "Dr Zoé Roy"]),
        ("tri=-who&page=99&centre=x", ["Pharmacie du Marché", "Luc Vidal", "Dr Zoé Roy"]),
        ("q=%00%25&specialite=%22", ["Pharmacie du Marché", "Luc Vidal", "Dr Zoé Roy"]),
    ],
)
@pytest.mark.usefixtures("_entries")
def test_the_address_filters_and_sorts(asked, found, central):
    assert named(central, asked) == found


@pytest.mark.usefixtures("_entries")
def test_a_coordinator_sees_their_centre_first_and_only_it_on_demand(member, ajain, signed_in):
    client = signed_in(member("coordinator", ajain))
    assert named(client) == ["Pharmacie du Marché", "Dr Zoé Roy", "Luc Vidal"]
    assert named(client, "mes_centres=on") == ["Pharmacie du Marché", "Dr Zoé Roy"]
    nievre = Centre.objects.get(name="Nièvre")
    assert named(client, f"centre={nievre.pk}") == ["Luc Vidal"]


@pytest.mark.usefixtures("_entries")
def test_the_fragment_holds_the_page_s_own_answers_and_count(central):
    fragment, page = (central.get(LIST, headers=headers).content.decode() for headers in (HTMX, {}))
    start = fragment.index('<div id="reponses">')
    end = fragment.index('<p id="compte"')
    squeezed = ["".join(text.split()) for text in (fragment[start:end], page)]
    assert squeezed[1].count(squeezed[0]) == 1
    assert re.findall(r'id="compte" role="status" hx-swap-oob="innerHTML">(.*?)</p>', fragment) == ["3 réponses"]


@pytest.mark.usefixtures("_entries")
def test_phones_are_pressed_and_each_row_leads_to_its_entry(central):
    page = central.get(f"{LIST}?q=roy").content.decode()
    assert re.findall(r'class="button call" href="(.*?)"', page) == ["tel:+33-1-99-00-12-34"]
    assert set(re.findall(r"/intranet/carnet/(\d+)/", page)) == {str(Practice.objects.get(words__contains=" roy").pk)}


@pytest.mark.usefixtures("_entries")
def test_the_emergency_sheet_is_on_top_with_the_centre_s_own_lines(member, ajain, signed_in):
    EmergencyLine.objects.create(centre=ajain, kind="poison", phone="01 99 00 00 15")
    page = signed_in(member("doctor")).get(f"{LIST}?centre={ajain.pk}").content.decode()
    assert re.findall(r'href="tel:(.*?)"><b>', page) == ["15", "112", "114", "+33-1-99-00-00-15", "116117"]
    assert page.index('id="urgences"') < page.index('id="recherche"')


def test_who_only_reads_is_offered_no_gesture(member, ajain, signed_in):
    entry = CentreLinkFactory(centre=ajain).practice
    client = signed_in(member("doctor"))
    pages = [client.get(path).content.decode() for path in (LIST, f"{LIST}{entry.pk}/")]
    assert [re.findall("Ajouter une fiche|Corriger|Toujours exact|Archiver|Compléter", page) for page in pages] == [
        [],
        [],
    ]


def test_the_share_of_fresh_entries_is_said_for_each_centre(central, ajain):
    CentreLinkFactory(centre=ajain, practice__confirmed_on=weeks.today())
    CentreLinkFactory(centre=ajain)
    assert "50\u00a0%, 1 sur 2" in central.get(LIST).content.decode()


def fill(count: int, centre) -> None:
    """`count` entries of a centre."""
    people = ProfessionalFactory.build_batch(count)
    for person in people:
        person.keep_key()
    Professional.objects.bulk_create(people, batch_size=500)
    rows = [PracticeFactory.build(professional=person) for person in people]
    for row in rows:
        row.keep_words()
    Practice.objects.bulk_create(rows, batch_size=400)
    CentreLink.objects.bulk_create([CentreLink(practice=row, centre=centre) for row in rows], batch_size=500)


@pytest.mark.parametrize("rows", [30, 3000])
def test_nine_queries_whatever_the_number_of_entries(rows, central, ajain, django_assert_num_queries):
    fill(rows, ajain)
    with django_assert_num_queries(9):
        central.get(LIST)
    with django_assert_num_queries(10):
        answer = central.get(f"{LIST}?q=cardio+geret&centre={ajain.pk}", headers=HTMX)
    assert f"{rows} réponses" in answer.content.decode()


def test_fifty_entries_a_page(central, ajain):
    fill(52, ajain)
    assert (len(named(central)), len(named(central, "page=2"))) == (50, 2)
