"""What a row of a file adds to a row that Relais holds: blanks are filled, differences are said, applied on demand."""

from dataclasses import dataclass, field

from django.db import models

from directory import names
from directory.imports.headings import Line
from directory.imports.reports import BadValue, shown
from directory.imports.values import is_error


@dataclass
class Reading:
    """The values of a row by field, or its faults (value, reason) with the fields to blame, and what was not kept."""

    values: dict[str, object] = field(default_factory=dict)
    faults: list[tuple[object, str]] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def take(self, name: str, raw: object, reader) -> None:
        """Read one cell into `values`, or note why it cannot be."""
        try:
            self.values[name] = reader(raw)
        except BadValue as error:
            self.blame(name, raw, str(error))

    def blame(self, name: str, raw: object, why: str) -> None:
        """Note a fault of one field."""
        self.faults.append((raw, why))
        if name not in self.faulty:
            self.faulty.append(name)


def check_line(line: Line, reading: Reading) -> None:
    """Faults of the row as a whole: shifted by a separator too many, or broken formulas."""
    if line.too_long:
        reading.faults.append(("", "la ligne a plus de cellules que l’en-tête"))
    for name, raw in line.cells.items():
        if is_error(raw):
            reading.blame(name, raw, "erreur de formule")


def check_lengths(model: type[models.Model], reading: Reading, *, essential: set[str]) -> None:
    """A text longer than its column, on every engine: a fault in the essential ones, the others are cut and said."""
    for name, value in list(reading.values.items()):
        if not isinstance(value, str):
            continue
        column = model._meta.get_field(name)
        longest = column.max_length
        if not longest or len(value) <= longest:
            continue
        why = f"{column.verbose_name} trop long ({longest} caractères au plus)"
        if name in essential:
            reading.blame(name, value, why)
        else:
            reading.values[name] = value[:longest].rstrip()
            reading.remarks.append(f"{why}, coupé")


def blank(value: object) -> bool:
    """True for what says nothing; an unknown status is one."""
    return value is None or value in {"", "unknown"}


def alike(name: str, held: object, given: object) -> bool:
    """True when two values say the same thing: texts without case, accents or punctuation, phones by their digits."""
    if name == "phone":
        return [c for c in held if c.isdigit()] == [c for c in given if c.isdigit()]
    if name == "email":
        return held.lower() == given.lower()
    if isinstance(held, str) and isinstance(given, str):
        return names.fold(held) == names.fold(given)
    return held == given


def missing(row: models.Model, values: dict[str, object]) -> dict[str, object]:
    """The values that fill a blank of `row`."""
    return {name: value for name, value in values.items() if not blank(value) and blank(getattr(row, name))}


def differing(row: models.Model, values: dict[str, object]) -> dict[str, object]:
    """The values that contradict what `row` holds."""
    return {
        name: value
        for name, value in values.items()
        if not blank(value) and not blank(getattr(row, name)) and not alike(name, getattr(row, name), value)
    }


def said(row: models.Model, values: dict[str, object]) -> str:
    """Differences in words."""
    return " ; ".join(
        f"{row._meta.get_field(name).verbose_name} : {_word(row, name, value)} dans le fichier, "
        f"{_word(row, name, getattr(row, name))} dans Relais"
        for name, value in values.items()
    )


def _word(row: models.Model, name: str, value: object) -> str:
    """A value as people say it."""
    if isinstance(value, bool):
        return shown("oui" if value else "non")
    choices = dict(row._meta.get_field(name).flatchoices)
    return shown(choices.get(value, value if isinstance(value, str | int) else f"{value:%d/%m/%Y}"))
