"""The zone data: Morocco left +01 for good in September 2026, and a system's own files may not know."""

import datetime
import zoneinfo

import pytest
from django.utils import timezone


@pytest.mark.parametrize(
    ("instant", "hour"),
    [
        ("2026-07-01T12:00+00:00", 13),  # the last summer of +01
        ("2026-11-23T12:00+00:00", 12),
        ("2027-02-20T12:00+00:00", 12),  # a Ramadan: no shift any more
        ("2023-03-25T12:00+00:00", 12),  # a Ramadan of the years of +01
        ("2023-05-04T12:00+00:00", 13),
    ],
)
def test_noon_in_utc_is_this_hour_in_morocco(instant, hour):
    local = timezone.localtime(datetime.datetime.fromisoformat(instant))
    assert (local.hour, local.minute) == (hour, 0)


def test_the_site_lives_in_morocco_time():
    assert timezone.get_default_timezone() == zoneinfo.ZoneInfo("Africa/Casablanca")


def test_zone_data_comes_from_the_pinned_package_alone():
    assert zoneinfo.TZPATH == ()
