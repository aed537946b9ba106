"""What is timed, on twenty centres of two places through a year: much more than the charity has today."""

from datetime import date, timedelta

from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from directory import weeks
from directory.models import Doctor
from directory.models.people import Role
from intranet.rota.cells import week_said
from rotas.duty import write_duty_days
from rotas.models import Assignment, Slot
from tests.bench import floors, urls
from tests.bench.door import Door
from tests.bench.harness import Figure, compare
from tests.factories.directory import CentreFactory, DoctorFactory, MembershipFactory
from website.jobs import make_centre_pages

CENTRES, PLACES = 20, 2


def prepare() -> int:
    """Twenty centres, this ISO year full but for one place in eight, pages published; returns the year."""
    year = timezone.localdate().isocalendar().year
    centres = [CentreFactory(name=f"Village de Sainte-{i:02d}", capacity=PLACES) for i in range(CENTRES)]
    mondays = weeks.mondays_of_year(year)
    Slot.objects.all().delete()
    Slot.objects.bulk_create(
        Slot(centre=centre, monday=monday, place=place)
        for centre in centres
        for monday in mondays
        for place in range(1, PLACES + 1)
    )
    doctors = DoctorFactory.build_batch(CENTRES * PLACES)
    for doctor in doctors:
        doctor.keep_sort_name()
    _fill(Doctor.objects.bulk_create(doctors), mondays)
    make_centre_pages()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what autovacuum does within the minute: plans are those of a lived-in database
    return year


def _fill(doctors: list[Doctor], mondays: list[date]) -> None:
    """Each doctor keeps a place of each week, but one place in eight stays open."""
    rows = []
    for monday in mondays:
        for number, slot in enumerate(Slot.objects.in_week(monday).order_by("pk")):
            if number % 8:
                sunday = monday + timedelta(days=6)
                rows.append(
                    Assignment(slot=slot, doctor=doctors[number], state="confirmed", first_day=monday, last_day=sunday)
                )
    Assignment.objects.bulk_create(rows, batch_size=500)
    write_duty_days(rows)


def grids(year: int) -> list[Figure]:
    """The year and the quarter, for someone who may edit all of it."""
    staff = Door(MembershipFactory(role=Role.LOGISTICS).user)
    spans = {
        "year_grid": (f"/intranet/rotation/?vue=annee&annee={year}", weeks.mondays_of_year(year)),
        "grid_13_weeks": (
            f"/intranet/rotation/?du={weeks.week_of(year, 20)}",
            weeks.mondays(weeks.week_of(year, 20), 13),
        ),
    }
    found = []
    for name, (address, mondays) in spans.items():
        said = {str(monday): week_said(monday) for monday in mondays}
        floor = floors.grid(staff.get(address), said, mondays[0], mondays[-1])
        found.append(compare(name, lambda address=address: staff.get(address), floor))
    return found


def pages() -> list[Figure]:
    """A centre's public page, from the cache and without it, over a bare view of the same bytes."""
    visitor, address = Door(), "/centres/village-de-sainte-00/"

    def uncached() -> bytes:
        caches["pages"].clear()
        return visitor.get(address)

    urls.BARE["body"] = uncached()
    bare = lambda: visitor.get("/intranet-nu/")  # noqa: E731 — as plain as what it measures
    return [
        compare("page_cached", lambda: visitor.get(address), bare, pairs=200),
        compare("page_uncached", uncached, bare, pairs=60),
    ]
