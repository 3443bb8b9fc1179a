"""Days counted without weekends and holidays."""

import datetime

import pytest

from openmuni.working_days import add_working_days

THURSDAY = datetime.date(2030, 10, 3)
HOLIDAYS = {datetime.date(2030, 10, 7)}


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (1, datetime.date(2030, 10, 4)),
        (2, datetime.date(2030, 10, 8)),
        (3, datetime.date(2030, 10, 9)),
        (-1, datetime.date(2030, 10, 2)),
        (-4, datetime.date(2030, 9, 27)),
    ],
)
def test_a_weekend_and_a_holiday_are_left_out(number, day):
    assert add_working_days(THURSDAY, number, HOLIDAYS) == day


def test_none_gives_the_day_back():
    assert add_working_days(datetime.date(2030, 10, 5), 0, HOLIDAYS) == datetime.date(2030, 10, 5)


def test_counting_from_a_weekend_begins_on_the_monday():
    assert add_working_days(datetime.date(2030, 10, 12), 1) == datetime.date(2030, 10, 14)


def test_a_holiday_on_a_weekend_takes_nothing_away():
    sunday = datetime.date(2030, 10, 13)
    assert add_working_days(datetime.date(2030, 10, 11), 1, {sunday}) == datetime.date(2030, 10, 14)
