"""The RPPS number of a health professional (Répertoire partagé des professionnels intervenant dans le système de
santé): 11 digits, the last a Luhn key."""

import re

LENGTH = 11
_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]")


def luhn(digits: str) -> bool:
    """True when the last of `digits` is the Luhn key of the others (ISO/IEC 7812-1)."""
    total = 0
    for position, char in enumerate(reversed(digits)):
        value = int(char) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def normalise(typed: str) -> str:
    """`typed` without spaces, dots and hyphens; the leading 8 of a 12-digit "identification nationale" is taken off."""
    digits = _SEPARATORS.sub("", typed)
    if len(digits) == LENGTH + 1 and digits.startswith("8") and is_rpps(digits[1:]):
        return digits[1:]
    return digits


def is_rpps(digits: str) -> bool:
    """True for 11 ASCII digits whose key is right."""
    return len(digits) == LENGTH and digits.isascii() and digits.isdigit() and luhn(digits)
