"""Imports the lists of correspondents, one sheet a centre: an entry may stand in several, each time with its km."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.db import models

from directory import book, names
from directory.french import thousands
from directory.imports import near, rows
from directory.imports.correspondents_reading import COLUMNS, Entry, entry_of, read_line
from directory.imports.files import Source as File
from directory.imports.files import read_sheets
from directory.imports.headings import HEAD_ROWS, Table, match
from directory.imports.kinds import Asked, Kind, Progress, silent
from directory.imports.reports import Report, Unreadable, Where, cell, line, shown
from directory.imports.rows import Reading
from directory.imports.sheets import Sheet
from directory.models import Centre, CentreLink, ChangeSet, Practice, Professional, Structure, User
from directory.models.book import Source
from directory.models.carnet import identity

VERB = "import.correspondents"
BATCH = 400
STEP = 100
SHEET_ROWS = 1_048_577  # more than a sheet of Excel has: sheets follow one another in reading order
MOST_SHEETS = 1_000
RECOGNISED = 3  # headings; a sheet with fewer is a note of somebody's
NO_CENTRE = re.compile(r"(?:feuil(?:le)?|sheet|correspondants?|carnet|annuaire|liste|tableau)?\s*\d*")
NAME_OR_STRUCTURE = {"last_name", "structure"}
TITLE_LENGTH = 31  # letters that Excel keeps of a sheet's name


@dataclass(frozen=True)
class Row:
    """A row of one of the lists, read; `order` is that of its sheet in the file."""

    table: Table
    order: int
    number: int
    reading: Reading

    def where(self, field: str = "") -> Where:
        """The address of a cell of this row, of its first one without a field."""
        column = self.table.columns.get(field, [0])[0]
        sheet = self.table.sheet.name
        plain = cell(sheet, self.number, column) if sheet else line(self.number)
        return Where(self.order * SHEET_ROWS + self.number, plain.column, plain.label)

    def refused(self, report: Report) -> None:
        """Say what is wrong with the row, and which of its cells could be corrected."""
        faulty = self.reading.faulty
        fixes = tuple(self.table.fix(self.number, name) for name in faulty)
        report.refuse_all(self.where(faulty[0] if faulty else ""), self.reading.faults, fixes)


def read(file: File, *, cells: Mapping[str, str] | None = None, progress: Progress = silent) -> list[Row]:
    """The rows of the lists in a file, some `cells` corrected; Unreadable with one sentence when it has no list."""
    tables = _tables(file)
    total = sum(len(table.sheet.rows) for table in tables)
    found = []
    for order, table in enumerate(tables):
        table.sheet.correct(cells or {})
        for row in table.lines():
            if len(found) % STEP == 0:
                progress(len(found), total)
            found.append(Row(table, order, row.number, read_line(row)))
    progress(total, total)
    return found


def _tables(file: File) -> list[Table]:
    """The sheets that hold a list; Unreadable when none does, or one lacks a column."""
    sheets = read_sheets(file, score=lambda cells: len(match(cells, COLUMNS)))
    if len(sheets) > MOST_SHEETS:
        raise Unreadable(f"classeur trop grand : {thousands(MOST_SHEETS)} feuilles au plus.")
    found = [table for table in map(_best_table, sheets) if table is not None]
    if not found:
        raise Unreadable("aucune ligne d’en-tête reconnue ; colonnes attendues : Spécialité / type, Nom ou Structure.")
    for table in found:
        missing = [column.label for column in COLUMNS if column.required and column.field not in table.columns]
        missing += [] if NAME_OR_STRUCTURE & set(table.columns) else ["Nom ou Structure"]
        if missing:
            where = f"feuille {shown(table.sheet.name)}, " if table.sheet.name else ""
            raise Unreadable(f"{where}colonnes manquantes : {', '.join(missing)}.")
    return found


def _best_table(sheet: Sheet) -> Table | None:
    """The list of a sheet under its best heading row; None when it holds no list."""
    heads = [(number, match(row, COLUMNS)) for number, row in list(sheet.rows.items())[:HEAD_ROWS]]
    number, columns = max(heads, key=lambda head: len(head[1]))
    labels = {column.field: column.label for column in COLUMNS}
    return Table(sheet, number, columns, labels) if len(columns) >= RECOGNISED else None


@dataclass
class _Carnet:
    """The entries by what makes them: those of Relais, then those of the file as they are read."""

    people: dict[str, Professional] = field(default_factory=dict)
    structures: dict[str, Structure] = field(default_factory=dict)
    entries: dict[str, list[Practice]] = field(default_factory=lambda: defaultdict(list))
    links: dict[tuple[int, int], CentreLink] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)
    made: list[models.Model] = field(default_factory=list)
    before: dict[tuple[type, int], dict] = field(default_factory=dict)
    changed: list[models.Model] = field(default_factory=list)

    def change(self, row: models.Model, news: dict[str, object]) -> None:
        """Put values on a row, remembering how one of Relais stood before the first change."""
        key = (type(row), row.pk)
        if row.pk and key not in self.before:
            self.before[key] = book.snapshot(row)
            self.changed.append(row)
        for name, value in news.items():
            setattr(row, name, value)

    def new(self, row: models.Model) -> models.Model:
        """A row that the file brings."""
        self.made.append(row)
        return row


def _load() -> _Carnet:
    """All that Relais holds. Four queries."""
    carnet = _Carnet()
    carnet.people = {row.key: row for row in Professional.objects.all()}
    carnet.structures = {row.key: row for row in Structure.objects.all()}
    people = {row.pk: row for row in carnet.people.values()}
    structures = {row.pk: row for row in carnet.structures.values()}
    by_pk = {}
    for practice in Practice.objects.order_by("pk"):
        practice.professional = people.get(practice.professional_id)
        practice.structure = structures.get(practice.structure_id)
        carnet.entries[(practice.professional or practice.structure).key].append(practice)
        by_pk[practice.pk] = practice
    for link in CentreLink.objects.all():
        link.practice = by_pk[link.practice_id]
        carnet.links[id(link.practice), link.centre_id] = link
    return carnet


def write(
    file: list[Row],
    *,
    file_name: str = "",
    apply_differences: bool = False,
    chosen: frozenset[str] = frozenset(),
    by: User | None = None,
    rehearsal: bool = False,
) -> Report:
    """Create and complete the entries of the lists in one change set; call in a transaction (`running.run`).

    `chosen` are the addresses of the differences to apply; a `rehearsal` spares the writing.
    """
    report, carnet = Report(applied=apply_differences, chosen=chosen), _load()
    centres = list(Centre.objects.in_reading_order())
    for row in file:
        _read_row(row, Path(file_name).stem, centres, carnet, report)
    if not rehearsal:
        report.change_set = _store(carnet, file_name, by)
    return report


def _read_row(row: Row, file_stem: str, centres: list[Centre], carnet: _Carnet, report: Report) -> None:
    """Take one row, or say why not."""
    if row.reading.faults:
        row.refused(report)
        return
    given, sheet = entry_of(row.reading.values), row.table.sheet.name
    named = given.centre or sheet or file_stem
    centre = _centre(named, centres)
    if centre is None and (given.centre or (sheet and not _says_no_centre(named))):
        _refuse_centre(row, given.centre, centres, report)
        return
    for remark in row.reading.remarks:
        report.remark(row.where(), remark)
    _take(row.where(), given, centre, carnet, report)


def _refuse_centre(row: Row, written: str, centres: list[Centre], report: Report) -> None:
    """No centre bears the name that the row has `written`, which may be corrected, or that of its sheet."""
    if not written:
        why = "ce centre n’existe pas dans Relais : donnez à la feuille le nom d’un centre"
        report.refuse_all(row.where(), [(row.table.sheet.name, why)])
        return
    close = near.nearest(written, [centre.name for centre in centres])
    at = row.table.fix(row.number, "centre")._replace(near=close)
    report.refuse(row.where("centre"), written, "ce centre n’existe pas dans Relais", at=at)


def _centre(named: str, centres: list[Centre]) -> Centre | None:
    """The centre that a sheet, a column or a file is named after; None when there is none, or several."""
    asked = names.fold(re.sub(r"\([^)]*\)", "", named))
    asked = re.sub(r"^(?:correspondants?|carnet|annuaire|centre)(?: d(?:e|u|es)?)? ", "", asked)
    for spelling in (lambda c: c.name, lambda c: c.slug, lambda c: c.commune or "", lambda c: c.name[:TITLE_LENGTH]):
        found = [centre for centre in centres if asked and names.fold(spelling(centre)) == asked]
        if len(found) == 1:
            return found[0]
    return None


def _says_no_centre(title: str) -> bool:
    """True for the names that spreadsheets give by themselves: `Feuil1`, `Sheet 2`, `Correspondants`."""
    return bool(NO_CENTRE.fullmatch(names.fold(title)))


def _take(where: Where, given: Entry, centre: Centre | None, carnet: _Carnet, report: Report) -> None:
    """Decide what one good row does, and count it."""
    practice = _standing(given, carnet)
    if practice is None:
        practice = _create(given, carnet)
        report.created += 1
        _link(practice, centre, given.km, carnet)
        return
    again = id(practice) in carnet.met
    carnet.met.add(id(practice))
    differences = [] if again else _differences(practice, given, centre, carnet)
    changed = _complete(practice, given, carnet)
    if differences:
        report.differ(where, " ; ".join(rows.said(row, values) for row, values in differences))
    for row, values in differences if report.applies(where) else []:
        carnet.change(row, values)
        changed = True
    linked = _link(practice, centre, given.km, carnet)
    if changed or (linked and not again):
        report.updated += 1
    elif not differences:
        report.unchanged += 1


def _standing(given: Entry, carnet: _Carnet) -> Practice | None:
    """The entry that this row is about, if the carnet has it: at the same place rather than at another."""
    if given.person:
        found = carnet.entries.get(identity(*given.person.values()), [])
    else:
        structure = _structure(given, carnet)
        found = carnet.entries.get(structure.key, []) if structure else []
    town = identity(str(given.place.get("town") or given.own.get("town") or ""))
    return next((one for one in found if identity(one.place.town) == town), found[0] if found else None)


def _structure(given: Entry, carnet: _Carnet) -> Structure | None:
    """The structure of this name and town: of this kind, or the one that a row has named without its kind."""
    kind, name, town = given.place.get("kind", ""), given.place["name"], given.place.get("town", "")
    spelled = [identity(kind, name, town), identity("", name, town)]
    if not kind:
        spelled += [key for key in carnet.structures if key.endswith(f"|{identity(name, town)}")]
    return next((carnet.structures[key] for key in spelled if key in carnet.structures), None)


def _create(given: Entry, carnet: _Carnet) -> Practice:
    """A new entry, with its person and its structure when they are new too."""
    practice = Practice(**{name: value for name, value in given.own.items() if not rows.blank(value)})
    if given.person:
        key = identity(*given.person.values())
        if key not in carnet.people:
            carnet.people[key] = carnet.new(Professional(key=key, **given.person))
        practice.professional = carnet.people[key]
    if given.place:
        practice.structure = _structure(given, carnet) or _new_structure(given, carnet)
        _name_kind(practice.structure, given, carnet)
    carnet.entries[(practice.professional or practice.structure).key].append(practice)
    carnet.met.add(id(practice))
    return carnet.new(practice)


def _new_structure(given: Entry, carnet: _Carnet) -> Structure:
    structure = Structure(**{name: value for name, value in given.place.items() if value})
    structure.keep_key()
    carnet.structures[structure.key] = carnet.new(structure)
    return structure


def _name_kind(structure: Structure, given: Entry, carnet: _Carnet) -> None:
    """A structure met first without its kind gets it."""
    if given.place.get("kind") and not structure.kind:
        del carnet.structures[structure.key]
        carnet.change(structure, {"kind": given.place["kind"]})
        structure.keep_key()
        carnet.structures[structure.key] = structure


def _parts(practice: Practice, given: Entry) -> list[tuple[models.Model, dict]]:
    """The rows that a line may complete, each with what it says of it."""
    parts: list[tuple[models.Model, dict]] = [(practice, given.own)]
    if practice.structure and given.place:
        parts.append((practice.structure, {n: v for n, v in given.place.items() if n not in {"name", "kind", "town"}}))
    return parts


def _differences(practice: Practice, given: Entry, centre: Centre | None, carnet: _Carnet) -> list:
    """What the file and Relais say differently, row by row; a later check in Relais is no difference."""
    found = [(row, rows.differing(row, values)) for row, values in _parts(practice, given)]
    for row, values in found:
        if "confirmed_on" in values and values["confirmed_on"] < row.confirmed_on:
            del values["confirmed_on"]
        if "direct_line" in values and rows.alike("phone", row.direct_line, values["direct_line"]):
            del values["direct_line"]
    link = carnet.links.get((id(practice), centre.pk)) if centre else None
    if link and given.km is not None and link.km is not None and link.km != given.km:
        found.append((link, {"km": given.km}))
    return [(row, values) for row, values in found if values]


def _complete(practice: Practice, given: Entry, carnet: _Carnet) -> bool:
    """Fill the blanks; True when there was one."""
    filled = False
    for row, values in _parts(practice, given):
        news = rows.missing(row, values)
        if news:
            carnet.change(row, news)
            filled = True
    return filled


def _link(practice: Practice, centre: Centre | None, km: Decimal | None, carnet: _Carnet) -> bool:
    """Tie an entry to the row's centre; True when that is new, or brings the distance."""
    if centre is None:
        return False
    link = carnet.links.get((id(practice), centre.pk))
    if link is None:
        carnet.links[id(practice), centre.pk] = carnet.new(CentreLink(practice=practice, centre=centre, km=km))
        return True
    if link.km is None and km is not None:
        carnet.change(link, {"km": km})
        return True
    return False


MODELS = (Professional, Structure, Practice, CentreLink)
COMPUTED = {Professional: ("key",), Structure: ("key",), Practice: ("words",), CentreLink: ()}


def _store(carnet: _Carnet, file_name: str, by: User | None) -> ChangeSet | None:
    """Write what is new and what changed, owners first, in bulk, with the book of changes."""
    entry = book.open_entry(by=by, verb=VERB, reason=file_name, source=Source.IMPORT)
    for model in MODELS:
        made = [row for row in carnet.made if type(row) is model]
        changed = [row for row in carnet.changed if type(row) is model]
        for row in [*made, *changed]:
            _compute(row)
        model._default_manager.bulk_create(made, batch_size=BATCH)
        _update(model, changed)
        for row in made:
            entry.made(row)
        for row in changed:
            entry.changed(row, carnet.before[model, row.pk])
    return entry.close()


def _compute(row: models.Model) -> None:
    """The columns that follow from the others."""
    if isinstance(row, Practice):
        row.keep_words()
    elif isinstance(row, Professional | Structure):
        row.keep_key()


def _update(model: type[models.Model], changed: Iterable[models.Model]) -> None:
    """Every column of the rows that changed, with their next version."""
    names_ = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    for row in changed:
        if "version" in names_:
            row.version += 1
    model._default_manager.bulk_update(changed, names_, batch_size=BATCH // 8)


def _prepare(content: bytes, asked: Asked) -> Callable[[], Report]:
    """Read the lists; what writes them comes back."""
    file = read(content, cells=asked.cells, progress=asked.progress)
    return lambda: write(file, file_name=asked.file_name, chosen=asked.chosen, by=asked.by, rehearsal=asked.rehearsal)


KIND = Kind("correspondents", "Carnet de correspondants", "fiche", "fiches", _prepare)
