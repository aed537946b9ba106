"""The gestures of the rota. Each is one transaction with its change set, its messages and the public stamp."""

from datetime import date

from django.db import transaction
from django.db.models import F

from directory import book, public, weeks
from directory.models import ChangeSet, Doctor, User
from directory.refusals import Refusal
from directory.retrying import retried
from rotas import rules
from rotas.models import Assignment, AssignmentState, Closure, Slot
from rotas.moves import Gesture, put_in, take_out, take_place


@retried
@transaction.atomic
def assign(
    *,
    slot: Slot,
    doctor: Doctor,
    by: User,
    version: int,
    state: str = AssignmentState.CONFIRMED,
    first_day: date | None = None,
    last_day: date | None = None,
    note: str | None = None,
    reason: str = "",
) -> Assignment:
    """Put `doctor` in `slot`, confirmed or proposed; whoever held those days leaves.

    Without a `note` the one that stands is kept. `version` is the slot's version that the person read. Raises Stale
    when it has moved, Refusal when the week is closed or the doctor is already on duty one of these days.
    """
    start, end = rules.week_range(slot.monday)
    days = first_day or start, last_day or end
    if why := rules.why_not_in_week(slot.monday, *days):
        raise Refusal(why)
    take_place(slot, version, to_fill=True)
    gesture = Gesture(book.open_entry(by=by, verb=f"rotas.{state}", reason=reason))
    assignment = put_in(slot, doctor, state, days, note, gesture)
    assignment.change_set = gesture.close()
    return assignment


@retried
@transaction.atomic
def release(*, slot: Slot, by: User, version: int, reason: str = "") -> ChangeSet:
    """Free a place: whoever holds it is no longer expected, and is told so if they had been told to come."""
    take_place(slot, version)
    return _empty(slot, Gesture(book.open_entry(by=by, verb="rotas.release", reason=reason)))


@retried
@transaction.atomic
def cancel(*, slot: Slot, by: User, version: int, cancelled_by: str, cancel_reason: str) -> ChangeSet:
    """Call off the week of whoever holds a place and counts on it: who did and why are kept, and they are told."""
    take_place(slot, version)
    gesture = Gesture(book.open_entry(by=by, verb="rotas.cancel"))
    return _empty(slot, gesture, cancelled_by=cancelled_by, cancel_reason=cancel_reason)


def _empty(slot: Slot, gesture: Gesture, **why: str) -> ChangeSet:
    """Take everyone out of a taken place."""
    if not slot.holders:
        raise Refusal("Cette place est déjà libre.")
    for assignment in slot.holders:
        take_out(slot, assignment, gesture, **why)
    return gesture.close()


@retried
@transaction.atomic
def close_week(*, slot: Slot, by: User, version: int, reason: str = "") -> Closure:
    """Close the centre of `slot` for its week, all places. Refused while somebody is expected there."""
    _take_week(slot, version)
    centre, monday = slot.centre, slot.monday
    if Assignment.objects.active().filter(slot__centre=centre, slot__monday=monday).exists():
        raise Refusal(f"Un médecin est attendu à {centre} cette semaine-là : libérez sa place d’abord.")
    entry = book.open_entry(by=by, verb="rotas.close_week", reason=reason)
    closure, created = Closure.objects.get_or_create(centre=centre, monday=monday, defaults={"reason": reason})
    if created:
        entry.made(closure)
    public.bump()
    closure.change_set = entry.close()
    return closure


@retried
@transaction.atomic
def reopen_week(*, slot: Slot, by: User, version: int, reason: str = "") -> ChangeSet:
    """Take a closure back: the places of the week of `slot` are to be filled again."""
    _take_week(slot, version)
    closure = Closure.objects.filter(centre=slot.centre, monday=slot.monday).first()
    if closure is None:
        raise Refusal(f"{slot.centre} n’est pas fermé cette semaine-là.")
    entry = book.open_entry(by=by, verb="rotas.reopen_week", reason=reason)
    entry.removed(closure, book.snapshot(closure))
    closure.delete()
    public.bump()
    return entry.close()


@retried
@transaction.atomic
def declare_missed(*, slot: Slot, by: User, version: int, reason: str = "") -> Slot:
    """Say of a past place that nobody came: until then it is « non renseigné », never counted as missed."""
    if slot.sunday >= weeks.today():
        raise Refusal("Cette semaine n’est pas finie : on ne peut pas encore la dire manquée.")
    take_place(slot, version)
    if Closure.objects.filter(centre=slot.centre_id, monday=slot.monday).exists():
        raise Refusal(f"{slot.centre} était fermé cette semaine-là\u00a0: elle n’est pas manquée.")
    if slot.holders:
        raise Refusal("Un médecin tenait cette place : libérez-la d’abord si c’est une erreur.")
    entry = book.open_entry(by=by, verb="rotas.declare_missed", reason=reason)
    before = book.snapshot(slot)
    slot.missed = True
    slot.save(update_fields=["missed"])
    entry.changed(slot, before)
    public.bump()
    slot.change_set = entry.close()
    return slot


def _take_week(slot: Slot, version: int) -> None:
    """`take_place` for all places of the week: who is filling one of them must read again.

    They are locked in one order first, so that two people who close from two places do not wait for each other.
    """
    week = Slot.objects.in_week(slot.monday).filter(centre=slot.centre_id)
    list(week.select_for_update().order_by("pk"))
    take_place(slot, version)
    week.exclude(pk=slot.pk).update(version=F("version") + 1)
