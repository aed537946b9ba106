"""Finds which doctor a written name means: without case, accents, title or order, and never by guessing."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from directory import names
from directory.imports.near import MOST, nearest
from directory.imports.reports import BadValue
from directory.models import Doctor

TITLES = {"dr", "drs", "docteur", "docteure", "dre", "pr", "professeur", "professeure", "mme", "mlle", "mr"}
TITLES |= {"monsieur", "madame", "mademoiselle"}
TWO_NAMES = "deux noms dans une cellule : gardez-en un"
_HARD = re.compile(r"[/+&;|]|\b(?:et|ou|puis)\b", re.IGNORECASE)
_SOFT = re.compile(r"[,\n\r]|\s[-–—]\s")
_STRANGE = re.compile(r"[^\w\s.,'’ʼ`´\-‐‑–—]")

Key = tuple[str, ...]


class DoctorNames:
    """The doctors by what people write of them. Built once for a file."""

    def __init__(self, doctors: Iterable[Doctor]) -> None:
        self._full: dict[Key, set[int]] = defaultdict(set)
        self._last: dict[Key, set[int]] = defaultdict(set)
        self._doctors = {doctor.pk: doctor for doctor in doctors}
        for pk, doctor in self._doctors.items():
            last, first = _words(doctor.last_name), _words(doctor.first_name)
            self._full[_key(last + first)].add(pk)
            self._last[_key(last)].add(pk)
        self._surnames = dict.fromkeys(doctor.last_name.casefold() for doctor in self._doctors.values())

    def find(self, typed: str) -> Doctor:
        """The one doctor that `typed` means: a whole name, a surname that one doctor bears, or initials and surname.

        BadValue when nobody or several may be meant, or when there are two names.
        """
        if _STRANGE.search(_HARD.sub("", typed)) or not re.search(r"[^\W\d_]", typed):
            raise BadValue("ce n’est pas un nom lisible")
        if _HARD.search(typed) or self._is_list(typed):
            raise BadValue(TWO_NAMES)
        written = _words(typed)
        words = _without_titles(written)
        if TITLES & set(words):
            raise BadValue(TWO_NAMES)
        found = self._candidates(words, sir=written[0] == "m")
        if len(found) > 1:
            some = ", ".join(sorted(str(self._doctors[pk]) for pk in found)[:4])
            raise BadValue(
                f"plusieurs médecins possibles ({some}) : écrivez le nom et le prénom, ou corrigez l’annuaire"
            )
        if not found:
            raise BadValue("ce nom n’est pas dans l’annuaire des médecins")
        return self._doctors[found.pop()]

    def near(self, typed: str) -> tuple[str, ...]:
        """The doctors, in full, that `typed` may have meant: those of this surname, then of names that resemble it.

        Only those whom `find` would then recognise: two namesakes cannot be told apart by their names.
        """
        words = _without_titles(_words(typed))
        if not words:
            return ()
        bearers = self._in_full(self._candidates(words, sir=False))
        surnames = nearest(" ".join(words), self._surnames)
        like_them = [name for surname in surnames for name in self._in_full(self._last[_key(_words(surname))])]
        found = dict.fromkeys([*bearers, *nearest(" ".join(words), self._alone), *like_them])
        return tuple(name for name in found if name in self._alone)[:MOST]

    def _in_full(self, found: set[int]) -> list[str]:
        """Doctors as they are written in full, in order."""
        return sorted(str(self._doctors[pk]) for pk in found)

    @cached_property
    def _alone(self) -> dict[str, int]:
        """The doctors in full who have no namesake."""
        return {str(self._doctors[pk]): pk for found in self._full.values() if len(found) == 1 for pk in found}

    def is_surname(self, typed: str) -> bool:
        """True when `typed` is letter for letter, accents too, what a doctor is called: « Ferme », « Libre »."""
        return typed.strip().casefold() in self._surnames

    def _candidates(self, words: list[str], *, sir: bool) -> set[int]:
        """Who these words may mean; with `sir`, the `M.` in front may be Monsieur as well as an initial."""
        found = self._full[_key(words)] | self._last[_key(words)] if words else set()
        if found or not words:
            return set(found)
        initials = [word for word in words if len(word) == 1]
        surname = _key(word for word in words if len(word) > 1)
        bearers = self._last[surname] if initials and surname else set()
        if sir and len(initials) == 1 and len(bearers) == 1:
            return set(bearers)
        return {pk for pk in bearers if self._initials(pk)[: len(initials)] == initials}

    def _initials(self, pk: int) -> list[str]:
        """`["j", "p"]` for Jean-Pierre."""
        return [word[0] for word in _words(self._doctors[pk].first_name)]

    def _is_list(self, typed: str) -> bool:
        """True for parts set apart (comma, new line, spaced hyphen) that each name somebody by themselves.

        `WEBER, Jean` is one name when there is such a doctor, even if somebody else is called Jean.
        """
        parts = [_without_titles(_words(part)) for part in _SOFT.split(typed)]
        parts = [part for part in parts if part]
        if len(parts) < 2 or not all(self._full.get(_key(part)) or self._last.get(_key(part)) for part in parts):
            return False
        together = _key(word for part in parts for word in part)
        return not any(self._is_last_first(pk, parts) for pk in self._full.get(together, ()))

    def _is_last_first(self, pk: int, parts: list[list[str]]) -> bool:
        """True when the parts are this doctor's surname then first name."""
        return [_words(self._doctors[pk].last_name), _words(self._doctors[pk].first_name)] == parts


def _words(text: str) -> list[str]:
    return names.fold(text).split()


def _key(words: Iterable[str]) -> Key:
    """Words in any order."""
    return tuple(sorted(words))


def _without_titles(words: list[str]) -> list[str]:
    """Words without the titles in front and behind; `M.` stays, since it may be an initial."""
    start, end = 0, len(words)
    while start < end and words[start] in TITLES:
        start += 1
    while end > start and words[end - 1] in TITLES:
        end -= 1
    return words[start:end]
