"""Values of the rows as JSON holds them."""

import datetime
from decimal import Decimal

from django.conf import settings

from openmuni import clock

_LANGUAGES = [code for code, _name in settings.LANGUAGES]


def pair(thing, field) -> dict:
    """The official text `field` of `thing` as {"ar", "fr"}."""
    return {code: getattr(thing, f"{field}_{code}") or "" for code in _LANGUAGES}


def typed(text: str, language: str) -> dict:
    """What a person typed, with the language of the page it was sent from."""
    return {"text": text, "language": language}


def day(date: datetime.date | None) -> str | None:
    """A date as 2024-12-31."""
    return date.isoformat() if date else None


def local_day(instant: datetime.datetime) -> str:
    """The commune's day of an instant."""
    return day(clock.local(instant).date())


def number(value: Decimal | None) -> str | None:
    """A number with its two decimals: text, as JSON's own numbers would lose some."""
    return None if value is None else f"{value:.2f}"
