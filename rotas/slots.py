"""Makes the places of the weeks to come from each centre's capacity, so that a hole is a row before anyone fills it."""

from datetime import date

from django.db import transaction
from django.db.models import F

from directory import book, public, weeks
from directory.models import Capacity, Centre, Change, ChangeSet
from directory.refusals import ChangedSince
from rotas.models import Assignment, Need, Slot

HORIZON_WEEKS = 104


def follow_capacity(sender, centre: Centre, entry: book.Entry | None = None, **kwargs) -> None:
    """The centre's number of places changed: its coming weeks follow at once, in the same gesture if there is one."""
    make_slots(centre, weeks.today(), weeks.today() + HORIZON_WEEKS * weeks.WEEK, entry=entry)


@transaction.atomic
def make_slots(centre: Centre, first: date, last: date, *, entry: book.Entry | None = None) -> list[Slot]:
    """Make the missing places of `centre` from the week of `first` to that of `last`; returns the new ones.

    With `entry`, what is made and dropped is part of that gesture and is undone with it.
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
    _drop_beyond_capacity(centre, standing - wanted, entry)
    public.bump()
    keys = {(slot.monday, slot.place) for slot in missing}
    fresh = Slot.objects.filter(centre=centre, monday__in={monday for monday, _ in keys})
    made = [slot for slot in fresh if (slot.monday, slot.place) in keys]
    for slot in made if entry else ():
        entry.made(slot)
    return made


def _needs(capacities: list[Capacity], monday: date) -> list[Need]:
    """The need of each place of that week, required ones first; none before the first capacity."""
    ruling = [capacity for capacity in capacities if capacity.since <= monday]
    if not ruling:
        return []
    return [Need.REQUIRED] * ruling[-1].required + [Need.WANTED] * ruling[-1].wanted


def _drop_beyond_capacity(centre: Centre, extra: set[tuple[date, int]], entry: book.Entry | None) -> None:
    """Delete future places that the capacity no longer asks for and that nobody ever held."""
    for monday, place in sorted(extra):
        if monday > weeks.today():
            key = {"centre": centre, "monday": monday, "place": place}
            for slot in Slot.objects.filter(**key, assignments=None, published=True):
                if entry:
                    entry.removed(slot, book.snapshot(slot))
                slot.delete()


def week_subject(centre_id: int, monday: date | str) -> str:
    """How the book names a centre's week, which a closure concerns as a whole."""
    return f"rotas.week:{centre_id}:{monday}"


def after_restore(changes: list[Change], change_set: ChangeSet) -> None:
    """After an undo: whoever read these places must read them again, and the public pages follow."""
    rows = [change.row for change in changes]
    for start in range(0, len(rows), 500):
        Slot.objects.filter(pk__in=rows[start : start + 500]).update(version=F("version") + 1)
    public.bump()


def closures_restored(changes: list[Change], change_set: ChangeSet) -> None:
    """After an undo: places of a week closed or opened again are read anew; a closed one expects nobody."""
    for change in changes:
        values = change.before or change.after
        week = Slot.objects.filter(centre=values["centre_id"], monday=values["monday"])
        week.update(version=F("version") + 1)
        held = Assignment.objects.active().filter(slot__in=week).select_related("slot__centre").first()
        if change.before and held:
            raise ChangedSince([f"un médecin est attendu à {held.slot.centre} cette semaine-là"])
    public.bump()
