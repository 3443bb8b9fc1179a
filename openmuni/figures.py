"""Figures as they are written in Morocco: dots between thousands, a comma before decimals."""

from decimal import Decimal

from django.utils.translation import gettext as _

_NO_BREAK_SPACE = "\u00a0"
_SEPARATORS = str.maketrans(",.", ".,")


def amount(value: Decimal | int) -> str:
    """1250000 as «1.250.000,00»."""
    return f"{value:,.2f}".translate(_SEPARATORS)


def dirhams(value: Decimal | int | None) -> str:
    """1250000 as «1.250.000,00 درهم» or «1.250.000,00 DH». Empty for None."""
    if value is None:
        return ""
    return (_("%(amount)s dirhams") % {"amount": amount(value)}).replace(" ", _NO_BREAK_SPACE)


def plain(value: Decimal | int) -> str:
    """1250.50 as «1.250,5»: without zeros at the end."""
    whole, point, decimals = f"{value:,f}".translate(_SEPARATORS).partition(",")
    decimals = decimals.rstrip("0")
    return f"{whole}{point}{decimals}" if decimals else whole


def number(value: Decimal | int | None) -> str:
    """As `plain`, with a minus that stays before its number among Arabic words. Empty for None."""
    if value is None:
        return ""
    return f"\u2066{plain(value)}\u2069" if value < 0 else plain(value)


def size(count: int) -> str:
    """1234567 bytes as «1,2 ميغابايت» or «1,2 Mo»; the least that is said is a kilobyte."""
    if count >= 1_000_000:
        words = _("%(number)s MB") % {"number": plain(round(Decimal(count) / 1_000_000, 1))}
    else:
        words = _("%(number)s kB") % {"number": plain(-(-count // 1000) or 1)}
    return words.replace(" ", _NO_BREAK_SPACE)
