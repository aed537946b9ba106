"""Writes dates, phones and figures as a French reader expects them: pages, mails and sheets all ask here."""

from datetime import date, datetime, timedelta

import phonenumbers

from directory.weeks import PARIS

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
THIN = "\u202f"


def paris_date(value: date | datetime) -> date:
    """The date itself, or the Paris date of an instant (a naive one is taken as Paris time)."""
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(PARIS) if value.tzinfo else value).date()


def number_of_day(value: date) -> str:
    """`1er`, `2` … `31`."""
    return "1er" if value.day == 1 else str(value.day)


def day_and_month(value: date | datetime) -> str:
    """`1er août`."""
    value = paris_date(value)
    return f"{number_of_day(value)} {MONTHS[value.month - 1]}"


def plain_day(value: date | datetime) -> str:
    """`1er août 2026`."""
    value = paris_date(value)
    return f"{day_and_month(value)} {value.year}"


def day(value: date | datetime) -> str:
    """`samedi 1er août 2026`."""
    value = paris_date(value)
    return f"{DAYS[value.weekday()]} {plain_day(value)}"


def short_day(value: date | datetime) -> str:
    """`01/08/2026`."""
    return f"{paris_date(value):%d/%m/%Y}"


def moment(value: datetime) -> str:
    """`21/11/2026 à 14 h 32`, in Paris."""
    local = value.astimezone(PARIS)
    return f"{local:%d/%m/%Y} à {local.hour}\u00a0h\u00a0{local:%M}"


def day_range(first: date | datetime, last: date | datetime) -> str:
    """`du 16 au 22 mars 2026`: month and year are said once when both days share them; one day gives `le …`."""
    first, last = paris_date(first), paris_date(last)
    if first == last:
        return f"le {plain_day(first)}"
    if first.year != last.year:
        start = plain_day(first)
    elif first.month != last.month:
        start = day_and_month(first)
    else:
        start = number_of_day(first)
    return f"du {start} au {plain_day(last)}"


def week_days(monday: date) -> str:
    """`du 16 au 22 mars`: the days of a week, with the year only when it is in two of them."""
    sunday = monday + timedelta(days=6)
    said = day_range(monday, sunday)
    return said.removesuffix(f" {sunday.year}") if monday.year == sunday.year else said


def opening_days(digits: str) -> str:
    """`du lundi au samedi` for `123456`, `lundi, mardi et jeudi` for `124`, nothing for no day."""
    names = [DAYS[int(digit) - 1] for digit in digits]
    if len(names) > 2 and int(digits[-1]) - int(digits[0]) == len(digits) - 1:
        return f"du {names[0]} au {names[-1]}"
    return " et ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def opening_days_in_short(digits: str) -> str:
    """`lun.–sam.` for `123456`, `lun., mar., jeu.` for `124`, nothing for no day."""
    names = [f"{DAYS[int(digit) - 1][:3]}." for digit in digits]
    if len(names) > 2 and int(digits[-1]) - int(digits[0]) == len(digits) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def phone(text: str) -> str:
    """`01 23 45 67 89` from any typing; foreign numbers keep their prefix; what is no number stays as typed."""
    number = _number(text)
    if number is None:
        return text
    french = number.country_code == 33
    form = phonenumbers.PhoneNumberFormat.NATIONAL if french else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def phone_link(text: str) -> str:
    """`tel:+33123456789`, for links; empty when `text` is no number."""
    number = _number(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966) if number else ""


def thousands(value: int) -> str:
    """`74 000`, with a narrow no-break space (U+202F) every three digits."""
    return f"{value:,}".replace(",", THIN)


def plural(count: int, one: str, many: str) -> str:
    """`one` for 0 and 1, `many` from 2 on: French says « 0 place »."""
    return one if abs(count) < 2 else many


def _number(text: str) -> phonenumbers.PhoneNumber | None:
    """The number that `text` writes, in France by default; None when it cannot be one.

    Only its length is judged: numbers kept for fiction and new ranges are no valid numbers yet.
    """
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
