"""Keeps in each process the words of names, to find those that a slip of the fingers has turned into others."""

from collections import defaultdict
from threading import Lock
from time import monotonic

from django.db.models import Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.models import DoctorWord

WHOLE_READ_EVERY = 600
MOST = 300
HEAD = 12  # letters by which words are kept together: longer typings are told apart afterwards


def slips_allowed(typed: str) -> int:
    """How many letters too many, missing, wrong or swapped are forgiven: one from 4 letters on, two from 8."""
    return 2 if len(typed) >= 8 else 1 if len(typed) >= 4 else 0


def is_near(typed: str, word: str) -> bool:
    """True when `typed` is `word`, or a beginning of it, but for the slips allowed."""
    slips, length = slips_allowed(typed), len(typed)
    heads = {word[:end] for end in range(length - slips, length + slips + 1)}
    return any(OSA.distance(typed, head, score_cutoff=slips) <= slips for head in heads)


class Vocabulary:
    """The distinct words of the table, added to by each search that needs them.

    Rows only ever come with higher ids, save those of a transaction that commits late: the whole table is read again
    now and then. A word that nobody bears any more finds nobody.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Start anew from the table."""
        self._words: set[str] = set()
        self._last = 0
        self._whole_at = float("-inf")
        self._heads: dict[int, dict[str, list[str]]] = {}

    def near(self, typed: list[str]) -> dict[str, list[str]]:
        """For each typed word the words that it may have meant, whole ones before longer ones. One query."""
        with self._lock:
            self._refresh()
            return {word: self._near(word) for word in typed}

    def _refresh(self) -> None:
        """Read what came since the last reading, or everything."""
        rows = DoctorWord.objects.order_by()
        if monotonic() - self._whole_at > WHOLE_READ_EVERY:
            self.forget()
            self._whole_at = monotonic()
            found = rows.values("word").annotate(newest=Max("pk")).values_list("newest", "word")
        else:
            found = rows.filter(pk__gt=self._last).values_list("pk", "word")
        for pk, word in found:
            self._last = max(self._last, pk)
            if word not in self._words:
                self._words.add(word)
                for length, heads in self._heads.items():
                    heads[word[:length]].append(word)

    def _near(self, typed: str) -> list[str]:
        """Whole words that are near, or where there are none those of which the beginning is."""
        slips, length = slips_allowed(typed), len(typed)
        if not slips:
            return []
        heads = self._by_head(min(length, HEAD))
        # What is near a beginning a little shorter or longer is twice as near, at most, to the one of this length.
        likely = process.extract(typed[:HEAD], list(heads), scorer=OSA.distance, score_cutoff=2 * slips, limit=None)
        words = [word for head, _, _ in likely for word in heads[head]]
        near = {head for head in {word[: length + slips] for word in words} if is_near(typed, head)}
        found = [word for word in words if word[: length + slips] in near]
        whole = [word for word in found if OSA.distance(typed, word, score_cutoff=slips) <= slips]
        return (whole or found)[:MOST]

    def _by_head(self, length: int) -> dict[str, list[str]]:
        """The words by their first `length` letters."""
        if length not in self._heads:
            self._heads[length] = heads = defaultdict(list)
            for word in sorted(self._words):
                heads[word[:length]].append(word)
        return self._heads[length]


VOCABULARY = Vocabulary()
