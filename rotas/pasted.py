"""Finds the doctors whom texts pasted from a spreadsheet name: one each, or a sentence that says why not."""

from collections.abc import Iterable

from django.db.models import Q

from directory import names
from directory.models import Doctor

LONGEST = 120


def doctors_named(texts: Iterable[str]) -> dict[str, Doctor | str]:
    """Text → its doctor, or why there is none. Words in any order, without case, accents or title; a letter alone is an
    initial (« J.-P. Gallet »). One query.
    """
    words = {text: names.key(text[:LONGEST]) for text in texts}
    asked = Q(pk__in=())
    for found in words.values():
        if long := [word for word in found if len(word) > 1]:
            asked |= Q(*[Q(sort_name__contains=word) for word in long])
    doctors = [(doctor, tuple(names.fold(doctor.sort_name).split())) for doctor in Doctor.objects.filter(asked)]
    return {text: _one(text, key, doctors) for text, key in words.items()}


def _one(text: str, key: tuple[str, ...], doctors: list[tuple[Doctor, tuple[str, ...]]]) -> Doctor | str:
    """The only doctor of this name, whole names first."""
    said = text[:LONGEST]
    whole = [doctor for doctor, name in doctors if key == tuple(sorted(name))]
    found = whole or [doctor for doctor, name in doctors if _names(key, name)]
    if len(found) == 1:
        return found[0]
    if found:
        return f"Plusieurs médecins répondent à «\u00a0{said}\u00a0»\u00a0: écrivez le prénom et le nom."
    return f"Aucun médecin ne s’appelle «\u00a0{said}\u00a0»\u00a0: vérifiez le nom."


def _names(key: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """True when each word of `key` is one of the name's, or the initial of one that is left."""
    left = list(name)
    for word in sorted(key, key=len, reverse=True):
        match = next((part for part in left if part == word or (len(word) == 1 and part.startswith(word))), None)
        if match is None:
            return False
        left.remove(match)
    return any(len(word) > 1 for word in key)
