"""The one notion of now, in UTC and in the commune's time."""

import datetime
import zoneinfo

from django.utils import timezone

CASABLANCA = zoneinfo.ZoneInfo("Africa/Casablanca")


def now() -> datetime.datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def local(instant: datetime.datetime) -> datetime.datetime:
    """`instant` as the commune's clocks showed it."""
    return instant.astimezone(CASABLANCA)


def today() -> datetime.date:
    """The present day in the commune."""
    return local(now()).date()


def instant(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    """The instant at which the commune's clocks show `hour` on `day`."""
    return datetime.datetime.combine(day, hour, tzinfo=CASABLANCA)
