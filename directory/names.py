"""Names as people write them: compared without case, accents, title or order; sorted as a French reader expects."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_TITLES = re.compile(r"^(?:(?:docteur|docteure|dre|dr|pr|mme|mlle|m)\b\.?\s*)+", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, without accents, ligatures or punctuation: `"D'Œuvre-Été"` gives `"d oeuvre ete"`."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _NOT_LETTERS.sub(" ", letters.lower()).strip()


def without_title(text: str) -> str:
    """`text` without `Dr`, `Docteur`, `Dre`… in front."""
    return _TITLES.sub("", text.strip()).strip()


def key(text: str) -> tuple[str, ...]:
    """The words of a name, folded and sorted: two writings of one name in any order have the same key."""
    return tuple(sorted(fold(without_title(text)).split()))


def sort_key(last_name: str, first_name: str) -> str:
    """What a list is sorted by: name then first name, without case, accents or apostrophes."""
    return f"{fold(last_name)}, {fold(first_name)}"[:170]


def words(last_name: str, first_name: str) -> list[str]:
    """What a search finds a person by: each word of both names, and each name of several words also in one.

    `("de La Tour", "Anne")` gives `["de", "la", "tour", "delatour", "anne"]`.
    """
    return words_of_key(f"{fold(last_name)}, {fold(first_name)}")


def words_of_key(key: str) -> list[str]:
    """The same from a `sort_key`, already folded."""
    found = []
    for part in key.split(", "):
        alone = part.split()
        found += [*alone, "".join(alone)] if len(alone) > 1 else alone
    return found
