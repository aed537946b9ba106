"""What a person decides of a report: the texts that they typed, what they ignore, what they have Relais follow."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from directory.imports import runs
from directory.imports.reports import printable
from directory.models import ImportLine, ImportRun
from directory.models.imports import LineKind
from intranet.access import refuse_unknown

PER_PAGE = 50
CELL, IGNORE, APPLY = "texte ", "ignorer ", "appliquer "
OWN = {"geste", "version", "refus", "ecarts"}


@dataclass(frozen=True)
class Field:
    """A text to correct, under the address of its cell; `held` is what the file says there."""

    name: str
    number: int
    address: str
    heading: str
    value: str
    held: str
    near: tuple[str, ...]


@dataclass
class Row:
    """A line of the report with what may be decided of it."""

    line: ImportLine
    number: int
    ticked: bool
    fields: list[Field] = field(default_factory=list)

    @property
    def tick_name(self) -> str:
        """The name of its box: ignore a refusal, apply a difference."""
        return f"{IGNORE if self.line.kind == LineKind.REFUSED else APPLY}{self.line.label}"


@dataclass
class Part:
    """The refusals or the differences of one page of a report."""

    page: Page
    rows: list[Row]


def part(run: ImportRun, kind: str, number: object, typed: QueryDict | None = None) -> Part:
    """One page of refusals or differences; what was `typed` and could not be saved stays in its fields."""
    page = Paginator(runs.lines(run, kind), PER_PAGE).get_page(number)
    ticked = set(run.decisions.get("ignored" if kind == LineKind.REFUSED else "applied", []))
    rows, seen = [], set()
    for line in page.object_list:
        row = Row(line, len(rows) + 1, line.label in ticked)
        if typed is not None:
            row.ticked = row.tick_name in typed
        for fix in line.fixes:
            if fix["label"] not in seen:
                seen.add(fix["label"])
                row.fields.append(_field(fix, len(seen), typed))
        rows.append(row)
    return Part(page, rows)


def _field(fix: dict, number: int, typed: QueryDict | None) -> Field:
    """The field of one cell."""
    name = f"{CELL}{fix['label']}"
    value = typed.get(name, fix["value"]) if typed is not None else fix["value"]
    return Field(name, number, fix["label"], fix["heading"], value, fix["value"], tuple(fix["near"]))


@dataclass(frozen=True)
class Decided:
    """What a form of the report says, by address in the file."""

    cells: dict[str, str]
    ignored: dict[str, bool]
    applied: dict[str, bool]

    def changes(self, run: ImportRun) -> bool:
        """True when it says something else than what the preview took into account."""
        ignored, applied = (set(run.decisions.get(name, [])) for name in ("ignored", "applied"))
        turned = [a for a, yes in self.ignored.items() if yes != (a in ignored)]
        return bool(self.cells or turned or [a for a, yes in self.applied.items() if yes != (a in applied)])


def read(run: ImportRun, posted: QueryDict) -> Decided:
    """The decisions of a form; a field that the page does not show is a forged request."""
    refused = part(run, LineKind.REFUSED, posted.get("refus")).rows
    different = part(run, LineKind.DIFFERENT, posted.get("ecarts")).rows
    fields = [field for row in refused for field in row.fields]
    known = OWN | {field.name for field in fields} | {row.tick_name for row in [*refused, *different]}
    refuse_unknown(posted, known)
    said = {field.address: (posted.get(field.name, field.held), field.held) for field in fields}
    return Decided(
        {address: text for address, (text, held) in said.items() if _plain(text) != _plain(held)},
        {row.line.label: row.tick_name in posted for row in refused},
        {row.line.label: row.tick_name in posted for row in different},
    )


def _plain(text: str) -> str:
    """A text as it is compared: a browser's field holds one line."""
    return " ".join(printable(text).split())
