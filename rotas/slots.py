"""Makes the places of the weeks to come from each centre's capacity, so that a hole is a row before anyone fills it."""

from datetime import date

from django.db import transaction

from directory import public, weeks
from directory.models import Capacity, Centre
from rotas.models import Need, Slot

HORIZON_WEEKS = 104


def follow_capacity(sender, centre: Centre, **kwargs) -> None:
    """The centre's number of places changed: its coming weeks follow at once."""
    make_slots(centre, weeks.today(), weeks.today() + HORIZON_WEEKS * weeks.WEEK)


@transaction.atomic
def make_slots(centre: Centre, first: date, last: date) -> list[Slot]:
    """Make the missing places of `centre` from the week of `first` to that of `last`; returns the new ones.

    Future places beyond the capacity go when nobody ever stood in them; held ones stay, and show as one too many.
    """
    capacities = list(Capacity.objects.filter(centre=centre).order_by("since"))
    standing = set(
        Slot.objects.filter(centre=centre)
        .between(weeks.monday_of(first), weeks.monday_of(last))
        .values_list("monday", "place")
    )
    wanted, missing = set(), []
    for monday in weeks.mondays_between(first, last):
        for place, need in enumerate(_needs(capacities, monday), start=1):
            wanted.add((monday, place))
            if (monday, place) not in standing:
                missing.append(Slot(centre=centre, monday=monday, place=place, need=need))
    Slot.objects.bulk_create(missing, ignore_conflicts=True, batch_size=500)
    _drop_beyond_capacity(centre, standing - wanted)
    public.bump()
    keys = {(slot.monday, slot.place) for slot in missing}
    fresh = Slot.objects.filter(centre=centre, monday__in={monday for monday, _ in keys})
    return [slot for slot in fresh if (slot.monday, slot.place) in keys]


def _needs(capacities: list[Capacity], monday: date) -> list[Need]:
    """The need of each place of that week, required ones first; none before the first capacity."""
    ruling = [capacity for capacity in capacities if capacity.since <= monday]
    if not ruling:
        return []
    return [Need.REQUIRED] * ruling[-1].required + [Need.WANTED] * ruling[-1].wanted


def _drop_beyond_capacity(centre: Centre, extra: set[tuple[date, int]]) -> None:
    """Delete future places that the capacity no longer asks for and that nobody ever held."""
    for monday, place in extra:
        if monday > weeks.today():
            Slot.objects.filter(
                centre=centre, monday=monday, place=place, assignments=None, published=True
            ).delete()
