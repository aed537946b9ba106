"""The demo's carnet: invented colleagues and structures around each centre, checked some days before today."""

import random
from datetime import timedelta
from decimal import Decimal

from directory import weeks
from directory.models import Centre, CentreLink, EmergencyLine, Practice, Professional, Structure
from directory.names import fold
from tests.factories.carnet import (
    CentreLinkFactory,
    EmergencyLineFactory,
    PracticeFactory,
    ProfessionalFactory,
    StructureFactory,
)
from tests.factories.directory import invented_phone

SPECIALTIES = (
    *("Cardiologie", "Dermatologie", "Pneumologie", "Gériatrie", "Ophtalmologie", "Gynécologie", "Pédiatrie"),
    *("Rhumatologie", "Psychiatrie", "Neurologie", "ORL", "Radiologie", "Urologie", "Gastro-entérologie"),
)
KINDS = ("Pharmacie", "Laboratoire de biologie", "Centre d’imagerie", "Cabinet infirmier", "EHPAD", "HAD", "CMP")
TOWNS = ("Guéret", "Aubusson", "La Souterraine", "Bourganeuf", "Boussac", "Gouzon", "Saint-Vaury")
DELAYS = ("", "48 h si urgent", "10 jours", "3 semaines", "2 mois", "6 mois")
NOTES = ("", "", "préfère un courrier", "avis par téléphone le matin", "téléexpertise possible", "accès de plain-pied")
SURNAMES = (
    *("Aubert", "Vidal", "Mercier", "Perrin", "Lemoine", "Chevalier", "Rolland", "Gaillard", "Fabre", "Marchand"),
    *("Besson", "Carpentier", "Delorme", "Ferrand", "Guichard", "Hamelin", "Jacquet", "Leclerc", "Morel", "Poirier"),
)
OWN_TOWNS = {"23"}  # elsewhere towns are invented with the department, since the communes are not known
PINNED = 3


def make_carnet(centres: list[Centre]) -> None:
    """About twenty entries a centre, three of them pinned, some shared with the next centre, one in four stale."""
    people, structures, practices, links = [], [], [], []
    for number, centre in enumerate(centres):
        mine = [_person(number, n, centre) for n in range(len(SPECIALTIES))]
        mine += [_structure(number, n, centre) for n in range(len(KINDS))]
        people += [one.professional for one in mine if one.professional]
        structures += [one.structure for one in mine if one.structure]
        practices += mine
        for n, one in enumerate(mine):
            links.append(_link(one, centre, pinned=n < PINNED))
            if n % 9 == 0 and number + 1 < len(centres):
                links.append(_link(one, centres[number + 1], pinned=False))
    for rows, name in ((people, "last_name"), (structures, "name")):
        _nobody_twice(rows, name)
    Professional.objects.bulk_create(people, batch_size=500)
    Structure.objects.bulk_create(structures, batch_size=500)
    for one in practices:
        one.keep_words()
    Practice.objects.bulk_create(practices, batch_size=200)
    CentreLink.objects.bulk_create(links, batch_size=500)
    EmergencyLine.objects.bulk_create([line for number, one in enumerate(centres) for line in _sheet(number, one)])


def _nobody_twice(rows: list, name: str) -> None:
    """Who came out like somebody before gets a second surname."""
    taken = set()
    for row in rows:
        row.keep_key()
        while row.key in taken:
            setattr(row, name, f"{getattr(row, name)}-{random.choice(SURNAMES)}")
            row.keep_key()
        taken.add(row.key)


def _town(number: int, n: int, centre: Centre) -> str:
    """A town of the centre's department, or a made-up one."""
    return TOWNS[n % len(TOWNS)] if centre.department in OWN_TOWNS else f"Bourg-{number + 1}-{n % 5 + 1}"


def _person(number: int, n: int, centre: Centre) -> Practice:
    """Somebody on their own, with a secure mailbox half of the time."""
    person = ProfessionalFactory.build(specialty=SPECIALTIES[n], last_name=random.choice(SURNAMES))
    first, last = (fold(part).replace(" ", "-") for part in (person.first_name, person.last_name))
    practice = _practice(number, n, centre, professional=person)
    practice.secure_mailbox = f"{first}.{last}@medecin.mssante.example" if n % 2 else ""
    practice.direct_line = invented_phone(number * 40 + n + 5000) if n % 3 == 0 else ""
    practice.takes_new_patients = random.choice([True, True, False, None])
    return practice


def _structure(number: int, n: int, centre: Centre) -> Practice:
    """A structure of its own; its address is on its row."""
    town = _town(number, n, centre)
    built = StructureFactory.build(kind=KINDS[n], name=f"{KINDS[n]} {random.choice(SURNAMES)}", town=town, postcode="")
    practice = _practice(number, n + 20, centre, professional=None, structure=built)
    practice.town = ""
    return practice


def _practice(number: int, n: int, centre: Centre, **fields) -> Practice:
    """What every entry has."""
    days = random.randrange(1, 170) if random.random() < 0.75 else random.choice([None, 200, 320])
    return PracticeFactory.build(
        town=_town(number, n, centre),
        postcode="",
        phone=invented_phone(number * 40 + n),
        delay=random.choice(DELAYS),
        note=random.choice(NOTES),
        confirmed_on=weeks.today() - timedelta(days=days) if days else None,
        **fields,
    )


def _link(practice: Practice, centre: Centre, *, pinned: bool) -> CentreLink:
    """Between 1 and 60 km away."""
    km = Decimal(random.randrange(10, 600)) / 10
    return CentreLinkFactory.build(practice=practice, centre=centre, km=km, pinned=pinned)


def _sheet(number: int, centre: Centre) -> list[EmergencyLine]:
    """The three lines that each centre completes."""
    lines = (("poison", "de la région"), ("on_call", "nuits et week-ends"), ("hospital", "Centre hospitalier"))
    return [
        EmergencyLineFactory.build(centre=centre, kind=kind, detail=detail, phone=invented_phone(9000 + number * 3 + n))
        for n, (kind, detail) in enumerate(lines)
    ]
