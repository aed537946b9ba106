"""Reads what the public may know of the centres: which are open, and what their weeks hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from directory import departments, weeks
from directory.models import Centre
from directory.models.centres import Phase
from rotas.public_status import Spell, statuses

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


def by_department(paths: Mapping[int, str]) -> list[Department]:
    """Every centre by department number, with its week; `paths` gives the address of its page by centre id.

    Two queries for any number of centres.
    """
    centres = list(Centre.objects.in_reading_order())
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
