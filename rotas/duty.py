"""Writes the days that assignments hold: the rows whose unique keys forbid a double booking."""

from rotas.models import Assignment, AssignmentState, DutyDay


def write_duty_days(assignments: list[Assignment]) -> None:
    """Make the duty days of active assignments equal to their days; IntegrityError when one is taken."""
    DutyDay.objects.filter(assignment__in=assignments).delete()
    add_duty_days(assignments)


def add_duty_days(assignments: list[Assignment]) -> None:
    """The same for assignments that have no duty day yet."""
    DutyDay.objects.bulk_create(
        [
            DutyDay(assignment=a, slot_id=a.slot_id, doctor_id=a.doctor_id, date=day)
            for a in assignments
            if a.state != AssignmentState.CANCELLED
            for day in a.days
        ],
        batch_size=500,
    )
