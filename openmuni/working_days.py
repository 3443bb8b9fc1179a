"""Working days: Monday to Friday, holidays left out. Imports none of the apps."""

import datetime
from collections.abc import Collection

_SATURDAY = 5
_ONE_DAY = datetime.timedelta(days=1)


def is_working_day(day: datetime.date, holidays: Collection[datetime.date]) -> bool:
    """Whether `day` is neither of a weekend nor a holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def add_working_days(
    day: datetime.date, number: int, holidays: Collection[datetime.date] = ()
) -> datetime.date:
    """The working day `number` working days after `day`, or before it when negative.

    `day` itself is not counted, whatever it is; zero gives it back.
    """
    step = _ONE_DAY if number > 0 else -_ONE_DAY
    for _count in range(abs(number)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day
