"""Times the search of a doctor for a place: over the collective as it is, and over one eighty times as large."""

from random import Random
from statistics import median
from time import process_time
from urllib.parse import quote

from django.db import connection

from directory import distances
from directory.models import Doctor
from directory.models.people import Role
from rotas.models import Slot
from tests.bench import urls
from tests.bench.door import Door
from tests.bench.harness import Figure, compare
from tests.factories.directory import MembershipFactory

NOW, LARGE = 950, 80_000
STARTS = ("Ba", "Bou", "Cha", "Du", "Fa", "Fer", "Gar", "Jou", "La", "Le", "Lau", "Ma", "Mor", "Pe", "Ro", "Sa", "Vi")
MIDDLES = ("bre", "che", "di", "fou", "gar", "la", "li", "lo", "ma", "mi", "na", "ri", "ro", "sse", "ta", "ti", "vi")
ENDS = ("ac", "ard", "aud", "ault", "eau", "el", "er", "ier", "in", "lle", "mont", "net", "on", "ot", "rin", "t", "vel")
FIRST_NAMES = ("Anne", "Aïcha", "Bruno", "Éloïse", "Jean-Pierre", "Karim", "Marie", "Martin", "Paul", "Zoé", "Œdipe")
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "choices"}


def collective(size: int) -> None:
    """Add invented doctors of all departments up to `size`; one in twelve has a name of several words."""
    chance, codes = Random(7), [*distances.PREFECTURES]

    def surname() -> str:
        return "".join(map(chance.choice, (STARTS, MIDDLES, ("", *MIDDLES), ENDS)))

    Doctor.objects.bulk_create(
        [
            Doctor(
                last_name=surname() if number % 12 else f"{chance.choice(('Le', 'de La', 'D’'))} {surname()}",
                first_name=chance.choice(FIRST_NAMES),
                department=chance.choice(codes),
            )
            for number in range(size - Doctor.objects.count())
        ],
        batch_size=2000,
    )
    if connection.vendor == "postgresql":
        # Its autovacuum does so within a minute of any such import.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def typed(size: int) -> dict[str, str]:
    """What is typed, by what it tries: a slip is a letter that the name has and the typing has not."""
    one = Doctor.objects.order_by("pk")[size // 2]
    name = max(one.last_name.split(), key=len)
    kinds = {"rien": "", "une lettre": "m", "trois lettres": "mar", "un nom entier": one.full_name}
    return kinds | {"une faute": name[:3] + name[4:], "rien de connu": "qzxwvkjq"}


def now() -> list[Figure]:
    """Over the collective of today."""
    return _combobox("combobox", NOW)


def large() -> list[Figure]:
    """Over eighty times as many."""
    return _combobox("combobox_80000", LARGE)


def _combobox(name: str, size: int) -> list[Figure]:
    """The mean of all kinds over a bare view of the same bytes; prints the processor's time of each kind."""
    collective(size)
    staff = Door(MembershipFactory(role=Role.LOGISTICS).user)
    place = Slot.objects.open().order_by("-monday", "pk").first()
    addresses = {kind: f"/intranet/rotation/{place.pk}/?q={quote(text)}" for kind, text in typed(size).items()}
    bodies = [staff.get(address, **HTMX) for address in addresses.values()]
    for kind, address in addresses.items():
        print(f"  {name}, {kind}\u00a0: {_cpu_ms(lambda address=address: staff.get(address, **HTMX)):.1f} ms")
    urls.BARE["body"] = b" " * (sum(map(len, bodies)) // len(bodies))
    return [
        compare(
            name,
            lambda: b"".join(staff.get(address, **HTMX) for address in addresses.values()),
            lambda: b"".join(staff.get("/intranet-nu/") for _ in addresses),
        )
    ]


def _cpu_ms(function, times: int = 9) -> float:
    """The median of the processor's milliseconds, this process only."""
    spent = []
    for _ in range(times):
        start = process_time()
        function()
        spent.append(1000 * (process_time() - start))
    return median(spent)
