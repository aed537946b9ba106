"""Turns the cells of a rota into what the file asks for: this doctor, nobody, or closed, in this place of this week."""

from dataclasses import dataclass
from datetime import date

from directory.imports.doctor_names import DoctorNames
from directory.imports.reports import BadValue, Report, Where, printable
from directory.imports.values import text
from directory.models import Centre, Doctor
from rotas.imports.cells import Cell, Kind, read_cell
from rotas.imports.layout import Layout, Row
from rotas.models import AssignmentState


@dataclass(frozen=True)
class Ask:
    """What one cell asks for. `doctor` is None unless the cell holds a name."""

    where: Where
    typed: str
    centre: Centre
    monday: date
    place: int
    cell: Cell
    doctor: Doctor | None = None

    @property
    def kind(self) -> Kind:
        """Held, open or closed."""
        return self.cell.kind

    @property
    def week(self) -> tuple[int, date]:
        """The centre's week that the cell belongs to."""
        return self.centre.pk, self.monday

    @property
    def key(self) -> tuple[int, date, int]:
        """The place that the cell belongs to."""
        return self.centre.pk, self.monday, self.place

    @property
    def state(self) -> str:
        """Confirmed, or proposed."""
        return AssignmentState.OPTION if self.cell.proposed else AssignmentState.CONFIRMED


def read_asks(layout: Layout, rows: list[Row], doctors: DoctorNames, report: Report) -> list[Ask]:
    """What each readable cell asks for, in reading order; the others are refused."""
    asks = []
    for row in rows:
        for column, value in row.cells.items():
            where = layout.where(row.number, column.index)
            try:
                cell = read_cell(value)
                if cell.kind is not Kind.HELD and doctors.is_surname(text(value)):
                    raise BadValue("c’est aussi le nom d’un médecin\u00a0: écrivez son prénom, ou « fermé » en entier")
                doctor = doctors.find(cell.name) if cell.kind is Kind.HELD else None
            except BadValue as error:
                report.refuse(where, text(value), str(error), near=_near(value, doctors))
                continue
            if cell.lost:
                report.remark(where, cell.lost)
            asks.append(Ask(where, text(value), column.centre, row.monday, column.place, cell, doctor))
    return asks


def _near(value: object, doctors: DoctorNames) -> tuple[str, ...]:
    """The doctors that a refused cell may have meant, when it reads as a name."""
    try:
        return doctors.near(printable(read_cell(value).name))
    except BadValue:
        return ()
