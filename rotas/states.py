"""Names the one state in which a screen shows a place, from what the tables hold of it."""

from collections.abc import Iterable

from django.db import models


class State(models.TextChoices):
    """What is said of a place. Values are the words of addresses (`?etat=a-pourvoir`); none is ever stored."""

    OPEN = "a-pourvoir", "à pourvoir"
    OPTION = "propose", "proposé"
    CONFIRMED = "confirme", "confirmé"
    CLOSED = "ferme", "fermé"
    WANTED = "souhaitee", "souhaitée"
    UNKNOWN = "non-renseigne", "non renseigné"
    MISSED = "manquee", "manquée"


def strongest(held: Iterable[str | None]) -> str | None:
    """The state that counts of those in which several people hold a place; None for nobody."""
    found = set(held)
    return next((state for state in ("confirmed", "option") if state in found), None)


def state_of(*, held: str | None, closed: bool, missed: bool, wanted: bool, past: bool) -> State:
    """The state of a place; `held` is the strongest state of those who hold it (None for nobody).

    Who holds a place is shown even in a closed week; an extra place that stayed empty is no unknown week.
    `queries.with_state` says the same in SQL.
    """
    if held:
        return State.CONFIRMED if held == "confirmed" else State.OPTION
    if closed:
        return State.CLOSED
    if missed:
        return State.MISSED
    if wanted:
        return State.WANTED
    return State.UNKNOWN if past else State.OPEN
