"""Who arrives in a week: the confirmed doctors of each centre, and whether they were there the week before."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from rotas.models import Assignment, AssignmentState, DutyDay


def arrivals(monday: date, centres: Iterable[int] | None = None) -> QuerySet[Assignment]:
    """Those confirmed in this week, by centre; `stays` tells who is already there the day before. One query."""
    before = DutyDay.objects.filter(
        doctor=OuterRef("doctor"),
        slot__centre=OuterRef("slot__centre"),
        date=monday - timedelta(days=1),
        assignment__state=AssignmentState.CONFIRMED,
    )
    rows = Assignment.objects.confirmed().filter(slot__monday=monday, slot__published=True)
    if centres is not None:
        rows = rows.filter(slot__centre__in=centres)
    rows = rows.select_related("slot__centre", "doctor").annotate(stays=Exists(before))
    return rows.order_by("slot__centre__opened_on", "slot__centre__name", "slot__place", "first_day")
