"""Reads single cells as people type them: dates, phones, e-mails, yes and no, departments, statuses, numbers."""

import re
import unicodedata
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from openpyxl.utils.datetime import from_excel

from directory import departments, french, names
from directory.imports.reports import BadValue
from directory.models.doctors import PracticeStatus

PHONE_LENGTH = 30
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]")
_SPACES = re.compile("[\u00a0\u202f\u2000-\u200a\u3000\t]")
_BLANK_WORDS = {"", "nc", "n c", "n a", "neant", "inconnu", "inconnue", "non renseigne", "non renseignee", "null"}
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#VALEUR!", "#NAME?", "#NOM?", "#DIV/0!", "#NUM!", "#NOMBRE!", "#NULL!", "#NUL!"}
_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"[ T]+\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?Z?$")
_WEEKDAY = re.compile(r"^(?:(?:lun|mar|mer|jeu|ven|sam|dim)\w*\.?,?\s+)?(?:le\s+)?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\- ]?(\d{2}|\d(?=[/.\- ]))[/.\- ]?(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})(?:er)?[ \-]([^\W\d]+)\.?[ \-](\d{4}|\d{2})")
_SERIAL = re.compile(r"[2-7]\d{4}")  # days since 1900, from 1954 to 2119
YEARS = range(1900, 2101)
_YES = {"oui", "o", "yes", "y", "x", "1", "vrai", "true"}
_NO = {"non", "n", "no", "0", "faux", "false", "sans"}
_STATUSES = (
    ("retrait", PracticeStatus.RETIRED),
    ("remplac", PracticeStatus.LOCUM),
    ("salari", PracticeStatus.EMPLOYEE),
    ("hospital", PracticeStatus.EMPLOYEE),
    ("liberal", PracticeStatus.SELF_EMPLOYED),
    ("install", PracticeStatus.SELF_EMPLOYED),
)


def text(value: object) -> str:
    """A cell as one clean string: no invisible characters, plain spaces, composed accents; `2.0` is `2`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    clean = _SPACES.sub(" ", _INVISIBLE.sub("", str(value)))
    return unicodedata.normalize("NFC", clean).strip()


def is_error(value: object) -> bool:
    """True when a spreadsheet shows this cell as a broken formula."""
    return isinstance(value, str) and value.strip().upper() in _ERRORS


def optional(value: object) -> str:
    """Text on one line, empty when the cell only says that nothing is known (`-`, `?`, `NC`, `inconnu`)."""
    typed = re.sub(r"\s+", " ", text(value))
    folded = names.fold(typed)
    says_nothing = folded in _BLANK_WORDS if folded else not any(char.isalnum() for char in typed)
    return "" if says_nothing else typed


def read_date(value: object) -> date | None:
    """A true date, `05/10/22`, `05/10/2022`, `2022-10-05`, `5 octobre 2022` or a day number; None when blank.

    BadValue for a day that does not exist. Two-digit years are of this century up to 69.
    """
    if isinstance(value, datetime):
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    typed = _TIME.sub("", optional(value))
    if not typed:
        return None
    if _SERIAL.fullmatch(typed):
        return from_excel(int(typed)).date()
    typed = _WEEKDAY.sub("", typed, count=1)
    year, month, day = _parts(typed)
    try:
        return _plausible(date(year, month, day))
    except ValueError as error:
        raise BadValue("cette date n’existe pas") from error


def _parts(typed: str) -> tuple[int, int, int]:
    """Year, month and day of a written date."""
    if found := _DAY_FIRST.fullmatch(typed):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = found.groups()
    elif found := _WORDS.fullmatch(typed):
        day, word, year = found.groups()
        month = _month(word)
    else:
        raise BadValue("ce n’est pas une date (jour/mois/année)")
    return _century(year), int(month), int(day)


def _month(word: str) -> int:
    """1 to 12 from a French month or its abbreviation."""
    folded = names.fold(word)
    for number, start in enumerate(_MONTHS, start=1):
        if folded.startswith(start):
            return number
    raise BadValue("ce mois n’existe pas")


def _century(year: str) -> int:
    if len(year) == len("2026"):
        return int(year)
    return int(year) + (2000 if int(year) < 70 else 1900)


def _plausible(day: date) -> date:
    if day.year not in YEARS:
        raise BadValue("cette année n’est pas plausible")
    return day


def read_phone(value: object) -> str:
    """A phone as it is shown, `06 39 98 31 70` or `+32 2 …`; as typed when it cannot be read. Never refused.

    Of a text too long to keep (two phones in a cell), the first number is kept.
    """
    typed = optional(value)
    if not re.search(r"\d", typed):
        return ""
    shown = _as_phone(typed) or typed
    if len(shown) <= PHONE_LENGTH:
        return shown
    first = next((part for part in re.split(r"\s*[/;,|]\s*|\s+(?:ou|et)\s+", typed) if _as_phone(part)), typed)
    return (_as_phone(first) or first)[:PHONE_LENGTH].strip()


def _as_phone(typed: str) -> str:
    """The number in French writing when `typed` is one and nothing else; empty otherwise."""
    if re.fullmatch(r"[\d\s.()+\-_]+", typed) and french.phone_link(typed):
        return french.phone(typed)
    return ""


def read_email(value: object) -> str:
    """An address in lower case, empty when blank; BadValue when it is not one."""
    typed = optional(value).removeprefix("mailto:").strip("<>;, ").lower()
    if typed:
        try:
            validate_email(typed)
        except ValidationError as error:
            raise BadValue("ce n’est pas une adresse e-mail") from error
    return typed


def read_yes_no(value: object) -> bool | None:
    """`oui`, `non`, `x`, `1`, `vrai`…; None when blank or unclear."""
    words = names.fold(optional(value)).split()
    if "✓" in text(value) or "✔" in text(value):
        return True
    if not words or words[0] not in _YES | _NO:
        return None
    return words[0] in _YES


def read_status(value: object) -> str:
    """How a doctor practises; `unknown` when blank or not understood. « Retraité remplaçant » is retired."""
    folded = names.fold(text(value))
    return next((status for start, status in _STATUSES if re.search(rf"\b{start}", folded)), PracticeStatus.UNKNOWN)


_BY_NAME = {names.fold(name): code for code, name in departments.NAMES.items()}


def read_department(value: object) -> str:
    """`4`, `04`, `2a`, `23 - Creuse`, `Creuse (23)`, `Creuse` as a code (`04`, `2A`, `23`); BadValue otherwise."""
    typed = optional(value)
    if not typed or names.fold(typed) in _BY_NAME:
        return _BY_NAME.get(names.fold(typed), "")
    found = re.fullmatch(r"(\w{1,3})(?:\s*[\-–:(]\s*[^\d]+)?|[^\d]+\(\s*(\w{1,3})\s*\)", typed)
    code = (found.group(1) or found.group(2)).upper().zfill(2) if found else typed
    if code not in departments.NAMES:
        raise BadValue("ce n’est pas un département")
    return code


def read_places(value: object) -> int | None:
    """How many doctors a week, 1 to 9; None when blank."""
    typed = optional(value)
    if not typed:
        return None
    found = re.fullmatch(r"([1-9])\s*(?:médecins?|places?|par semaine|\s)*", typed, re.IGNORECASE)
    if not found:
        raise BadValue("le nombre de médecins par semaine va de 1 à 9")
    return int(found.group(1))
