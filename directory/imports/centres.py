"""Imports the list of centres: where they are, since when they are open, how many doctors they host a week."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from directory import book, events, names, public, weeks
from directory.french import thousands
from directory.imports import rows, values
from directory.imports.files import Source as File
from directory.imports.headings import Column, Line, Table, read_table
from directory.imports.kinds import Asked, Kind
from directory.imports.reports import BadValue, Report, Unreadable, Where, line
from directory.imports.rows import Reading
from directory.models import Capacity, Centre, User
from directory.models.book import Source

VERB = "import.centres"
MOST = 2_000
COLUMNS = (
    Column(
        "name",
        "Centre",
        (
            "centre",
            "nom du centre",
            "nom centre",
            "centre de sante",
            "nom",
            "nom du centre de sante",
            "centres",
            "site",
        ),
        required=True,
    ),
    Column("commune", "Commune", ("commune", "ville", "localite", "village")),
    Column(
        "department",
        "Département",
        ("departement", "dept", "dpt", "dep", "n departement", "no departement", "code departement"),
        required=True,
    ),
    Column(
        "opened_on",
        "Date d’ouverture",
        (
            *("date d ouverture", "date ouverture", "ouverture", "ouvert le", "ouvert depuis", "ouvert depuis le"),
            *("ouverture le", "date d ouverture du centre", "ouvre le", "date de l ouverture"),
        ),
        required=True,
    ),
    Column(
        "places",
        "Médecins par semaine",
        (
            *("medecins par semaine", "medecins semaine", "nb medecins", "nb de medecins", "nombre de medecins"),
            *("places", "places par semaine", "places semaine", "nb places", "nb de places", "nombre de places"),
            *("nombre de medecins par semaine", "nb medecins par semaine", "nb de medecins par semaine", "postes"),
            *("medecin par semaine", "capacite", "medecins", "nbre de medecins", "nbre medecins"),
        ),
    ),
    Column("address", "Adresse", ("adresse", "adresse postale", "rue", "adresse du centre")),
    Column(
        "phone",
        "Téléphone",
        (
            "telephone",
            "tel",
            "n de telephone",
            "numero de telephone",
            "n telephone",
            "n tel",
            "num tel",
            "telephone fixe",
        ),
    ),
    Column("postcode", "Code postal", ("code postal", "cp", "c p", "codepostal")),
    Column("hours", "Horaires", ("horaires", "horaires d ouverture", "heures d ouverture", "heures")),
)


def read(file: File, *, cells: Mapping[str, str] | None = None) -> Table:
    """The list in a file, some `cells` corrected; Unreadable with one sentence when it has none."""
    table = read_table(file, COLUMNS, cells)
    if len(table.sheet.rows) > MOST:
        raise Unreadable(f"plus de {thousands(MOST)} lignes : ce n’est pas la liste des centres.")
    return table


@dataclass
class _Network:
    """The centres by name and by web address, those of Relais first; the ones that this file has met."""

    centres: list[Centre]
    met: set[int] = field(default_factory=set)

    def find(self, name: str) -> Centre | None:
        """The centre of this name, whatever its case, accents and hyphens; BadValue when several bear it."""
        folded = names.fold(name)
        found = [centre for centre in self.centres if names.fold(centre.name) == folded]
        found = found or [centre for centre in self.centres if centre.slug == slug_of(name)]
        if len(found) > 1:
            raise BadValue("plusieurs centres de Relais portent ce nom")
        return found[0] if found else None


def slug_of(name: str) -> str:
    """The web address of a centre: `Cœur-de-Brenne` gives `coeur-de-brenne`."""
    return names.fold(name).replace(" ", "-")[:80]


def write(
    table: Table,
    *,
    file_name: str = "",
    apply_differences: bool = False,
    chosen: frozenset[str] = frozenset(),
    by: User | None = None,
) -> Report:
    """Create and complete the centres of the list in one change set; call in a transaction (`running.run`).

    `chosen` are the addresses of the differences to apply. The places of the coming weeks follow at once
    (`events.capacity_changed`).
    """
    report = Report(applied=apply_differences, chosen=chosen)
    network = _Network(list(Centre.objects.locked()))
    entry = book.open_entry(by=by, verb=VERB, reason=file_name, source=Source.IMPORT)
    for row in table.lines():
        reading = _read_line(row, network)
        if reading.faults:
            fixes = tuple(table.fix(row.number, name) for name in reading.faulty)
            report.refuse_all(line(row.number), reading.faults, fixes)
            continue
        for remark in reading.remarks:
            report.remark(line(row.number), remark)
        _take(line(row.number), reading.values, network, entry, report)
    report.change_set = entry.close()
    if report.change_set:
        public.bump()
    return report


def _take(where: Where, given: dict, network: _Network, entry: book.Entry, report: Report) -> None:
    """Decide what one good row does, and count it."""
    places = given.pop("places", None)
    centre = network.find(given["name"])
    if centre is None:
        network.centres.append(centre := _create(given, places or 1, entry))
        report.created += 1
    else:
        _complete(where, centre, given, places, network, entry, report)
    network.met.add(centre.pk)


def _create(given: dict, places: int, entry: book.Entry) -> Centre:
    """A new centre with its capacity since the Monday of its opening week."""
    filled = {name: value for name, value in given.items() if not rows.blank(value)}
    centre = Centre.objects.create(slug=slug_of(given["name"]), **filled)
    entry.made(centre)
    _since_opening(centre, places, entry)
    return centre


def _since_opening(centre: Centre, places: int, entry: book.Entry) -> None:
    """The first capacity of a centre."""
    monday = weeks.monday_of(centre.opened_on)
    entry.made(Capacity.objects.create(centre=centre, since=monday, required=places))
    events.capacity_changed.send(sender=Centre, centre=centre, entry=entry)


def _complete(where: Where, centre: Centre, given: dict, places: int | None, network, entry, report) -> None:
    """Fill the blanks of a standing centre; say, or apply, what differs. The first row of a file stands."""
    again = centre.pk in network.met
    ruling = _ruling(centre)
    differences = {} if again else rows.differing(centre, given)
    other_places = bool(places and ruling and not again and places != ruling.required)
    if told := _told(centre, differences, ruling, places if other_places else None):
        report.differ(where, told)
    applied = report.applies(where)
    news = rows.missing(centre, given) | (differences if applied else {})
    changed = bool(news)
    if news:
        _save(centre, news, entry)
    if places and not ruling:
        changed = True
        _since_opening(centre, places, entry)
    if other_places and applied:
        changed = True
        _change_places(ruling, places, entry)
    if changed:
        report.updated += 1
    elif not told:
        report.unchanged += 1


def _told(centre: Centre, differences: dict, ruling: Capacity | None, places: int | None) -> str:
    """What differs, in words; empty when nothing does."""
    parts = [rows.said(centre, differences)] if differences else []
    if places:
        parts.append(f"médecins par semaine : {places} dans le fichier, {ruling.required} dans Relais")
    return " ; ".join(parts)


def _save(centre: Centre, news: dict, entry: book.Entry) -> None:
    """Put new values on a centre; its first capacity follows its opening day."""
    before, opened = book.snapshot(centre), weeks.monday_of(centre.opened_on)
    for name, value in news.items():
        setattr(centre, name, value)
    centre.version += 1
    centre.save()
    entry.changed(centre, before)
    first = centre.capacities.order_by("since").first()
    if first and first.since == opened != weeks.monday_of(centre.opened_on):
        _move(first, weeks.monday_of(centre.opened_on), entry)


def _move(capacity: Capacity, since: date, entry: book.Entry) -> None:
    """Start a capacity at another Monday, unless another one rules there already."""
    if not capacity.centre.capacities.exclude(pk=capacity.pk).filter(since__lte=since).exists():
        before = book.snapshot(capacity)
        capacity.since = since
        capacity.save(update_fields=["since"])
        entry.changed(capacity, before)
        events.capacity_changed.send(sender=Centre, centre=capacity.centre, entry=entry)


def _ruling(centre: Centre) -> Capacity | None:
    """The capacity of this week, or the first one of a centre that is not open yet."""
    ordered = centre.capacities.order_by("since")
    return ordered.filter(since__lte=weeks.today()).last() or ordered.first()


def _change_places(ruling: Capacity, places: int, entry: book.Entry) -> None:
    """Another number of places from this week on: the weeks that are over keep theirs."""
    monday = max(weeks.monday_of(weeks.today()), ruling.since)
    capacity = Capacity.objects.filter(centre=ruling.centre, since=monday).first()
    before = book.snapshot(capacity) if capacity else None
    capacity = capacity or Capacity(centre=ruling.centre, since=monday, wanted=ruling.wanted)
    capacity.required = places
    capacity.save()
    if before:
        entry.changed(capacity, before)
    else:
        entry.made(capacity)
    events.capacity_changed.send(sender=Centre, centre=ruling.centre, entry=entry)


def _read_line(row: Line, network: _Network) -> Reading:
    """The values of one row, or what is wrong with it."""
    reading = Reading()
    rows.check_line(row, reading)
    for name, reader in _READERS.items():
        if name in row.cells:
            reading.take(name, row.cells[name], reader)
    for name, missing in (("department", "le département manque"), ("opened_on", "la date d’ouverture manque")):
        if not reading.values.get(name, "bad"):
            reading.blame(name, "", missing)
    if "name" in reading.values:
        reading.take("name", row.cells["name"], lambda raw: _unambiguous(raw, network))
    if reading.values.get("postcode") == UNREAD_POSTCODE:
        reading.values["postcode"] = ""
        reading.remarks.append("code postal non gardé : ce n’est pas un nombre de cinq chiffres")
    rows.check_lengths(Centre, reading, essential={"name"})
    return reading


def _unambiguous(raw: object, network: _Network) -> str:
    name = read_name(raw)
    network.find(name)
    return name


def read_name(raw: object) -> str:
    """A centre's name on one line; BadValue when it holds no Latin letter."""
    typed = re.sub(r"\s+", " ", values.text(raw))
    if not re.search(r"[a-z]", names.fold(typed)):
        raise BadValue("le nom du centre manque")
    return typed


UNREAD_POSTCODE = "?"


def read_postcode(raw: object) -> str:
    """Five digits, a lost leading zero put back; UNREAD_POSTCODE when they are not."""
    typed = values.optional(raw).replace(" ", "")
    if not typed:
        return ""
    return typed.zfill(5) if re.fullmatch(r"\d{4,5}", typed) else UNREAD_POSTCODE


_READERS = {
    "name": read_name,
    "commune": values.optional,
    "department": values.read_department,
    "opened_on": values.read_date,
    "places": values.read_places,
    "address": values.optional,
    "phone": values.read_phone,
    "postcode": read_postcode,
    "hours": values.optional,
}


def _prepare(content: bytes, asked: Asked) -> Callable[[], Report]:
    """Read the list; what writes it comes back."""
    table = read(content, cells=asked.cells)
    asked.progress(len(table.sheet.rows), len(table.sheet.rows))
    return lambda: write(table, file_name=asked.file_name, chosen=asked.chosen, by=asked.by)


KIND = Kind("centres", "Centres", "centre", "centres", _prepare)
