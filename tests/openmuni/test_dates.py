"""Dates and numbers as they are written in Morocco."""

import datetime

import pytest
from django.utils import translation

from openmuni import clock, dates

MOROCCAN_MONTHS = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
]


@pytest.mark.parametrize(("number", "name"), list(enumerate(MOROCCAN_MONTHS, start=1)))
def test_the_months_bear_their_moroccan_names(number, name):
    with translation.override("ar"):
        assert dates.day(datetime.date(2022, number, 6)) == f"06 {name} 2022"


def test_a_date_in_french():
    with translation.override("fr"):
        assert dates.day(datetime.date(2022, 12, 6)) == "6 décembre 2022"


@pytest.mark.parametrize(
    ("first", "last", "arabic", "french"),
    [
        ((2023, 6, 12), (2023, 6, 19), "12 إلى 19 يونيو 2023", "12 au 19 juin 2023"),
        ((2023, 7, 25), (2023, 7, 25), "25 يوليوز 2023", "25 juillet 2023"),
        ((2023, 7, 30), (2023, 8, 6), "30 يوليوز إلى 06 غشت 2023", "30 juillet au 6 août 2023"),
        (
            (2022, 12, 27),
            (2023, 1, 3),
            "27 دجنبر 2022 إلى 03 يناير 2023",
            "27 décembre 2022 au 3 janvier 2023",
        ),
    ],
)
def test_a_period_is_said_in_words(first, last, arabic, french):
    days = datetime.date(*first), datetime.date(*last)
    for language, words in (("ar", arabic), ("fr", french)):
        with translation.override(language):
            assert dates.period(*days) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 12, 1), (2026, 12, 1), "1er décembre 2026"),
        ((2026, 12, 1), (2026, 12, 11), "1er au 11 décembre 2026"),
        ((2026, 11, 1), (2026, 12, 1), "1er novembre au 1er décembre 2026"),
        ((2026, 11, 11), (2027, 1, 1), "11 novembre 2026 au 1er janvier 2027"),
    ],
)
def test_the_first_of_a_month_in_french(first, last, words):
    with translation.override("fr"):
        assert dates.period(datetime.date(*first), datetime.date(*last)) == words


def test_a_month_without_a_day():
    day = datetime.date(2023, 10, 1)
    with translation.override("ar"):
        assert dates.period(day, datetime.date(2023, 10, 31), only_month=True) == "أكتوبر 2023"


def test_an_instant_counts_as_the_commune_s_day():
    # On this summer evening the commune was an hour ahead of UTC.
    late = datetime.datetime(2023, 7, 24, 23, 30, tzinfo=datetime.UTC)
    with translation.override("fr"):
        assert (dates.day(late), dates.hour(late)) == ("25 juillet 2023", "00:30")


def test_numbers_are_grouped_with_dots():
    assert [dates.group(n) for n in (39, 1250, 1250000)] == ["39", "1.250", "1.250.000"]


@pytest.mark.parametrize(
    ("utc", "local_hour"),
    [
        ("2026-11-23T12:00", 12),
        ("2026-07-01T12:00", 13),
        ("2026-03-01T12:00", 12),
        ("2023-03-21T12:00", 12),
    ],
)
def test_the_clock_follows_the_law(utc, local_hour):
    instant = datetime.datetime.fromisoformat(utc).replace(tzinfo=datetime.UTC)
    assert clock.local(instant).hour == local_hour
