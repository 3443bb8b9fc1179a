"""The texts of the rehearsal and the days they count from today."""

import datetime
import json

from django.conf import settings

from openmuni import clock

_FILE = settings.BASE_DIR / "fixtures" / "rehearsal.json"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def load() -> dict:
    """All the texts, as the file has them."""
    return json.loads(_FILE.read_text("utf-8"))


def both(text, *names) -> dict:
    """The translated fields `names` of `text`, in every language."""
    return {f"{name}_{code}": text[f"{name}_{code}"] for name in names for code in LANGUAGES}


def day(offset: int | None) -> datetime.date | None:
    """So many days from today; None stays None."""
    return None if offset is None else clock.today() + datetime.timedelta(days=offset)


def hour(text: str | None) -> datetime.time | None:
    """«09:30» as a time; None stays None."""
    return text and datetime.time.fromisoformat(text)


def moment(days_ago: int, place: int) -> datetime.datetime:
    """An instant of the office hours of a past day; `place`, any number, spreads the minutes."""
    minutes = 9 * 60 + place * 53 % (8 * 60)
    return clock.instant(day(-days_ago), datetime.time(*divmod(minutes, 60)))
