"""What holds whatever the database says: judgements on plain values, with the sentence to show."""

from datetime import date, timedelta

WEEK_DAYS = 7


def week_range(monday: date) -> tuple[date, date]:
    """Monday and Sunday of a week: an assignment holds the whole of it unless days are given."""
    return monday, monday + timedelta(days=WEEK_DAYS - 1)


def why_not_in_week(monday: date, first_day: date, last_day: date) -> str:
    """Why days do not fit in a week, or an empty text."""
    if last_day < first_day:
        return "Le dernier jour précède le premier : inversez les deux dates."
    start, end = week_range(monday)
    if first_day < start or last_day > end:
        return f"Les jours doivent être dans la semaine du {start:%d/%m/%Y} au {end:%d/%m/%Y}."
    return ""
