"""Makes the places of the weeks to come from each centre's capacity, so that a hole is a row before anyone fills it.

What the clock makes by itself is not written in the book of changes: it follows from the capacities, which are, and
thousands of such lines would hide what people did.
"""

from datetime import date

from django.db import transaction
from django.db.models import F

from directory import book, public, weeks
from directory.models import Capacity, Centre
from directory.retrying import retried
from rotas.models import Assignment, Need, Slot

HORIZON_WEEKS = 104

Key = tuple[date, int]


def follow_capacity(sender, centre: Centre, entry: book.Entry | None = None, **kwargs) -> None:
    """The centre's number of places changed: its coming weeks follow at once, in the same gesture if there is one."""
    make_slots(centre, weeks.today(), weeks.today() + HORIZON_WEEKS * weeks.WEEK, entry=entry)


@retried
@transaction.atomic
def make_coming_slots(centre: Centre) -> int:
    """The places of `centre` for 24 months; returns how many were made, changed or dropped."""
    count = make_slots(centre, weeks.today(), weeks.today() + HORIZON_WEEKS * weeks.WEEK)
    if count:
        public.bump()
    return count


@transaction.atomic
def make_slots(centre: Centre, first: date, last: date, *, entry: book.Entry | None = None) -> int:
    """Have `centre` hold the places that its capacity asks for, from the week of `first` to that of `last`.

    Returns how many were made, changed or dropped: the caller then bumps the public stamp, last. With `entry` they
    are part of that gesture and are undone with it. From this week on the need of a place follows the capacity.
    Future places beyond it go when nobody ever stood in them; held ones stay, and show as one too many.
    """
    list(Centre.objects.filter(pk=centre.pk).locked())
    span = Slot.objects.filter(centre=centre).between(weeks.monday_of(first), weeks.monday_of(last))
    standing = {(slot.monday, slot.place): slot for slot in span.locked()}
    wanted = _wanted(centre, first, last)
    dropped = _drop([slot for key, slot in standing.items() if key not in wanted], entry)
    changed = _follow_need([(slot, wanted[key]) for key, slot in standing.items() if key in wanted], entry)
    made = Slot.objects.bulk_create(
        [
            Slot(centre=centre, monday=key[0], place=key[1], need=need)
            for key, need in wanted.items()
            if key not in standing
        ],
        batch_size=500,
    )
    for slot in made if entry else ():
        entry.made(slot)
    return len(made) + changed + dropped


def _wanted(centre: Centre, first: date, last: date) -> dict[Key, Need]:
    """The need of each place of these weeks, required ones first; none before the first capacity."""
    capacities = list(Capacity.objects.filter(centre=centre).order_by("since"))
    wanted = {}
    for monday in weeks.mondays_between(first, last):
        ruling = [capacity for capacity in capacities if capacity.since <= monday][-1:]
        for capacity in ruling:
            needs = [Need.REQUIRED] * capacity.required + [Need.WANTED] * capacity.wanted
            wanted |= {(monday, place): need for place, need in enumerate(needs, start=1)}
    return wanted


def _follow_need(places: list[tuple[Slot, Need]], entry: book.Entry | None) -> int:
    """Give standing places the need of their capacity; the weeks that are over keep theirs."""
    this_week = weeks.monday_of(weeks.today())
    count = 0
    for slot, need in places:
        if slot.monday >= this_week and slot.need != need:
            before = book.snapshot(slot)
            slot.need = need
            Slot.objects.filter(pk=slot.pk).update(need=need, version=F("version") + 1)
            if entry:
                entry.changed(slot, before)
            count += 1
    return count


def _drop(extra: list[Slot], entry: book.Entry | None) -> int:
    """Delete the future places among these that are published and that nobody ever held."""
    used = set(Assignment.objects.filter(slot__in=extra).values_list("slot_id", flat=True))
    dropped = [s for s in extra if s.monday > weeks.today() and s.published and s.pk not in used]
    if entry:
        for slot in dropped:
            entry.removed(slot, book.snapshot(slot))
    for start in range(0, len(dropped), 500):
        Slot.objects.filter(pk__in=[slot.pk for slot in dropped[start : start + 500]]).delete()
    return len(dropped)


def is_untouched(slot: Slot) -> bool:
    """True for a place that the clock made and that no gesture has touched."""
    return slot.version == 1 and not book.history(place_subject(slot.pk)).exists()


def place_subject(slot_id: int | str) -> str:
    """How the book, messages and reminders name a place, whoever holds it."""
    return f"rotas.slot:{slot_id}"


def week_subject(centre_id: int, monday: date | str) -> str:
    """How the book names a centre's week, which a closure concerns as a whole."""
    return f"rotas.week:{centre_id}:{monday}"
