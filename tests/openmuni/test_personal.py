"""Personal data found in a text."""

import time

import pytest

from openmuni.personal import personal_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("هاتفي 0612345678", ["phone"]),
        ("هاتفي ٠٦ ١٢ ٣٤ ٥٦ ٧٨", ["phone"]),
        ("Appelez le +212 6 12-34-56-78", ["phone"]),
        ("00212 539 00 00 00", ["phone"]),
        ("+212(0)612345678", ["phone"]),
        ("+212 (0) 6 12 34 56 78", ["phone"]),
        ("بطاقتي LA123456", ["card"]),
        ("CIN : k 12345.", ["card"]),
        ("souad@example.org", ["email"]),
        ("CIN LA 123456, sinon la 123456", ["card"]),
        ("un budget de 50000 dirhams, DH 50000 au plus", []),
        ("K12345 ثم souad@example.org", ["card", "email"]),
        ("ميزانية 1.250.000,00 درهم سنة 2026", []),
        ("الطريق الوطنية N1 والمرجع TST-2030-0001", []),
        ("القانون 113.14 والمرسوم 2.16.301", []),
        ("", []),
    ],
)
def test_what_seems_personal_is_found_and_nothing_else(text, found):
    assert personal_in(text) == found


def test_a_long_text_without_a_space_takes_no_time():
    begun = time.perf_counter()
    personal_in("a" * 50_000)
    assert time.perf_counter() - begun < 1
