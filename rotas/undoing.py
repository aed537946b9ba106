"""Says which of a person's gestures the next undo takes back, and which the next redo does again."""

from datetime import timedelta

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from directory.models import ChangeSet, User
from directory.models.book import Source

KEPT = 50
REMEMBERED = timedelta(hours=12)


def by_hand(user: User) -> QuerySet[ChangeSet]:
    """The gestures on the rota that `user` made by hand: the only ones that they may take back."""
    return ChangeSet.objects.filter(actor_id=user.pk, source=Source.HAND, verb__startswith="rotas.")


def next_undo(user: User) -> ChangeSet | None:
    """The newest gesture of `user` that stands: made by hand lately, or done again since. One query."""
    found = [pk for pk, depth, undone in _gestures(user) if depth % 2 == 0 and not undone]
    return ChangeSet.objects.filter(pk=found[-1]).first() if found else None


def next_redo(user: User) -> ChangeSet | None:
    """The newest undo of `user` that stands, as long as they have made no other gesture since."""
    gestures = _gestures(user)
    last_by_hand = max((pk for pk, depth, _ in gestures if depth == 0), default=0)
    found = [pk for pk, depth, undone in gestures if depth % 2 == 1 and not undone and pk > last_by_hand]
    return ChangeSet.objects.filter(pk=found[-1]).first() if found else None


def _gestures(user: User) -> list[tuple[int, int, bool]]:
    """(id, depth, undone) of the last gestures of `user`, oldest first: 0 by hand, 1 its undo, 2 done again, and so on.

    Only since the last sign-in, or of the last hours, since one may sign in again over a page: what somebody did on
    another day is taken back from the place's history.
    """
    since = timezone.now() - REMEMBERED
    session = Q(at__gte=min(since, user.last_login or since))
    kept = by_hand(user).filter(session).order_by("-pk").values("pk")
    oldest = Coalesce(Subquery(kept[KEPT - 1 : KEPT]), 0)
    undoes = ChangeSet.objects.filter(actor_id=user.pk, source=Source.UNDO, undoes__isnull=False)
    rota = (by_hand(user) | undoes).filter(session, pk__gte=oldest)
    rows = list(rota.order_by("pk").values_list("pk", "source", "undoes_id", "undone_by"))
    depths = {pk: 0 for pk, source, _, _ in rows if source == Source.HAND}
    for pk, _, undoes, _ in rows:
        if undoes in depths:
            depths[pk] = depths[undoes] + 1
    return [(pk, depths[pk], undone is not None) for pk, _, _, undone in rows if pk in depths]
