"""Reads the centres for their public pages, and makes the pages that are missing."""

from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet

from directory import departments, public, weeks
from directory.models import Centre
from directory.models.centres import Phase
from rotas.public_status import Spell, statuses
from website.models import CentrePage, CentresIndexPage

WEEKS_SHOWN = 5


@dataclass(frozen=True)
class Row:
    """A centre of the list: where its page is (empty before there is one) and what this week holds."""

    centre: Centre
    path: str
    spell: Spell


@dataclass(frozen=True)
class Department:
    """A department of the list."""

    code: str
    name: str
    rows: list[Row]


def opened_today() -> QuerySet[Centre]:
    """The centres that receive patients."""
    return Centre.objects.filter(opened_on__lte=weeks.today()).exclude(phase=Phase.PREPARATION)


def by_department() -> list[Department]:
    """Every centre by department number, with its week: four queries for any number of centres."""
    centres = list(Centre.objects.in_reading_order())
    paths = {page.centre_id: page.path_on_site for page in CentrePage.objects.live().only("url_path", "centre")}
    care = statuses(centres, weeks.monday_of(weeks.today()), 1)
    rows = [Row(centre, paths.get(centre.pk, ""), care[centre.pk][0]) for centre in centres]
    rows.sort(key=lambda row: departments.sort_key(row.centre.department))
    return [
        Department(code, departments.NAMES.get(code, ""), list(found))
        for code, found in groupby(rows, key=lambda row: row.centre.department)
    ]


def coming_weeks(centre: Centre) -> list[Spell]:
    """This week and the next four."""
    return statuses([centre], weeks.monday_of(weeks.today()), WEEKS_SHOWN)[centre.pk]


@transaction.atomic
def make_missing_pages() -> list[CentrePage]:
    """Publish a page under the list for each centre that has none; returns the new ones. Never unpublishes."""
    index = CentresIndexPage.objects.select_for_update().first()
    if index is None:
        return []
    made = [_make_page(index, centre) for centre in Centre.objects.filter(page=None).in_reading_order()]
    if made:
        public.bump()
    return made


def _make_page(index: CentresIndexPage, centre: Centre) -> CentrePage:
    """The page of `centre`, published as it is."""
    page = CentrePage(title=centre.name, slug=centre.slug, centre=centre, show_in_menus=False)
    index.add_child(instance=page)
    page.save_revision().publish()
    return page
