"""Imports the charity's list of doctors. The RPPS is the person: its first row stands, later ones only fill blanks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from directory import book, patient_data, public
from directory.imports import rows, values
from directory.imports.files import Source as File
from directory.imports.headings import Column, Line, Table, read_table
from directory.imports.kinds import Asked, Kind, Progress, silent
from directory.imports.reports import BadValue, Report, Where, line
from directory.imports.rows import Reading
from directory.models import ChangeSet, Doctor, User
from directory.models.book import Source
from directory.rpps import is_rpps, normalise

VERB = "import.doctors"
BATCH = 400
STEP = 500
COLUMNS = (
    Column(
        "last_name",
        "Nom",
        (
            "nom",
            "nom de famille",
            "noms",
            "nom d usage",
            "nom du medecin",
            "nom medecin",
            "patronyme",
            "nom de naissance",
        ),
        required=True,
    ),
    Column(
        "first_name",
        "Prénom",
        ("prenom", "prenoms", "prenom usuel", "prenom d usage", "prenom du medecin", "prenom medecin"),
        required=True,
    ),
    Column(
        "rpps",
        "N° RPPS",
        (
            *("rpps", "n rpps", "no rpps", "nr rpps", "num rpps", "numero rpps", "n de rpps", "numero de rpps"),
            *("rpps n", "rpps no", "rpps numero", "code rpps", "identifiant rpps", "id rpps", "numero d rpps"),
        ),
        required=True,
    ),
    Column(
        "email",
        "Adresse e-mail",
        (
            *("email", "e mail", "mail", "courriel", "adresse e mail", "adresse email", "adresse mail"),
            *("adresse courriel", "adresse electronique", "adresse de courriel", "mel", "emails", "mails", "e mails"),
        ),
    ),
    Column(
        "phone",
        "Téléphone",
        (
            *("telephone", "tel", "portable", "mobile", "telephone portable", "tel portable", "telephone mobile"),
            *("tel mobile", "numero de telephone", "n de telephone", "n telephone", "no telephone", "num tel", "n tel"),
            *("numero telephone", "no tel", "num telephone", "numero de portable", "n portable", "gsm", "phone"),
            *("telephones", "tel port", "telephone fixe", "tel fixe", "fixe"),
        ),
    ),
    Column(
        "status",
        "Statut",
        ("statut", "situation", "statut professionnel", "situation professionnelle", "mode d exercice", "exercice"),
    ),
    Column(
        "department",
        "Département",
        (
            *("departement", "dept", "dpt", "dep", "dept de residence", "departement de residence", "n departement"),
            *("no departement", "code departement", "numero de departement", "numero departement"),
        ),
    ),
    Column(
        "commune",
        "Commune",
        ("commune", "ville", "localite", "commune de residence", "ville de residence", "lieu de residence"),
    ),
    Column(
        "joined_on",
        "Date d’adhésion",
        (
            *(
                "date d adhesion",
                "date adhesion",
                "adhesion",
                "adhesion le",
                "inscrit le",
                "inscrite le",
                "inscription",
            ),
            *(
                "inscrit e le",
                "date d inscription",
                "date inscription",
                "membre depuis",
                "membre depuis le",
                "adherent",
            ),
            *("adherent depuis", "adherente depuis", "adherent depuis le", "adhere le", "date d entree", "entree"),
            *("entre le", "depuis", "depuis le", "arrive le", "date d arrivee", "dans le collectif depuis"),
        ),
    ),
    Column(
        "acts_not_practised",
        "Ne pratique pas",
        (
            *("ne pratique pas", "actes non pratiques", "actes non pratique", "actes pas pratiques", "ne fait pas"),
            *("non pratique", "non pratiques", "actes exclus", "actes refuses", "ne pratique plus"),
        ),
    ),
    Column(
        "own_car",
        "Véhicule personnel",
        (
            *("vehicule personnel", "voiture", "vehicule", "voiture personnelle", "vehicule perso", "voiture perso"),
            *("a une voiture", "vient en voiture", "vehicule propre", "a un vehicule"),
        ),
    ),
)


@dataclass(frozen=True)
class DoctorFile:
    """A list whose rows are read, which takes longest, before any transaction."""

    table: Table
    readings: list[tuple[int, Reading]]


def read(
    file: File,
    *,
    cells: Mapping[str, str] | None = None,
    progress: Progress = silent,
) -> DoctorFile:
    """The list in a file, some `cells` corrected; Unreadable with one sentence when it has none."""
    table = read_table(file, COLUMNS, cells)
    readings, total = [], len(table.sheet.rows)
    for done, row in enumerate(table.lines()):
        if done % STEP == 0:
            progress(done, total)
        readings.append((row.number, _read_line(row)))
    progress(total, total)
    return DoctorFile(table, readings)


@dataclass
class _Collective:
    """The doctors by RPPS: those of Relais, then those of the file as they are read."""

    standing: dict[str, Doctor]
    met: dict[str, Doctor] = field(default_factory=dict)
    made: list[Doctor] = field(default_factory=list)
    before: dict[int, dict] = field(default_factory=dict)

    def change(self, doctor: Doctor, news: dict[str, object]) -> None:
        """Put values on a doctor, remembering how one of Relais stood before the first change."""
        if doctor.pk and doctor.pk not in self.before:
            self.before[doctor.pk] = book.snapshot(doctor)
        for name, value in news.items():
            setattr(doctor, name, value)


def write(
    file: DoctorFile,
    *,
    file_name: str = "",
    apply_differences: bool = False,
    chosen: frozenset[str] = frozenset(),
    by: User | None = None,
    rehearsal: bool = False,
) -> Report:
    """Create and complete the doctors of the list in one change set; call in a transaction (`running.run`).

    `chosen` are the addresses of the differences to apply; a `rehearsal` spares the writing.
    """
    report = Report(applied=apply_differences, chosen=chosen)
    known = Doctor.objects.exclude(rpps=None)
    collective = _Collective({doctor.rpps: doctor for doctor in known})
    for number, reading in file.readings:
        if reading.faults:
            fixes = tuple(file.table.fix(number, name) for name in reading.faulty)
            report.refuse_all(line(number), reading.faults, fixes)
            continue
        for remark in reading.remarks:
            report.remark(line(number), remark)
        _take(line(number), reading.values, collective, report)
    if not rehearsal:
        report.change_set = _store(collective, file_name, by)
    return report


def _take(where: Where, given: dict[str, object], collective: _Collective, report: Report) -> None:
    """Decide what one good row does, and count it."""
    rpps = given["rpps"]
    doctor = collective.met.get(rpps) or collective.standing.get(rpps)
    if doctor is None:
        doctor = Doctor(**{name: value for name, value in given.items() if not rows.blank(value)})
        collective.met[rpps] = doctor
        collective.made.append(doctor)
        report.created += 1
        return
    differences = {} if rpps in collective.met else rows.differing(doctor, given)
    collective.met[rpps] = doctor
    news = rows.missing(doctor, given)
    if differences:
        report.differ(where, rows.said(doctor, differences))
        news |= differences if report.applies(where) else {}
    if news:
        collective.change(doctor, news)
        report.updated += 1
    elif not differences:
        report.unchanged += 1


def _store(collective: _Collective, file_name: str, by: User | None) -> ChangeSet | None:
    """Write what is new and what changed, in bulk, with the book of changes."""
    changed = [doctor for doctor in collective.met.values() if doctor.pk in collective.before]
    entry = book.open_entry(by=by, verb=VERB, reason=file_name, source=Source.IMPORT)
    for doctor in [*collective.made, *changed]:
        doctor.keep_sort_name()
    for doctor in changed:
        doctor.version += 1
    Doctor.objects.bulk_create(collective.made, batch_size=BATCH)
    Doctor.objects.bulk_update(changed, [*(c.field for c in COLUMNS), "sort_name", "version"], batch_size=BATCH // 4)
    for doctor in collective.made:
        entry.made(doctor)
    for doctor in changed:
        entry.changed(doctor, collective.before[doctor.pk])
    change_set = entry.close()
    if change_set:
        public.bump()
    return change_set


def _read_line(row: Line) -> Reading:
    """The values of one row, or what is wrong with it."""
    reading = Reading()
    rows.check_line(row, reading)
    cells = row.cells
    reading.take("last_name", cells["last_name"], _named("le nom manque"))
    reading.take("first_name", cells["first_name"], _named("le prénom manque"))
    reading.take("rpps", cells["rpps"], read_rpps)
    for name, reader in _READERS.items():
        if name in cells:
            reading.take(name, cells[name], reader)
    _keep_what_can_be(cells, reading)
    rows.check_lengths(Doctor, reading, essential={"last_name", "first_name", "email"})
    return reading


def _keep_what_can_be(cells: dict[str, object], reading: Reading) -> None:
    """Columns that never refuse a row: what they hold is left out, and said."""
    if "department" in cells:
        try:
            reading.values["department"] = values.read_department(cells["department"])
        except BadValue as error:
            reading.remarks.append(f"département non gardé, {error}")
    for name, heading in (("acts_not_practised", "ne pratique pas"), ("commune", "commune")):
        if patient_data.found(str(reading.values.get(name, ""))):
            del reading.values[name]
            reading.remarks.append(f"« {heading} » non gardé : {patient_data.REASON}")


def _named(missing: str):
    """A reader of names: one line, as typed; BadValue when it holds no letter."""

    def read_name(raw: object) -> str:
        typed = re.sub(r"\s+", " ", values.text(raw))
        if not any(char.isalpha() for char in typed):
            raise BadValue(missing)
        return typed

    return read_name


def read_rpps(raw: object) -> str:
    """The 11 digits of a typed RPPS; BadValue when it is missing or its key is wrong."""
    typed = values.optional(raw)
    if not typed:
        raise BadValue("le numéro RPPS manque : c’est lui qui identifie le médecin")
    digits = normalise(re.sub(r"^\W*rpps\s*:?|(?<=\d{11})\.0$|^'", "", typed, flags=re.IGNORECASE).strip())
    if not is_rpps(digits):
        raise BadValue("ce n’est pas un numéro RPPS (11 chiffres, dont une clé de contrôle)")
    return digits


_READERS = {
    "email": values.read_email,
    "phone": values.read_phone,
    "status": values.read_status,
    "commune": values.optional,
    "joined_on": values.read_date,
    "acts_not_practised": values.optional,
    "own_car": values.read_yes_no,
}


def _prepare(content: bytes, asked: Asked) -> Callable[[], Report]:
    """Read the list; what writes it comes back."""
    file = read(content, cells=asked.cells, progress=asked.progress)
    return lambda: write(file, file_name=asked.file_name, chosen=asked.chosen, by=asked.by, rehearsal=asked.rehearsal)


KIND = Kind("doctors", "Médecins", "médecin", "médecins", _prepare)
