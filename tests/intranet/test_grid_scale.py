"""The grid's queries are the same with 3 and with 200 centres, each with two places and a year of weeks."""

from datetime import timedelta

import pytest

from directory import weeks
from directory.models import Centre, Doctor
from rotas.duty import write_duty_days
from rotas.models import Assignment, Closure, Slot
from tests.factories.directory import CentreFactory, DoctorFactory

pytestmark = pytest.mark.django_db
GRID = "/intranet/rotation/"


def fill(count: int) -> None:
    """`count` centres of two places for a year of weeks, a doctor in every third place, one week closed."""
    centres = Centre.objects.bulk_create(CentreFactory.build(slug=f"c{n}", capacity=False) for n in range(count))
    doctors = Doctor.objects.bulk_create(DoctorFactory.build_batch(2 * count))
    mondays = weeks.mondays_of_year(weeks.today().isocalendar().year)
    slots = [Slot(centre=one, monday=monday, place=n) for monday in mondays for one in centres for n in (1, 2)]
    Slot.objects.bulk_create(slots, batch_size=2000)
    held = [
        Assignment(
            slot=slot,
            doctor=doctors[number % len(doctors)],
            state="confirmed",
            first_day=slot.monday,
            last_day=slot.monday + timedelta(days=6),
        )
        for number, slot in enumerate(slots)
        if number % 3 == 0
    ]
    write_duty_days(Assignment.objects.bulk_create(held, batch_size=2000))
    Closure.objects.bulk_create(Closure(centre=one, monday=mondays[20], reason="Fermeture") for one in centres)


@pytest.mark.parametrize("centres", [3, 200])
def test_seven_queries_with_3_and_with_200_centres(centres, central, django_assert_num_queries):
    fill(centres)
    for address in (GRID, f"{GRID}?vue=annee"):
        with django_assert_num_queries(7):
            page = central.get(address).content.decode()
        assert page.count('<th scope="rowgroup"') == centres
