"""Imports a year of the charity's rota: makes its places, compares it with Relais, writes what is new."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from directory import book, public, weeks
from directory.imports.doctor_names import DoctorNames
from directory.imports.files import Source as File
from directory.imports.kinds import Asked, Kind
from directory.imports.reports import Report, Unreadable
from directory.models import Centre, Doctor, User
from directory.models.book import Source
from rotas.imports.asks import read_asks
from rotas.imports.layout import Layout, find_columns, read_layout, read_rows, remark_other_year
from rotas.imports.plan import Plan, make_plan
from rotas.imports.standing import Capacities, lock_weeks, read_standing
from rotas.imports.writing import write_plan
from rotas.slots import make_slots

VERB = "import.rota"
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class RotaFile:
    """A file opened as a rota of one ISO year."""

    layout: Layout
    centres: list[Centre]
    year: int


def read(file: File, *, year: str | int | None, cells: Mapping[str, str] | None = None) -> RotaFile:
    """The rota in a file, some `cells` corrected; Unreadable with one sentence when it has none, or no such year."""
    typed = str(year or "").strip()
    if not (typed.isascii() and typed.isdigit() and int(typed) in YEARS):
        raise Unreadable("indiquez l’année du planning, par exemple --year 2026.")
    centres = list(Centre.objects.in_reading_order())
    return RotaFile(read_layout(file, centres, cells), centres, int(typed))


def write(
    file: RotaFile,
    *,
    file_name: str = "",
    apply_differences: bool = False,
    chosen: frozenset[str] = frozenset(),
    by: User | None = None,
) -> Report:
    """Bring the file's weeks into Relais in one change set; call in a transaction (`running.run`).

    `chosen` are the addresses of the differences to apply. Whether a doctor is eligible is not judged here: the
    charity decided it when it wrote its rota.
    """
    report = Report(applied=apply_differences, chosen=chosen)
    layout = Layout(file.layout.sheet, file.layout.heading, file.layout.week_index)
    remark_other_year(layout, file.year, report)
    find_columns(layout, file.centres, report)
    rows = read_rows(layout, file.year, report)
    mondays = sorted(row.monday for row in rows)
    centres = list({column.centre.pk: column.centre for column in layout.columns}.values())
    entry = book.open_entry(by=by, verb=VERB, reason=file_name, source=Source.IMPORT)
    lock_weeks(mondays, centres)
    for first, last in _runs(mondays):
        for centre in centres:
            make_slots(centre, first, last, entry=entry)
    asks = read_asks(layout, rows, DoctorNames(Doctor.objects.only("last_name", "first_name")), report)
    named = {(column.centre.pk, column.place) for column in layout.columns}
    plan = make_plan(asks, read_standing(mondays, centres), Capacities.of(centres), named, report)
    write_plan(plan, entry)
    report.counts.append(_closures(plan))
    report.also = {"fermetures": len(plan.shuts)}
    report.change_set = entry.close()
    if report.change_set:
        public.bump()
    return report


def _runs(mondays: list[date]) -> Iterator[tuple[date, date]]:
    """First and last Monday of each run of weeks without a gap."""
    start = previous = None
    for monday in mondays:
        if previous is not None and monday - previous > weeks.WEEK:
            yield start, previous
            start = None
        start, previous = start or monday, monday
    if start is not None:
        yield start, previous


def _closures(plan: Plan) -> str:
    """The line of closures, which the summary does not count."""
    new = len(plan.shuts)
    return f"fermetures={new + plan.kept_closures} ({new} nouvelle{'s' if new > 1 else ''})"


def _prepare(content: bytes, asked: Asked) -> Callable[[], Report]:
    """Read the rota; what writes it comes back."""
    file = read(content, year=asked.year, cells=asked.cells)
    asked.progress(len(file.layout.sheet.rows), len(file.layout.sheet.rows))
    return lambda: write(file, file_name=asked.file_name, chosen=asked.chosen, by=asked.by)


KIND = Kind("rota", "Rotation des médecins", "affectation", "affectations", _prepare, dated=True)
