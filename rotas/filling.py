"""Fills or frees several places in one gesture: what can be is done, whatever the order, the rest is left and said."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from directory import book
from directory.models import ChangeSet, Doctor, User
from directory.refusals import Refusal
from directory.retrying import retried
from rotas import notices, rules
from rotas.models import Assignment, AssignmentState, Slot
from rotas.moves import Busy, Gesture, put_in, take_out, take_place


@dataclass(frozen=True)
class Wish:
    """A doctor for a place, or nobody, and the version of the place that the person read."""

    slot: Slot
    version: int
    doctor: Doctor | None


@dataclass(frozen=True)
class Filled:
    """What came of several wishes: the gesture (None: nothing changed), and why some were left, by slot id."""

    change_set: ChangeSet | None
    refused: dict[int, str]


@retried
@transaction.atomic
def fill(*, wishes: Sequence[Wish], by: User, state: str = AssignmentState.CONFIRMED) -> Filled:
    """Fill or free several places in one gesture. A wish that cannot be is left out and said; the others stand.

    A doctor who is only busy where another wish replaces them is no obstacle: two doctors may change places.
    """
    gesture, refused = Gesture(book.open_entry(by=by, verb="rotas.fill")), {}
    list(Slot.objects.filter(pk__in=[wish.slot.pk for wish in wishes]).locked())
    waiting = sorted(wishes, key=lambda wish: wish.slot.pk)
    while waiting:
        busy = [wish for wish in waiting if _is_busy([wish], state, gesture, refused)]
        if len(busy) == len(waiting):
            crossed = _crossed(busy)
            if not crossed or _is_busy(crossed, state, gesture, refused):
                break
            busy = [wish for wish in busy if wish not in crossed]
        waiting = busy
    return Filled(gesture.close(), refused)


def _is_busy(wishes: list[Wish], state: str, gesture: Gesture, refused: dict[int, str]) -> bool:
    """Grant all these wishes or none, and note why not; True when a doctor is elsewhere, which may not last."""
    kept = gesture.mark()
    try:
        with transaction.atomic():
            _grant(wishes, state, gesture)
    except Refusal as why:
        gesture.go_back(kept)
        if len(wishes) == 1:
            refused[wishes[0].slot.pk] = str(why)
        return isinstance(why, Busy)
    for wish in wishes:
        refused.pop(wish.slot.pk, None)
    return False


def _crossed(wishes: list[Wish]) -> list[Wish]:
    """Those of these wishes whose doctor stands where another of them wants somebody else, once a week. One query."""
    standing = Assignment.objects.active().filter(slot__in=[wish.slot.pk for wish in wishes])
    where = {(held.doctor_id, held.slot.monday): held.slot_id for held in standing.select_related("slot")}
    kept = list({(wish.doctor.pk, wish.slot.monday): wish for wish in reversed(wishes)}.values())
    while True:
        places = {wish.slot.pk for wish in kept}
        left = [wish for wish in kept if where.get((wish.doctor.pk, wish.slot.monday)) in places]
        if len(left) == len(kept):
            return kept
        kept = left


def _grant(wishes: list[Wish], state: str, gesture: Gesture) -> None:
    """All these wishes, first taking out whoever must change places with another."""
    for wish in wishes:
        take_place(wish.slot, wish.version, to_fill=wish.doctor is not None)
    if len(wishes) > 1:
        for wish in wishes:
            for held in wish.slot.holders:
                take_out(wish.slot, held, gesture)
    for wish in wishes:
        _put(wish, state, gesture)


def _put(wish: Wish, state: str, gesture: Gesture) -> None:
    """One wish in its taken place; who was told is never freed, nor merely proposed again, by the way."""
    slot = wish.slot
    told = notices.already_told(slot) if wish.doctor is None or state == AssignmentState.OPTION else []
    for held in told:
        if wish.doctor is None or held.doctor_id == wish.doctor.pk:
            raise Refusal(f"{held.doctor} a déjà été prévenu\u00a0: annulez sa semaine depuis sa case.")
    if wish.doctor is None:
        for held in slot.holders:
            take_out(slot, held, gesture)
        return
    mine = next((held for held in slot.holders if held.doctor_id == wish.doctor.pk), None)
    days = (mine.first_day, mine.last_day) if mine else rules.week_range(slot.monday)
    put_in(slot, wish.doctor, state, days, None, gesture)
