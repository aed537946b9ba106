"""Reads of the carnet: entries as a centre sees them, what a search finds, how fresh it is, whom to call first."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from directory import carnet_words
from directory.models import Centre, CentreLink, EmergencyLine, Practice
from directory.models.carnet import FRESH_DAYS, EmergencyKind


def seen_from(practices: QuerySet[Practice], centre: Centre | None) -> QuerySet[Practice]:
    """Entries with `what`, `km` and `pinned` as `centre` sees them; without a centre, the distance of the nearest.

    In reading order: those that the centre pinned, then the nearest, then by specialty and name.
    """
    links = CentreLink.objects.filter(practice=OuterRef("pk"))
    links = links.filter(centre=centre) if centre else links.exclude(km=None).order_by("km", "pk")
    pinned = Exists(links.filter(pinned=True)) if centre else Value(False, output_field=BooleanField())
    return practices.annotate(
        specialty=Coalesce("professional__specialty", "structure__kind"),
        km=Subquery(links.values("km")[:1]),
        near=Subquery(links.values("centre__name")[:1]),
        pinned=pinned,
    ).order_by("-pinned", F("km").asc(nulls_last=True), "words", "pk")


def found(practices: QuerySet[Practice], typed: str) -> QuerySet[Practice]:
    """The entries that hold a beginning of each word typed, in any order, without case, accents or small slips.

    One more query, for the words that the carnet knows.
    """
    asked = carnet_words.asked_words(typed)
    if not asked:
        return practices
    known = carnet_words.vocabulary(Practice.objects.standing().values_list("words", flat=True))
    for word in asked:
        starts = [Q(words__contains=f" {start}") for start in sorted(carnet_words.nearest(word, known))]
        either = starts[0]
        for start in starts[1:]:
            either |= start
        practices = practices.filter(either)
    return practices


def specialties() -> list[str]:
    """Each specialty and kind of structure that stands in the carnet, in alphabetical order."""
    named = Practice.objects.standing().annotate(specialty=Coalesce("professional__specialty", "structure__kind"))
    return sorted(set(named.exclude(specialty="").values_list("specialty", flat=True)), key=str.casefold)


@dataclass(frozen=True)
class Freshness:
    """How many entries of a centre were said to be right within half a year."""

    centre: str
    fresh: int
    total: int

    @property
    def share(self) -> int:
        """In per cent, rounded down: 100 is said of all of them only."""
        return self.fresh * 100 // self.total if self.total else 0


def freshness(today: date) -> list[Freshness]:
    """For each centre that has entries, in reading order. One query."""
    since = today - timedelta(days=FRESH_DAYS)
    rows = (
        CentreLink.objects.filter(practice__archived_on=None)
        .values("centre__name", "centre__opened_on")
        .annotate(total=Count("pk"), fresh=Count("pk", filter=Q(practice__confirmed_on__gte=since)))
        .order_by("centre__opened_on", "centre__name")
    )
    return [Freshness(row["centre__name"], row["fresh"], row["total"]) for row in rows]


@dataclass(frozen=True)
class Call:
    """A line of an emergency sheet; `version` is 0 for a national one."""

    kind: str
    label: str
    phone: str
    detail: str
    version: int = 0


TO_FILL = "à compléter par le centre ; à défaut, le 15"
NATIONAL = {
    EmergencyKind.SAMU: ("15", ""),
    EmergencyKind.EUROPE: ("112", ""),
    EmergencyKind.DEAF: ("114", "par SMS ou visio"),
    EmergencyKind.POISON: ("", TO_FILL),
    EmergencyKind.ON_CALL: ("116 117", "là où ce numéro est en service, sinon le 15"),
    EmergencyKind.HOSPITAL: ("", TO_FILL),
}


def emergency_sheet(centre: Centre | None) -> list[Call]:
    """Whom to call at `centre`, in order: its own lines, the national one where it has none. One query."""
    own = {line.kind: line for line in EmergencyLine.objects.filter(centre=centre)}
    return [
        Call(kind, kind.label, own[kind].phone, own[kind].detail, own[kind].version)
        if kind in own
        else Call(kind, kind.label, phone, detail)
        for kind, (phone, detail) in NATIONAL.items()
    ]
