"""Dates and numbers as they are written in Morocco. Month names come from the catalogue of the language."""

import datetime

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import clock


def day(value: datetime.date | None) -> str:
    """«06 دجنبر 2022» or «6 décembre 2022»; an instant counts as the commune's day. Empty for None."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = clock.local(value).date() if timezone.is_aware(value) else value.date()
    return _first(formats.date_format(value, "DATE_FORMAT"), value)


def _first(text: str, date: datetime.date) -> str:
    """`text`, which begins with the day of `date`, with the first of a month as French writes it."""
    return text.replace("1", "1er", 1) if date.day == 1 and get_language() == "fr" else text


def month(value: datetime.date) -> str:
    """«أكتوبر 2023»."""
    return formats.date_format(value, "YEAR_MONTH_FORMAT")


def hour(value: datetime.time | datetime.datetime) -> str:
    """«14:32» on the commune's clocks."""
    if isinstance(value, datetime.datetime):
        value = clock.local(value).time()
    return f"{value:%H:%M}"


def period(first: datetime.date, last: datetime.date, *, only_month: bool = False) -> str:
    """«12 إلى 19 يونيو 2023», «25 يوليوز 2023» or «أكتوبر 2023»: words, never a dash."""
    if only_month:
        return month(first)
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        # The number as a whole date writes it: «06», «6» or «1er».
        start = day(first).partition(" ")[0]
    elif first.year == last.year:
        start = _first(formats.date_format(first, "MONTH_DAY_FORMAT"), first)
    else:
        start = day(first)
    return _("%(first)s to %(last)s") % {"first": start, "last": day(last)}


def span(first: datetime.date | None, last: datetime.date | None) -> str:
    """Two days, either of which may be missing: a period, «from …» or «until …». Empty without both."""
    if first and last:
        return period(first, last)
    if first:
        return _("from %(day)s") % {"day": day(first)}
    return _("until %(day)s") % {"day": day(last)} if last else ""


def group(number: int) -> str:
    """1250000 as «1.250.000»."""
    return f"{number:,}".replace(",", ".")
