"""Reads one row of a list of correspondents: what its columns may be called and what each cell holds."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from directory import names, patient_data, weeks
from directory.imports import centres, rows, values
from directory.imports.headings import Column, Line
from directory.imports.reports import BadValue
from directory.imports.rows import Reading
from directory.models import Practice, Professional, Structure
from directory.models.carnet import MAX_KM, Category, refuse_patient_mailbox

COLUMNS = (
    Column("centre", "Centre", ("centre", "nom du centre", "centre de sante", "site")),
    Column("category", "Catégorie", ("categorie", "categories", "cat", "nature", "famille")),
    Column(
        "specialty",
        "Spécialité / type",
        (
            *("specialite type", "specialite", "specialites", "type", "specialite ou type", "type de structure"),
            *("discipline", "profession", "metier", "activite", "specialite medicale", "type specialite"),
        ),
        required=True,
    ),
    Column("last_name", "Nom", ("nom", "nom de famille", "noms", "nom du correspondant", "nom d usage", "patronyme")),
    Column("first_name", "Prénom", ("prenom", "prenoms", "prenom usuel")),
    Column(
        "structure",
        "Structure",
        (
            "structure",
            "nom de la structure",
            "nom structure",
            "etablissement",
            "lieu d exercice",
            "organisme",
            "cabinet",
        ),
    ),
    Column("address", "Adresse", ("adresse", "adresse postale", "rue", "voie", "adresse du cabinet")),
    Column("postcode", "Code postal", ("code postal", "cp", "c p", "codepostal")),
    Column("town", "Ville", ("ville", "commune", "localite", "lieu")),
    Column(
        "phone",
        "Tél. secrétariat",
        (
            *(
                "tel secretariat",
                "telephone secretariat",
                "telephone du secretariat",
                "secretariat",
                "tel du secretariat",
            ),
            *(
                "telephone",
                "tel",
                "n de telephone",
                "numero de telephone",
                "n tel",
                "tel fixe",
                "telephone fixe",
                "fixe",
            ),
            *("standard", "tel standard", "num tel", "no tel", "phone"),
        ),
    ),
    Column(
        "direct_line",
        "Ligne directe",
        (
            *(
                "ligne directe",
                "tel direct",
                "telephone direct",
                "numero direct",
                "n direct",
                "direct",
                "ligne medecins",
            ),
            *("portable", "mobile", "tel portable", "telephone portable", "tel mobile", "ligne directe medecins"),
        ),
    ),
    Column(
        "secure_mailbox",
        "Messagerie sécurisée",
        (
            *("messagerie securisee", "mssante", "mss", "ms sante", "messagerie", "adresse mssante", "mail securise"),
            *(
                "adresse securisee",
                "email securise",
                "e mail securise",
                "messagerie securisee de sante",
                "boite mssante",
            ),
        ),
    ),
    Column(
        "delay",
        "Délai RDV",
        (
            *("delai rdv", "delai", "delais", "delai de rdv", "delai de rendez vous", "delai rendez vous"),
            *("delai moyen", "delai d attente", "attente", "delais rdv"),
        ),
    ),
    Column(
        "takes_new_patients",
        "Nouveaux patients",
        (
            *("nouveaux patients", "nouveau patient", "nouveaux", "prend de nouveaux patients"),
            *("accepte de nouveaux patients", "accepte nouveaux patients", "prend nouveaux patients", "accepte"),
        ),
    ),
    Column(
        "note",
        "Commentaire",
        ("commentaire", "commentaires", "remarque", "remarques", "note", "notes", "observations", "observation"),
    ),
    Column(
        "confirmed_on",
        "Vérifié le",
        (
            *("verifie le", "verifie", "date de verification", "verification", "mis a jour le", "maj", "mise a jour"),
            *("date de mise a jour", "a jour le", "date maj", "derniere verification", "controle le", "confirme le"),
        ),
    ),
    Column("km", "Distance (km)", ("distance km", "distance", "km", "kms", "distance en km", "nb km", "kilometres")),
)
NEEDS_A_NAME = "ni nom ni structure : l’un des deux est nécessaire"
_ESSENTIAL = {"last_name", "first_name", "specialty", "name", "town", "secure_mailbox"}
_PEOPLE = (
    (("special", "medecin", "docteur"), Category.SPECIALIST),
    (("paramed", "para med", "auxiliaire"), Category.PARAMEDICAL),
)


@dataclass
class Entry:
    """What a good row says: the person if any, the place, the entry itself, its centre and distance."""

    person: dict[str, str] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    own: dict[str, object] = field(default_factory=dict)
    centre: str = ""
    km: Decimal | None = None


def read_line(line: Line) -> Reading:
    """The values of one row, or what is wrong with it."""
    reading = Reading()
    rows.check_line(line, reading)
    for name, raw in line.cells.items():
        reading.take(name, raw, _READERS[name])
    named = [name for name in ("last_name", "structure") if name in line.cells]
    if not reading.faults and not any(reading.values[name] for name in named):
        reading.faults.append(("", NEEDS_A_NAME))
        reading.faulty += named
    _leave_out(reading)
    _check_lengths(reading)
    return reading


def entry_of(given: dict[str, object]) -> Entry:
    """Sorts the values of a good row: a name makes a person, else the structure is the entry."""
    entry = Entry(centre=str(given.get("centre", "")), km=given.get("km"))
    shared = {name: given.get(name, "") for name in ("address", "postcode", "town")}
    entry.own = {name: given[name] for name in _OWN if name in given}
    structure = given.get("structure", "")
    if given.get("last_name"):
        entry.person = {
            "category": category_of(str(given.get("category", ""))),
            "specialty": given.get("specialty") or "Non renseignée",
            "last_name": given["last_name"],
            "first_name": given.get("first_name", ""),
        }
        entry.place = {"name": structure, **shared} if structure else {}
        entry.own |= {} if structure else shared
    else:
        entry.place = {"kind": given.get("specialty", ""), "name": structure, **shared}
    return entry


def category_of(typed: str) -> str:
    """`Spécialiste`, `Médecins spécialistes`, `paramédical`; a blank one is a specialist, another word « Autre »."""
    folded = names.fold(typed)
    if not folded:
        return Category.SPECIALIST
    return next((kind for starts, kind in _PEOPLE if folded.startswith(starts)), Category.OTHER)


def read_mailbox(raw: object) -> str:
    """A secure mailbox; BadValue when it is no address, or a patient's."""
    address = values.read_email(raw)
    try:
        refuse_patient_mailbox(address)
    except ValidationError as error:
        raise BadValue("messagerie d’un patient : elle n’a pas sa place dans le carnet") from error
    return address


def read_km(raw: object) -> Decimal | str | None:
    """`12,7`, `12.7 km`, `environ 12`; None when blank, UNREAD when it is no plausible distance."""
    typed = values.text(f"{raw:.1f}" if isinstance(raw, float) else raw)
    if not values.optional(typed):
        return None
    found = re.fullmatch(r"(?:env(?:iron)?\.?|~|≈)?\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:km|kms)?\.?", typed, re.IGNORECASE)
    km = Decimal(found.group(1).replace(",", ".")).quantize(Decimal("0.1")) if found else None
    return UNREAD if km is None or km > MAX_KM else km


def read_confirmed(raw: object) -> date | str | None:
    """The day of the last check; UNREAD for one that is still to come."""
    day = values.read_date(raw)
    return UNREAD if day and day > weeks.today() else day


UNREAD = "?"
_READERS = {
    "centre": values.optional,
    "category": values.optional,
    "specialty": values.optional,
    "last_name": values.optional,
    "first_name": values.optional,
    "structure": values.optional,
    "address": values.optional,
    "postcode": centres.read_postcode,
    "town": values.optional,
    "phone": values.read_phone,
    "direct_line": values.read_phone,
    "secure_mailbox": read_mailbox,
    "delay": values.optional,
    "takes_new_patients": values.read_yes_no,
    "note": values.optional,
    "confirmed_on": read_confirmed,
    "km": read_km,
}
_OWN = ("phone", "direct_line", "secure_mailbox", "delay", "takes_new_patients", "note", "confirmed_on")
_UNREAD = {
    "postcode": ("code postal non gardé : ce n’est pas un nombre de cinq chiffres", ""),
    "km": (f"distance non gardée : ce n’est pas un nombre de km (de 0 à {MAX_KM})", None),
    "confirmed_on": ("date de vérification non gardée : elle est dans le futur", None),
}


def _leave_out(reading: Reading) -> None:
    """Cells that never refuse a row: what they hold is left out, and said."""
    for name, (why, blank) in _UNREAD.items():
        if reading.values.get(name) == UNREAD:
            reading.values[name] = blank
            reading.remarks.append(why)
    for name, heading in (("note", "commentaire"), ("delay", "délai"), ("address", "adresse")):
        if patient_data.found(str(reading.values.get(name) or "")):
            del reading.values[name]
            reading.remarks.append(f"« {heading} » non gardé : {patient_data.REASON}")


def _check_lengths(reading: Reading) -> None:
    """As long as the columns that will hold them."""
    shared = {name: reading.values[name] for name in ("specialty", *_OWN, "town") if name in reading.values}
    held = {
        Professional: {name: reading.values[name] for name in ("last_name", "first_name") if name in reading.values},
        Structure: {"name": reading.values["structure"]} if "structure" in reading.values else {},
        Practice: {name: value for name, value in shared.items() if name != "specialty"},
    }
    held[Professional] |= {"specialty": shared["specialty"]} if "specialty" in shared else {}
    held[Practice] |= {"address": reading.values["address"]} if "address" in reading.values else {}
    for model, part in held.items():
        checked = Reading(values=part)
        rows.check_lengths(model, checked, essential=_ESSENTIAL)
        reading.faults += checked.faults
        reading.faulty += ["structure" if name == "name" else name for name in checked.faulty]
        reading.remarks += checked.remarks
        reading.values |= {("structure" if name == "name" else name): value for name, value in checked.values.items()}
