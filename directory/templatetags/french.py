"""Gives templates the French writing of dates, phones and figures: `{% load french %}`."""

from datetime import date, datetime

from django import template

from directory import french

register = template.Library()


@register.filter
def french_day(value: date | datetime | None) -> str:
    """`samedi 1er août 2026`; nothing for no date."""
    return french.day(value) if value else ""


@register.filter
def plain_day(value: date | datetime | None) -> str:
    """`1er août 2026`; nothing for no date."""
    return french.plain_day(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """`01/08/2026`; nothing for no date."""
    return french.short_day(value) if value else ""


@register.filter
def day_range(first: date | datetime, last: date | datetime) -> str:
    """`{{ first|day_range:last }}`: `du 16 au 22 mars 2026`."""
    return french.day_range(first, last)


@register.filter
def opening_days(digits: str) -> str:
    """`du lundi au samedi` for `123456`."""
    return french.opening_days(digits)


@register.filter
def phone(text: str) -> str:
    """`01 23 45 67 89` from any typing."""
    return french.phone(text)


@register.filter
def phone_link(text: str) -> str:
    """`tel:+33-1-23-45-67-89`, for `href`."""
    return french.phone_link(text)


@register.filter
def thousands(value: int) -> str:
    """`74 000`."""
    return french.thousands(value)


@register.filter
def plural(count: int, mark: str = "s") -> str:
    """`{{ count }} place{{ count|plural }}`: the mark of the plural from two on, since 0 is singular in French."""
    return french.plural(count, "", mark)
