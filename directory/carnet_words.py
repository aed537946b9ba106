"""What a search of the carnet reads: the words of each entry, and the nearest known words for a slip of the finger."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from directory import names
from directory.models import Change, ChangeSet, Practice
from directory.tracking import in_parts
from directory.vocabulary import slips_allowed

LONGEST = 80
MOST_WORDS = 6
BATCH = 500
_OF = {"directory.practice": "pk", "directory.professional": "professional_id", "directory.structure": "structure_id"}


def asked_words(typed: str) -> list[str]:
    """The words of a search, folded; too many or too long say no more."""
    return names.fold(typed[:LONGEST]).split()[:MOST_WORDS]


def vocabulary(texts: Iterable[str]) -> set[str]:
    """Each word of these entries once."""
    return {word for text in texts for word in text.split()}


def nearest(word: str, known: set[str]) -> set[str]:
    """The beginnings to look for: the word itself when an entry has it, else the known words that it nearly writes.

    A number is taken as it is typed; the end of a known word may still be missing.
    """
    allowed = 0 if word.isdigit() else slips_allowed(word)
    if not allowed or any(one.startswith(word) for one in known):
        return {word}
    choices = {one for one in known if len(one) >= len(word) - allowed} | {one[: len(word)] for one in known}
    close = extract(word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    best = min((distance for _, distance, _ in close), default=0)
    return {one for one, distance, _ in close if distance == best} or {word}


def refresh(practices: Iterable[Practice]) -> None:
    """Store the words of entries whose texts have changed."""
    rows = list(practices)
    for practice in rows:
        practice.keep_words()
    Practice.objects.bulk_update(rows, ["words"], batch_size=BATCH)


def after_restore(changes: list[Change], change_set: ChangeSet) -> None:
    """After an undo: the words follow the texts that now stand."""
    column = _OF[changes[0].table]
    for part in in_parts({change.row for change in changes}):
        refresh(Practice.objects.whole().filter(**{f"{column}__in": part}))
