"""Compares what a file asks for with what Relais holds: what to add, what differs, what is refused."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from directory.imports.reports import Report, shown
from directory.models import Centre
from rotas.imports.asks import Ask
from rotas.imports.cells import Kind
from rotas.imports.standing import Capacities, Standing
from rotas.models import Assignment, Closure, Need, Slot

CLOSED_HERE = "« fermé » dans Relais"


@dataclass
class Step:
    """What a cell changes in its place. `against` says what Relais holds otherwise; empty when a blank is filled.

    `standing` is the same doctor's assignment when there is one; `leaving` are those who go.
    """

    ask: Ask
    slot: Slot
    against: str = ""
    standing: Assignment | None = None
    leaving: list[Assignment] = field(default_factory=list)

    @property
    def enters(self) -> bool:
        """True when the doctor takes the whole week of a place that was not theirs alone."""
        return self.ask.doctor is not None and (self.standing is None or bool(self.leaving))


@dataclass
class Shut:
    """A centre's week to close, with the cells that say so."""

    centre: Centre
    monday: date
    asks: list[Ask]
    reason: str
    against: str = ""
    leaving: list[Assignment] = field(default_factory=list)


@dataclass
class Plan:
    """All that an import would do, before anything is written."""

    steps: list[Step] = field(default_factory=list)
    shuts: list[Shut] = field(default_factory=list)
    reopened: list[Closure] = field(default_factory=list)
    kept_closures: int = 0


def make_plan(
    asks: list[Ask], standing: Standing, capacities: Capacities, named: set[tuple[int, int]], report: Report
) -> Plan:
    """The plan of a file; refusals, differences and counts go to the report.

    `named` are the (centre, place) that have a column: an extra place that the file ignores cannot contradict it.
    """
    asks = _once_a_week(_with_a_place(asks, standing, capacities, report), report)
    plan = Plan()
    for ask in asks:
        if ask.kind is not Kind.CLOSED:
            _compare(ask, standing, plan, report)
    plan.shuts = _closures(asks, standing, named, plan, report)
    _sort_differences(plan, report)
    _refuse_busy(plan, standing, report)
    _settle(plan, standing, report)
    return plan


def _with_a_place(asks: list[Ask], standing: Standing, capacities: Capacities, report: Report) -> list[Ask]:
    """The asks whose place exists that week; a doctor elsewhere is refused, a blank or closed cell asks for nothing."""
    kept = []
    for ask in asks:
        if ask.key in standing.slots:
            kept.append(ask)
        elif ask.kind is Kind.HELD:
            report.refuse(ask.where, ask.typed, capacities.why_none(ask.centre, ask.monday))
        elif ask.kind is Kind.CLOSED and ask.week not in standing.places:
            report.remark(ask.where, f"fermeture sans effet : {capacities.why_none(ask.centre, ask.monday)}")
    return kept


def _once_a_week(asks: list[Ask], report: Report) -> list[Ask]:
    """The asks without a doctor met again in the same week: the first cell in reading order stands."""
    kept, first = [], {}
    for ask in asks:
        stands = first.setdefault((ask.doctor.pk, ask.monday), ask) if ask.doctor else ask
        if stands is ask:
            kept.append(ask)
        else:
            where = f"{stands.where.label} ({stands.centre})"
            report.refuse(ask.where, ask.typed, f"{ask.doctor} est déjà en {where} cette semaine-là")
    return kept


def _compare(ask: Ask, standing: Standing, plan: Plan, report: Report) -> None:
    """What a held or open cell changes in its place, if anything."""
    slot = standing.slots[ask.key]
    holders = standing.holders.get(slot.pk, [])
    mine = next((a for a in holders if ask.doctor and a.doctor_id == ask.doctor.pk), None)
    others = [a for a in holders if a is not mine]
    step = Step(ask, slot, _against(ask, slot, mine, others, standing), mine, others)
    if step.against or (ask.doctor and (mine is None or (ask.cell.note and not mine.note))):
        plan.steps.append(step)
    elif ask.doctor:
        report.unchanged += 1


def _against(ask: Ask, slot: Slot, mine: Assignment | None, others: list[Assignment], standing: Standing) -> str:
    """What Relais holds otherwise, in words; empty when the cell only fills a blank, or says the same."""
    if ask.week in standing.closures:
        return CLOSED_HERE
    if others:
        return f"{shown(', '.join(map(str, [*([mine] if mine else []), *others])))} dans Relais"
    if mine is None:
        freed = ask.doctor and (slot.pk, ask.doctor.pk) in standing.freed
        return "place libérée dans Relais" if freed else ""
    if mine.state != ask.state:
        return f"{shown(mine.get_state_display())} dans Relais"
    if ask.cell.note and mine.note and mine.note.split() != ask.cell.note.split():
        return f"note {shown(mine.note)} dans Relais"
    return ""


def _closures(
    asks: list[Ask], standing: Standing, named: set[tuple[int, int]], plan: Plan, report: Report
) -> list[Shut]:
    """The weeks to close: every place of the centre says so, otherwise the cells that do are refused."""
    weeks: dict[tuple[int, date], list[Ask]] = defaultdict(list)
    for ask in asks:
        if ask.kind is Kind.CLOSED:
            weeks[ask.week].append(ask)
    shuts = []
    for week, said in weeks.items():
        places = [s for s in standing.places[week] if s.need == Need.REQUIRED or (week[0], s.place) in named]
        if len(said) < len(places):
            for ask in said:
                report.refuse(ask.where, ask.typed, "une fermeture vaut pour toutes les places du centre")
        elif week in standing.closures:
            plan.kept_closures += 1
        else:
            shuts.append(_shut(said, standing))
    return shuts


def _shut(said: list[Ask], standing: Standing) -> Shut:
    """The closing of a week, against who is expected there or who opened it again."""
    first = said[0]
    reason = next((ask.cell.note for ask in said if ask.cell.note), "")
    leaving = [a for slot in standing.places[first.week] for a in standing.holders.get(slot.pk, [])]
    against = f"{shown(', '.join(map(str, leaving)))} dans Relais" if leaving else ""
    if not against and first.week in standing.reopened:
        against = "semaine rouverte dans Relais"
    return Shut(first.centre, first.monday, said, reason, against, leaving)


def _sort_differences(plan: Plan, report: Report) -> None:
    """Differences that are not to be applied are said, and leave the plan."""

    def stays(change: Step | Shut) -> bool:
        return not change.against or report.applies(_first(change).where)

    for change in [*plan.steps, *plan.shuts]:
        if not stays(change):
            _say(change, report)
    plan.steps = [step for step in plan.steps if stays(step)]
    plan.shuts = [shut for shut in plan.shuts if stays(shut)]


def _first(change: Step | Shut) -> Ask:
    """The cell that names a change; for a closing, its first one."""
    return change.ask if isinstance(change, Step) else change.asks[0]


def _say(change: Step | Shut, report: Report) -> None:
    """One line for a difference; a closing is said once, at its first cell."""
    ask = _first(change)
    report.differ(ask.where, f"{shown(ask.typed) if ask.typed else 'vide'} dans le fichier, {change.against}")


def _refuse_busy(plan: Plan, standing: Standing, report: Report) -> None:
    """Refuse who is on duty elsewhere that week, once those who leave have left; a refusal may keep others in place."""
    while True:
        leaving = {a.pk for change in [*plan.steps, *plan.shuts] for a in change.leaving}
        refused = []
        for step in plan.steps:
            if step.enters and (elsewhere := _elsewhere(step, standing, leaving)):
                where = f"{elsewhere.slot.centre}, place {elsewhere.slot.place}"
                why = f"{step.ask.doctor} est déjà à {where}, cette semaine-là dans Relais"
                report.refuse(step.ask.where, step.ask.typed, why)
                refused.append(step)
        if not refused:
            return
        plan.steps = [step for step in plan.steps if step not in refused]


def _elsewhere(step: Step, standing: Standing, leaving: set[int]) -> Assignment | None:
    """Another place that the doctor keeps that week."""
    duties = standing.duties.get((step.ask.doctor.pk, step.ask.monday), [])
    return next((a for a in duties if a.slot_id != step.slot.pk and a.pk not in leaving), None)


def _settle(plan: Plan, standing: Standing, report: Report) -> None:
    """Count what will be done, and find which weeks open again."""
    weeks = {}
    for change in [*plan.steps, *plan.shuts]:
        if change.against:
            _say(change, report)
    for step in plan.steps:
        if step.against or step.standing:
            report.updated += 1
        else:
            report.created += 1
        if step.ask.week in standing.closures:
            weeks[step.ask.week] = standing.closures[step.ask.week]
    report.updated += sum(bool(shut.against) for shut in plan.shuts)
    plan.reopened = list(weeks.values())
