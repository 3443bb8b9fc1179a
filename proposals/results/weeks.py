"""When the ideas came: by week, Monday first."""

import datetime
from collections import Counter
from dataclasses import dataclass

from openmuni import dates

# More columns than this are no longer told apart on a telephone: months stand for weeks, then years.
MOST_COLUMNS = 26


@dataclass(frozen=True)
class Span:
    """A week, a month or a year with the number of ideas that came in it."""

    first: datetime.date
    last: datetime.date
    count: int
    unit: str

    @property
    def label(self) -> str:
        if self.unit == "year":
            return str(self.first.year)
        return dates.period(self.first, self.last, only_month=self.unit == "month")


def weeks(days: Counter, windows) -> list[Span]:
    """The weeks of `windows` (pairs of first and last day), empty ones too, and those in which ideas came.

    `days` is {day: number}. Where there are too many weeks, months or, at last, years.
    """
    touched = set(days)
    for first, last in windows:
        touched.update(
            first + datetime.timedelta(days=number) for number in range((last - first).days + 1)
        )
    unit, counts = _columns(touched)
    for day, number in days.items():
        counts[_FIRST_DAYS[unit](day)] += number
    return [Span(first, _last(first, unit), count, unit) for first, count in counts.items()]


_FIRST_DAYS = {
    "week": lambda day: day - datetime.timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


def _columns(days) -> tuple[str, dict]:
    """The finest unit of which `days` fill few enough, and an empty count for each."""
    for unit in ("week", "month"):
        counts = dict.fromkeys(sorted({_FIRST_DAYS[unit](day) for day in days}), 0)
        if len(counts) <= MOST_COLUMNS:
            return unit, counts
    return "year", dict.fromkeys(sorted({_FIRST_DAYS["year"](day) for day in days}), 0)


def _last(first, unit) -> datetime.date:
    if unit == "week":
        return first + datetime.timedelta(days=6)
    # A day of the next month or year, then the first of it, then the day before.
    beyond = first + datetime.timedelta(days=31 if unit == "month" else 366)
    return _FIRST_DAYS[unit](beyond) - datetime.timedelta(days=1)
