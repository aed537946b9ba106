"""What follows a gesture on the rota: the mails it will cause, whom to call, the weeks it concerned, its undo."""

from collections.abc import Iterator

from django.conf import settings

from directory import weeks
from directory.models import Change, ChangeSet, Doctor
from rotas import notices
from rotas.models import AssignmentState, Slot

NOTHING = "Rien n’a changé."
NAMED = 3  # beyond, a sentence counts people instead of naming them
MAILS = {notices.CONFIRMED: "un mail", notices.CANCELLED: "un mail d’annulation"}


def outcome(sentence: str, change_set: ChangeSet | None, *, undoable: bool) -> str:
    """`sentence`, then the mails that the gesture wrote and whom it leaves to be called; NOTHING for no change.

    `change_set` is what the action returned: what it has at hand (`written`, `mails`, `doctors`) is not read again.

    `undoable` says that the page offers to take it back, which stops these mails.
    """
    if change_set is None:
        return NOTHING
    changes = [change for change in change_set.written if change.table == "rotas.assignment"]
    doctors = getattr(change_set, "doctors", None)
    if doctors is None:
        doctors = Doctor.objects.in_bulk({values["doctor_id"] for values in _sides(changes)})
    mails = list(_mails(change_set, changes, doctors))
    if mails and undoable:
        mails.append("Vous pouvez annuler d’ici là.")
    return " ".join([sentence, *mails, *_calls(changes, doctors)])


def _sides(changes: list[Change]) -> Iterator[dict]:
    """What stood before and after each change."""
    return (values for change in changes for values in (change.before, change.after) if values)


def _mails(change_set: ChangeSet, changes: list[Change], doctors: dict[int, Doctor]) -> Iterator[str]:
    """« Dr … recevra un mail dans 10 minutes. » for each kind of mail that the gesture wrote."""
    pairs = {(values["slot_id"], values["doctor_id"]) for values in _sides(changes)}
    about = {notices.about(slot, doctor): doctors[doctor] for slot, doctor in pairs}
    written = change_set.mails if hasattr(change_set, "mails") else notices.told_by(change_set)
    for kind, what in MAILS.items():
        told = [str(about[mail.subject_ref]) for mail in written if mail.kind == kind]
        if told:
            verb = "recevra" if len(told) == 1 else "recevront"
            who = " et ".join(told) if len(told) <= NAMED else f"{len(told)}\u00a0médecins"
            yield f"{who} {verb} {what} dans {_delay()}."


def _delay() -> str:
    """How long a mail waits for an undo."""
    minutes = max(1, settings.MESSAGE_DELAY_SECONDS // 60)
    return "une minute" if minutes == 1 else f"{minutes}\u00a0minutes"


def _calls(changes: list[Change], doctors: dict[int, Doctor]) -> Iterator[str]:
    """Who hears of it by phone only: no address, and now expected, or no longer, in a published week not yet over."""
    mute = {
        (values["slot_id"], values["doctor_id"])
        for change in changes
        for values in _sides([change])
        if _expected(change.before) != _expected(change.after) and not doctors[values["doctor_id"]].email
    }
    this_week = weeks.monday_of(weeks.today())
    awaited = Slot.objects.filter(pk__in={slot for slot, _ in mute}, published=True, monday__gte=this_week)
    known = set(awaited.values_list("pk", flat=True))
    return (f"{doctors[doctor]} n’a pas d’adresse e-mail\u00a0: appelez." for slot, doctor in mute if slot in known)


def _expected(values: dict | None) -> tuple[str, str] | None:
    """The days for which somebody is confirmed."""
    confirmed = values and values["state"] == AssignmentState.CONFIRMED
    return (values["first_day"], values["last_day"]) if confirmed else None


def slots_of(change_set: ChangeSet) -> list[Slot]:
    """The places that a gesture concerned: those of the week for a closure."""
    ids, found = set(), []
    for change in change_set.changes.all():
        values = change.before or change.after
        if change.table == "rotas.closure":
            found += Slot.objects.filter(centre=values["centre_id"], monday=values["monday"]).order_by("place")
        else:
            ids.add(change.row if change.table == "rotas.slot" else values["slot_id"])
    return [*Slot.objects.filter(pk__in=ids).select_related("centre").order_by("pk"), *found]
