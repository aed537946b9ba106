"""What an undo owes the rota: the locks it takes first, then the days, versions and messages that follow the rows."""

from django.db.models import F

from directory.models import Change, ChangeSet
from directory.refusals import ChangedSince
from directory.tracking import in_parts
from rotas import events, notices
from rotas.duty import write_duty_days
from rotas.models import Assignment, AssignmentState, Closure, Slot


def lock_places(changes: list[Change]) -> None:
    """Hold every place that the gesture touched, itself or through its week, as each gesture on a place does first."""
    places, weeks = set(), set()
    for change in changes:
        for values in filter(None, (change.before, change.after)):
            if change.table == "rotas.slot":
                places.add(change.row)
            elif change.table == "rotas.assignment":
                places.add(values["slot_id"])
            elif change.table == "rotas.closure":
                weeks.add((values["centre_id"], values["monday"]))
    for centre, monday in weeks:
        places.update(Slot.objects.filter(centre=centre, monday=monday).values_list("pk", flat=True))
    for part in in_parts(places):
        list(Slot.objects.filter(pk__in=part).locked())


def assignments_restored(changes: list[Change], change_set: ChangeSet) -> None:
    """After an undo: duty days and versions follow the assignments that now stand, others hear of it, doctors last."""
    standing = []
    for part in in_parts({change.row for change in changes}):
        rows = list(Assignment.objects.filter(pk__in=part).select_related("slot__centre", "doctor"))
        write_duty_days(rows)
        standing += rows
    _refuse_closed(standing)
    places = {values["slot_id"] for change in changes for values in (change.before, change.after) if values}
    for part in in_parts(places):
        Slot.objects.filter(pk__in=part).update(version=F("version") + 1)
    for assignment in standing:
        events.assignment_changed.send(sender=Assignment, assignment=assignment)
    notices.after_restore(changes, change_set)


def _refuse_closed(standing: list[Assignment]) -> None:
    """ChangedSince when an undo would have somebody come to a centre that was closed meanwhile."""
    expected = [assignment for assignment in standing if assignment.state != AssignmentState.CANCELLED]
    weeks = {(assignment.slot.centre_id, assignment.slot.monday) for assignment in expected}
    shut = Closure.objects.filter(centre__in={centre for centre, _ in weeks}, monday__in={day for _, day in weeks})
    closed = [closure for closure in shut.select_related("centre") if (closure.centre_id, closure.monday) in weeks]
    if closed:
        raise ChangedSince([f"{closure} est désormais fermé" for closure in closed])


def closures_restored(changes: list[Change], change_set: ChangeSet) -> None:
    """After an undo: places of a week closed or opened again are read anew; a closed one expects nobody."""
    for change in changes:
        values = change.before or change.after
        week = Slot.objects.filter(centre=values["centre_id"], monday=values["monday"])
        week.update(version=F("version") + 1)
        held = Assignment.objects.active().filter(slot__in=week).select_related("slot__centre").first()
        if change.before and held:
            raise ChangedSince([f"un médecin est attendu à {held.slot.centre} cette semaine-là"])
