"""Reads the first column of the charity's rota: which ISO week a row is about."""

import re
from datetime import date, datetime

from directory import weeks
from directory.imports.reports import BadValue
from directory.imports.values import read_date, text

_S = r"(?:semaine|sem|week|s|w|n°)[\s.°]*"
_NUMBER = re.compile(rf"(?:{_S})?(\d{{1,2}})(?:\.0+)?", re.IGNORECASE)
_LETTERED = re.compile(rf"{_S}(\d{{1,2}})", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s*[-–/ ]?\s*{_S}(\d{{1,2}})", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"{_S}(\d{{1,2}})\s*[-–/ ]\s*(\d{{4}})", re.IGNORECASE)
_DAYS_AFTER = re.compile(
    r"(?:\s*[(:]|\s+[-–]?)\s*(?:du\s+)?(?:lun\w*\.?\s+)?\d{1,2}(?:[/.]\d\S*)?\s*(?:au|-|–|→)\s*.+$"
)

Label = tuple[int | None, int]  # year if written, number


def read_week(value: object, year: int) -> date:
    """The Monday of `S01`, `1`, `2026-S01`, `S01 2026`, or of a date's week; BadValue when it is none of ISO `year`."""
    label = _label(value)
    if isinstance(label, date):
        monday = weeks.monday_of(label)
        if monday.isocalendar().year != year:
            raise BadValue(f"cette date est en {weeks.label(monday)}, le fichier est lu pour {year}")
        return monday
    written, number = label
    if written not in {None, year}:
        raise BadValue(f"cette semaine est de {written}, le fichier est lu pour {year}")
    try:
        return weeks.week_of(year, number)
    except ValueError as error:
        raise BadValue(f"{year} n’a pas de semaine {number}") from error


def is_week(value: object) -> bool:
    """True for what reads as a week of some year."""
    try:
        label = _label(value)
    except BadValue:
        return False
    return isinstance(label, date) or 1 <= label[1] <= 53


def _label(value: object) -> Label | date:
    """A week as it is written, or a day of it; BadValue when it is neither."""
    if isinstance(value, bool):
        raise BadValue("semaine illisible")
    if isinstance(value, datetime | date):
        return read_date(value)
    typed = text(value)
    if label := _numbered(typed):
        return label
    try:
        day = read_date(typed)
    except BadValue as error:
        raise BadValue(f"semaine illisible : {error}") from error
    if day is None:
        raise BadValue("semaine non indiquée")
    return day


def _numbered(typed: str) -> Label | None:
    """A written week; the days after it (`S01 (29/12 - 03/01)`) are left aside. A month (`01/2026`) is none."""
    if found := _NUMBER.fullmatch(typed):
        return None, int(found.group(1))
    short = _DAYS_AFTER.sub("", typed)
    if found := _YEAR_FIRST.fullmatch(short):
        return int(found.group(1)), int(found.group(2))
    if found := _YEAR_LAST.fullmatch(short):
        return int(found.group(2)), int(found.group(1))
    found = _LETTERED.fullmatch(short)
    return (None, int(found.group(1))) if found else None
