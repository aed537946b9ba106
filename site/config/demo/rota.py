"""The demo's rota around today: the past held, the coming weeks nearly full, then options and holes."""

import random
from datetime import date, datetime, timedelta

from django.utils import timezone

from directory import book, public, weeks
from directory.models import Centre, Doctor
from directory.models.book import Source
from rotas import slots
from rotas.duty import write_duty_days
from rotas.models import Assignment, Closure, Slot
from rotas.moves import OPTION_HOURS

WEEKS_PAST, WEEKS_AHEAD = 56, 40
NOTES = ["arrive dimanche soir", "vient en train", "avec son chien"]


def make_rota(centres: list[Centre], doctors: list[Doctor]) -> None:
    """Places 24 months ahead, a closure a year, and who holds what, in one gesture of the book."""
    today = weeks.today()
    entry = book.open_entry(by=None, verb="demo", reason="Démonstration", source=Source.CLOCK)
    for number, centre in enumerate(centres):
        slots.make_slots(centre, today - WEEKS_PAST * weeks.WEEK, today + slots.HORIZON_WEEKS * weeks.WEEK)
        entry.made(_close_a_week(number, centre))
    rows = _fill(doctors)
    Assignment.objects.bulk_create(rows, batch_size=500)
    for start in range(0, len(rows), 500):
        write_duty_days(rows[start : start + 500])
    for row in rows:
        entry.made(row)
    entry.close()
    public.bump()


def _close_a_week(number: int, centre: Centre) -> Closure:
    """One week a year, spread over the coming months."""
    monday = weeks.monday_of(weeks.today()) + (3 + number * 5 % 30) * weeks.WEEK
    return Closure.objects.create(centre=centre, monday=monday, reason="Fermeture annuelle")


def _fill(doctors: list[Doctor]) -> list[Assignment]:
    """For each open place of the demo's span somebody or nobody; nobody twice a week."""
    first = weeks.monday_of(weeks.today()) - WEEKS_PAST * weeks.WEEK
    last = weeks.monday_of(weeks.today()) + WEEKS_AHEAD * weeks.WEEK
    by_week: dict[date, list[Slot]] = {}
    for slot in Slot.objects.between(first, last).open().order_by("monday", "centre", "place"):
        by_week.setdefault(slot.monday, []).append(slot)
    rows = []
    for monday, places in by_week.items():
        free = random.sample(doctors[1:], len(places))
        states = [_state((monday - weeks.monday_of(weeks.today())).days // 7) for _ in places]
        rows += [_assignment(*row) for row in zip(places, free, states, strict=True) if row[2]]
    return _give_the_account_a_stay(rows, doctors[0])


def _give_the_account_a_stay(rows: list[Assignment], doctor: Doctor) -> list[Assignment]:
    """The demo's doctor comes in two weeks."""
    stay = weeks.monday_of(weeks.today()) + 2 * weeks.WEEK
    mine = next((row for row in rows if row.first_day == stay and row.state == "confirmed"), None)
    if mine:
        mine.doctor = doctor
    return rows


def _state(weeks_ahead: int) -> str | None:
    """Confirmed in the past; the further ahead, the more options and holes."""
    if weeks_ahead <= 0:
        return "confirmed"
    confirmed, option = max(0.12, 0.97 - 0.04 * weeks_ahead), min(0.22, 0.03 + 0.02 * weeks_ahead)
    return random.choices(["confirmed", "option", None], [confirmed, option, max(0, 1 - confirmed - option)])[0]


def _assignment(slot: Slot, doctor: Doctor, state: str) -> Assignment:
    return Assignment(
        slot=slot,
        doctor=doctor,
        state=state,
        first_day=slot.monday,
        last_day=slot.monday + timedelta(days=6),
        note=random.choice(NOTES) if random.random() < 0.06 else "",
        option_expires_at=_deadline() if state == "option" else None,
    )


def _deadline() -> datetime:
    """Proposals made these last days: one in ten is past its time, the others have some left."""
    left = random.uniform(-1, 0) if random.random() < 0.1 else random.uniform(0.2, 1)
    return timezone.now() + left * timedelta(hours=OPTION_HOURS)
