"""Reads what somebody types to find a doctor: words in any order, each the beginning of a word of the name."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from directory import names
from directory.models import DoctorWord
from directory.models.doctors import DoctorQuerySet
from directory.vocabulary import VOCABULARY, slips_allowed

TYPED_LENGTH, TYPED_WORDS = 80, 6


@dataclass(frozen=True)
class TypedWord:
    """The beginning of a word of the name; when `times` typed words begin so, as many words of the name must.

    `near` are the words that it may stand for by a slip, once these have been looked for.
    """

    start: str
    times: int
    near: frozenset[str] = frozenset()

    def is_met(self, words: Iterable[str]) -> bool:
        """True when these words of a name answer it."""
        return sum(word.startswith(self.start) or word in self.near for word in words) >= self.times


@dataclass(frozen=True)
class TypedName:
    """All that was typed. No word at all means everybody, unless what was typed is no name (`nobody`)."""

    words: tuple[TypedWord, ...]
    nobody: bool

    @property
    def may_have_slips(self) -> bool:
        """True when one of the words is long enough for a slip to be forgiven."""
        return any(slips_allowed(word.start) for word in self.words)

    def is_met(self, words: Iterable[str]) -> bool:
        """True when a name made of these words answers each typed word."""
        return not self.nobody and all(word.is_met(words) for word in self.words)

    def is_whole(self, words: Iterable[str]) -> bool:
        """True when each typed word is a word of the name, not the beginning of one."""
        return bool(self.words) and {word.start for word in self.words} <= {*words}

    def among(self, doctors: DoctorQuerySet) -> DoctorQuerySet:
        """The doctors that answer each typed word: `is_met` in SQL."""
        if self.nobody:
            return doctors.none()
        if not self.words:
            return doctors
        answers = [Q(word__starts_like=word.start) | Q(word__in=word.near) for word in self.words]
        found = DoctorWord.objects.filter(reduce(or_, answers)).values("doctor")
        if answers[1:] or self.words[0].times > 1:
            # All words at once: a sum by doctor, rather than one more look at the table for each doctor and word.
            counts = {f"met{n}": Count("pk", filter=answer) for n, answer in enumerate(answers)}
            enough = {f"met{n}__gte": word.times for n, word in enumerate(self.words)}
            found = found.annotate(**counts).filter(**enough).values("doctor")
        return doctors.filter(pk__in=found)

    def with_slips(self) -> "TypedName":
        """The same, with the words of the directory that each typed word may stand for. One query."""
        near = VOCABULARY.near([word.start for word in self.words])
        return replace(self, words=tuple(replace(word, near=frozenset(near[word.start])) for word in self.words))


def read(typed: str) -> TypedName:
    """What `typed` asks for, whatever it holds: signs are nothing, the end of an endless text is not read."""
    typed = typed[:TYPED_LENGTH]
    folded = (names.fold(names.without_title(typed)) or names.fold(typed)).split()[:TYPED_WORDS]
    counted = {start: sum(word.startswith(start) for word in folded) for start in folded}
    words = tuple(TypedWord(start, times) for start, times in counted.items())
    return TypedName(words, nobody=bool(typed.strip()) and not words)
