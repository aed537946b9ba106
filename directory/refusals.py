"""What an action answers when it will not do what is asked: a French sentence that says what to do."""


class Refusal(Exception):
    """A rule of the house says no. `str()` is the sentence to show."""


class Stale(Refusal):
    """Somebody changed the row since it was read: nothing was written."""


class ChangedSince(Refusal):
    """An undo finds rows that no longer stand as the gesture left them. `drift` lists them all in words."""

    def __init__(self, drift: list[str]) -> None:
        self.drift = drift
        super().__init__("Impossible d’annuler : " + " ; ".join(drift[:10]))
