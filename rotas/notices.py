"""Tells a doctor what became of their week: one mail for what stands, none for what was undone in time."""

from datetime import date

from django.template.loader import render_to_string

from directory import book, french, messages, weeks
from directory.models import Change, ChangeSet, Doctor, OutgoingMessage
from directory.models.book import Source
from directory.models.messages import MessageState
from rotas.models import Assignment, AssignmentState, Slot
from rotas.slots import place_subject

CONFIRMED = "rotas.week_confirmed"
CANCELLED = "rotas.week_cancelled"

Days = tuple[date, date]


def about(slot_id: int, doctor_id: int) -> str:
    """How messages name a doctor in a place: the same when they leave it and come back."""
    return f"{place_subject(slot_id)}:doctor:{doctor_id}"


def reconcile(slot: Slot, doctor: Doctor, *, knew: Days | None = None) -> OutgoingMessage | None:
    """Make what `doctor` was told of `slot` agree with what stands; returns the message written, if any.

    `knew` are the days that they knew of without any mail of ours, when they had been confirmed by an import. A
    draft place, a week that is over and a doctor without an address tell nothing new.
    """
    mails = _mails(slot, doctor)
    told = messages.last_that_stands(mails)
    expected = _expected(slot, doctor)
    known = _days_told(told) if told else _days_known_first(mails, knew)
    if known == expected:
        return None
    if told is not None and told.state == MessageState.PENDING and messages.withdraw(told):
        return reconcile(slot, doctor, knew=knew)
    if not slot.published or slot.sunday < weeks.today() or not doctor.email:
        return None
    return _write(slot, doctor, CONFIRMED if expected else CANCELLED, expected or known, nth=len(mails))


def _mails(slot: Slot, doctor: Doctor) -> list[OutgoingMessage]:
    """All that was written to a doctor about a place, oldest first; no query when it was loaded with the place that
    there is nothing (`queries.place_to_change`)."""
    if doctor.pk in getattr(slot, "untold", ()):
        slot.untold = frozenset()
        return []
    return _all_written(slot.pk, doctor.pk)


def _all_written(slot_id: int, doctor_id: int) -> list[OutgoingMessage]:
    """The mails to a doctor about a place, stopped and refused ones too, oldest first."""
    return list(OutgoingMessage.objects.filter(subject_ref=about(slot_id, doctor_id)).order_by("pk"))


def announce(assignment: Assignment) -> OutgoingMessage:
    """Write the confirmation of a place that no mail of ours stands for.

    The first mail about it notes that the doctor knew of it from elsewhere: were it stopped and the place freed, they
    would still have to be told.
    """
    days = (assignment.first_day, assignment.last_day)
    nth = OutgoingMessage.objects.filter(subject_ref=about(assignment.slot_id, assignment.doctor_id)).count()
    return _write(assignment.slot, assignment.doctor, CONFIRMED, days, nth=nth, known=not nth)


def _expected(slot: Slot, doctor: Doctor) -> Days | None:
    """The days for which the doctor is confirmed there; a gesture knows who holds its place."""
    if hasattr(slot, "holders"):
        mine = [a for a in slot.holders if a.doctor_id == doctor.pk and a.state == AssignmentState.CONFIRMED]
        return (mine[0].first_day, mine[0].last_day) if mine else None
    return slot.assignments.confirmed().filter(doctor=doctor).values_list("first_day", "last_day").first()


def _days_known_first(mails: list[OutgoingMessage], knew: Days | None) -> Days | None:
    """The days known before any mail of ours: a first mail that cancelled them, or that came after, tells which."""
    if not mails:
        return knew
    first = mails[0]
    return _days_of(first) if first.kind == CANCELLED or first.facts.get("known") else None


def _days_told(told: OutgoingMessage) -> Days | None:
    """The days for which this mail says that they are expected."""
    return _days_of(told) if told.kind == CONFIRMED else None


def _days_of(told: OutgoingMessage) -> Days:
    return date.fromisoformat(told.facts["first_day"]), date.fromisoformat(told.facts["last_day"])


def _write(slot: Slot, doctor: Doctor, kind: str, days: Days, *, nth: int, known: bool = False) -> OutgoingMessage:
    """Write the mail of this kind; each telling has its own key. `known` days are noted as such."""
    subject = about(slot.pk, doctor.pk)
    context = {
        "centre": slot.centre,
        "doctor": doctor,
        "days": french.day_range(*days),
        "week": weeks.label(slot.monday),
    }
    name = kind.rpartition(".")[2]
    facts = {"first_day": days[0].isoformat(), "last_day": days[1].isoformat()}
    return messages.write(
        key=f"{subject}:{nth}",
        kind=kind,
        about=subject,
        to=doctor.email,
        subject=render_to_string(f"emails/{name}.subject.txt", context).strip(),
        body=render_to_string(f"emails/{name}.txt", context),
        html=render_to_string(f"emails/{name}.html", context),
        facts=facts | ({"known": True} if known else {}),
    )


def withdraw_confirmation(assignment: Assignment) -> None:
    """Stop a confirmation that has not left, and tell nothing: a file has put somebody else there."""
    told = messages.last_told(about(assignment.slot_id, assignment.doctor_id))
    if told is not None and told.kind == CONFIRMED:
        messages.withdraw(told)


def after_restore(changes: list[Change], change_set: ChangeSet) -> None:
    """After an undo of assignments: who was told hears what stands now.

    The undo of an import tells nobody new: only those whose mail it had stopped, or who had been told by hand.
    """
    pairs = _pairs(changes)
    if book.origin(change_set) == Source.IMPORT:
        subjects = [about(*pair) for pair in pairs]
        told = set(OutgoingMessage.objects.filter(subject_ref__in=subjects).values_list("subject_ref", flat=True))
        pairs = {pair for pair in pairs if about(*pair) in told}
    slots = Slot.objects.select_related("centre").in_bulk({slot for slot, _ in pairs})
    doctors = Doctor.objects.in_bulk({doctor for _, doctor in pairs})
    for slot, doctor in sorted(pairs):
        reconcile(slots[slot], doctors[doctor], knew=_confirmed_days(changes, slot, doctor))


def _pairs(changes: list[Change]) -> set[tuple[int, int]]:
    """The (slot id, doctor id) that changes of assignments are about."""
    return {
        (values["slot_id"], values["doctor_id"])
        for change in changes
        for values in (change.before, change.after)
        if values
    }


def _confirmed_days(changes: list[Change], slot_id: int, doctor_id: int) -> Days | None:
    """The days that stood confirmed before the undo, which the doctor may know from elsewhere."""
    for change in changes:
        values = change.after or {}
        mine = (values.get("slot_id"), values.get("doctor_id")) == (slot_id, doctor_id)
        if mine and values["state"] == AssignmentState.CONFIRMED:
            return date.fromisoformat(values["first_day"]), date.fromisoformat(values["last_day"])
    return None


def told_by(change_set: ChangeSet) -> list[OutgoingMessage]:
    """The mails that this gesture has written and that have not left, oldest first."""
    changes = change_set.changes.filter(table="rotas.assignment")
    subjects = [about(slot, doctor) for slot, doctor in _pairs(list(changes))]
    written = OutgoingMessage.objects.filter(subject_ref__in=subjects, created_at__gte=change_set.at)
    return list(written.filter(state=MessageState.PENDING).order_by("pk"))


def already_told(slot: Slot) -> list[Assignment]:
    """Who among the `holders` of a place counts on coming: confirmed, and no undo could stop the mail that says so.

    Those whom an import has confirmed knew before Relais did; nobody knows of a draft.
    """
    confirmed = [held for held in slot.holders if held.state == AssignmentState.CONFIRMED and slot.published]
    return [held for held in confirmed if not _can_still_be_stopped(held)]


def _can_still_be_stopped(held: Assignment) -> bool:
    """True while the confirmation has not left."""
    told = messages.last_told(about(held.slot_id, held.doctor_id))
    return told is not None and told.kind == CONFIRMED and told.state == MessageState.PENDING


def standing(assignment: Assignment) -> str:
    """What Relais has told the doctor of a confirmed place, in one sentence; empty for a proposal.

    A mail that a later one contradicts, or that tells other days, has told nothing: `telling.untold` in words.
    """
    if assignment.state != AssignmentState.CONFIRMED:
        return ""
    mails = _all_written(assignment.slot_id, assignment.doctor_id)
    told = messages.last_that_stands(mails)
    if told is not None and _days_told(told) == (assignment.first_day, assignment.last_day):
        if told.state == MessageState.SENT:
            return f"Prévenu le {french.moment(told.sent_at)}."
        return f"Mail prévu le {french.moment(told.due_at)}."
    if any(mail.kind == CONFIRMED and mail.state == MessageState.FAILED for mail in mails):
        return "Mail refusé par le serveur de messagerie\u00a0: appelez."
    return "Non prévenu par Relais." if assignment.doctor.email else "Pas d’adresse e-mail\u00a0: appelez."
