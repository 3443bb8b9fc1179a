"""Figures as they are written in Morocco."""

from decimal import Decimal

import pytest
from django.utils import translation

from openmuni import figures


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1250000"), "1.250.000,00"),
        (Decimal("0.5"), "0,50"),
        (Decimal("999999999999.99"), "999.999.999.999,99"),
        (0, "0,00"),
    ],
)
def test_an_amount_has_two_decimals(value, written):
    assert figures.amount(value) == written


@pytest.mark.parametrize(("language", "unit"), [("ar", "درهم"), ("fr", "DH")])
def test_dirhams_bear_their_unit_on_the_same_line(language, unit):
    with translation.override(language):
        assert figures.dirhams(Decimal("1250000.00")) == f"1.250.000,00\u00a0{unit}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("12.00"), "12"),
        (Decimal("1250.50"), "1.250,5"),
        (Decimal("100"), "100"),
        (Decimal("0.05"), "0,05"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_a_number_has_no_zeros_at_its_end(value, written):
    assert figures.number(value) == written


def test_a_minus_stays_with_its_number_among_arabic_words():
    assert figures.number(Decimal("-2.50")) == "\u2066-2,5\u2069"


@pytest.mark.parametrize("write", [figures.dirhams, figures.number])
def test_what_is_not_set_is_not_written(write):
    assert write(None) == ""


@pytest.mark.parametrize(
    ("count", "written"),
    [(1, "1 ko"), (99_001, "100 ko"), (1_000_000, "1 Mo"), (1_249_000, "1,2 Mo")],
)
def test_the_size_of_a_file_is_said_in_round_numbers(count, written):
    with translation.override("fr"):
        assert figures.size(count).replace("\u00a0", " ") == written
