"""Personal data that people write into a text without thinking of its readers. Imports none of the apps."""

import re
from enum import StrEnum

from .arabic import western_digits


class Personal(StrEnum):
    """What kind of personal data."""

    CARD = "card"
    PHONE = "phone"
    EMAIL = "email"


_SHAPES = {
    # The national card: one or two letters and five or six digits. Of «de 50000 dirhams» it is none.
    Personal.CARD: re.compile(
        r"(?<![^\W_])(?!(?:(?-i:de|du|la|le|et|ou)|dh) )[A-Z]{1,2} ?\d{5,6}(?![^\W_])",
        re.IGNORECASE,
    ),
    # A Moroccan telephone, however it is grouped.
    Personal.PHONE: re.compile(
        r"(?<!\d)(?:(?:\+|00)212[ .-]?(?:\(0\) ?)?|0)[5-8](?:[ .-]?\d){8}(?!\d)"
    ),
    # From the letter before the sign on: to look for the first one takes long in a text without spaces.
    Personal.EMAIL: re.compile(r"[^\s@]@[^\s@]+\.[^\W\d_]{2,}"),
}


def personal_in(text: str) -> list[Personal]:
    """The kinds of personal data that `text` seems to hold, in any digit script."""
    plain = western_digits(text)
    return [kind for kind, shape in _SHAPES.items() if shape.search(plain)]
