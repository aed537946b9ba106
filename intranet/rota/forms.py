"""The gestures of a place's page: one form each, with its own fields, the version it read, and the action it calls."""

from django import forms

from directory import patient_data
from directory.models import ChangeSet, Doctor, User
from directory.refusals import Refusal
from rotas import actions, notices
from rotas.models import Assignment, AssignmentState, CancelledBy, CancelReason, Slot

NOTE_HINT = "280 signes, jamais d’information sur un patient."


class ShortText(forms.CharField):
    """A short text about the week: what looks like a patient's data is refused, and kept nowhere."""

    def validate(self, value: str) -> None:
        """Refuse what speaks of a patient."""
        super().validate(value)
        if patient_data.found(value):
            raise forms.ValidationError(
                "Ce texte ressemble à des données de patient\u00a0: il n’a pas été enregistré. "
                "Réécrivez-le sans parler d’un patient."
            )


class AlreadyTold(Refusal):
    """A place is not freed without a word when its doctor counts on coming: `told` are those who do."""

    def __init__(self, told: list[Assignment]) -> None:
        self.told = told
        who = " et ".join(str(held.doctor) for held in told)
        super().__init__(f"{who} compte sur cette semaine\u00a0: dites qui l’annule et pourquoi.")


class Gesture(forms.Form):
    """What each gesture carries, `wish` being its words; any other field is refused.

    Each has its own `run(slot, by)`, which does it and returns the change set (None: nothing changed) and
    the sentence to show.
    """

    wish = ""
    version = forms.IntegerField(
        min_value=0,
        error_messages={
            "required": "Cette demande ne dit pas quelle version de la place elle a lue\u00a0: rechargez la page.",
            "invalid": "La version de la place n’est pas un nombre\u00a0: rechargez la page.",
        },
    )

    def __init__(self, data=None, *, place: Slot | None = None) -> None:
        super().__init__(data)
        self.place = place

    def words(self) -> str:
        """What the person wanted, when somebody else was quicker."""
        return self.wish

    def again(self) -> list[tuple[str, str]]:
        """The fields to send once more with a fresh version."""
        names = ("geste", *self.base_fields)
        return [(name, self.data[name]) for name in names if name in self.data and name != "version"]


class Confirm(Gesture):
    """A doctor is expected."""

    wish = "confirmer"
    state = AssignmentState.CONFIRMED
    doctor = forms.IntegerField(
        error_messages={"required": "Choisissez un médecin.", "invalid": "Ce médecin n’existe pas."}
    )
    note = ShortText(max_length=280, required=False)

    def clean_doctor(self) -> Doctor:
        """The doctor that was read with the place."""
        if self.place.asked is None:
            raise forms.ValidationError("Ce médecin n’existe pas.")
        return self.place.asked

    def words(self) -> str:
        """With the doctor's name."""
        return f"{self.wish} {self.cleaned_data['doctor']}"

    def run(self, slot: Slot, by: User) -> tuple[ChangeSet | None, str]:
        """Through `rotas.actions.assign`; who is there for some days only keeps them."""
        data = self.cleaned_data
        mine = next((held for held in slot.holders if held.doctor_id == data["doctor"].pk), None)
        done = actions.assign(
            slot=slot,
            doctor=data["doctor"],
            by=by,
            version=data["version"],
            state=self.state,
            first_day=mine and mine.first_day,
            last_day=mine and mine.last_day,
            note=data["note"] if "note" in self.data else None,
        )
        return done.change_set, f"{done.doctor} est {done.get_state_display()} à {slot.centre}."


class Propose(Confirm):
    """A doctor is proposed: nobody is told yet."""

    wish = "proposer"
    state = AssignmentState.OPTION

    def run(self, slot: Slot, by: User) -> tuple[ChangeSet | None, str]:
        """As `Confirm`, but whoever was told to come is not merely proposed again without a word."""
        told = notices.already_told(slot) if self.cleaned_data["version"] == slot.version else []
        if mine := [held for held in told if held.doctor_id == self.cleaned_data["doctor"].pk]:
            raise AlreadyTold(mine)
        return super().run(slot, by)


class Release(Gesture):
    """The place is free again."""

    wish = "libérer la place"
    reason = ShortText(max_length=280, required=False)

    def run(self, slot: Slot, by: User) -> tuple[ChangeSet | None, str]:
        """Through `rotas.actions.release`; whoever was told is not freed without a word."""
        data = self.cleaned_data
        if data["version"] == slot.version and (told := notices.already_told(slot)):
            raise AlreadyTold(told)
        done = actions.release(slot=slot, by=by, version=data["version"], reason=data["reason"])
        return done, f"La place est libre à {slot.centre}."


class Cancel(Gesture):
    """The week of somebody who was told is called off: who did, and why, in choices that name no illness."""

    wish = "annuler la semaine"
    by = forms.ChoiceField(
        label="Qui annule",
        choices=CancelledBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites qui annule.", "invalid_choice": "Dites qui annule, dans la liste."},
    )
    reason = forms.ChoiceField(
        label="Raison",
        choices=CancelReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison.", "invalid_choice": "Choisissez une raison de la liste."},
    )

    def run(self, slot: Slot, by: User) -> tuple[ChangeSet | None, str]:
        """Through `rotas.actions.cancel`."""
        data = self.cleaned_data
        why = {"cancelled_by": data["by"], "cancel_reason": data["reason"]}
        done = actions.cancel(slot=slot, by=by, version=data["version"], **why)
        return done, f"La semaine est annulée et la place est libre à {slot.centre}."


class Missed(Gesture):
    """Nobody came to a past place."""

    wish = "noter que personne n’est venu"
    reason = ShortText(max_length=280, required=False)

    def run(self, slot: Slot, by: User) -> tuple[ChangeSet | None, str]:
        """Through `rotas.actions.declare_missed`."""
        data = self.cleaned_data
        done = actions.declare_missed(slot=slot, by=by, version=data["version"], reason=data["reason"])
        return done.change_set, f"La semaine est notée manquée à {slot.centre}."


class Close(Gesture):
    """The centre closes that week, all places."""

    wish = "fermer la semaine"
    reason = ShortText(max_length=120, required=False)

    def run(self, slot: Slot, by: User) -> tuple[ChangeSet | None, str]:
        """Through `rotas.actions.close_week`, which concerns the whole week."""
        data = self.cleaned_data
        done = actions.close_week(slot=slot, by=by, version=data["version"], reason=data["reason"])
        return done.change_set, f"{slot.centre} est fermé cette semaine-là."


class Reopen(Close):
    """The centre is open after all."""

    wish = "rouvrir la semaine"

    def run(self, slot: Slot, by: User) -> tuple[ChangeSet | None, str]:
        """Through `rotas.actions.reopen_week`."""
        data = self.cleaned_data
        done = actions.reopen_week(slot=slot, by=by, version=data["version"], reason=data["reason"])
        return done, f"{slot.centre} est de nouveau ouvert cette semaine-là."


GESTURES: dict[str, type[Gesture]] = {
    "confirmer": Confirm,
    "proposer": Propose,
    "liberer": Release,
    "annuler": Cancel,
    "manquee": Missed,
    "fermer": Close,
    "rouvrir": Reopen,
}
IN_GRID = {"confirmer", "proposer", "liberer", "annuler"}
