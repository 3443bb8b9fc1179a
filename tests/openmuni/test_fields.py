"""Numbers and dates as people type them."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from openmuni.fields import AmountField, DayField, FigureField, NumberField


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.250.000,00", "1250000"),
        ("1250000", "1250000"),
        ("1 250 000,5", "1250000.5"),
        ("1\u202f250\u00a0000", "1250000"),
        ("١٬٢٥٠٬٠٠٠٫٧٥", "1250000.75"),
        ("١٢٥٠", "1250"),
        ("1,250,000.00", "1250000"),
        ("1.250", "1250"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("0,5", "0.5"),
        ("-3", "-3"),
        (" \u200f7\u200e ", "7"),
    ],
)
def test_a_number_is_understood(typed, meant):
    assert NumberField(max_digits=14, decimal_places=2).clean(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    ["مليون", "12 DH", "1,250", "1.2.3", "1.25.000", "1,250,000", "0.500,1,2", "--1", "NaN", "1e9"],
)
def test_what_could_be_something_else_is_refused(typed):
    with pytest.raises(ValidationError):
        NumberField(max_digits=14, decimal_places=2).clean(typed)


@pytest.mark.parametrize("field", [NumberField, FigureField])
def test_nothing_typed_is_no_number(field):
    assert field(required=False).clean("  ") is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("٧٠", 70), ("١.٢٥٠", 1250), ("1 250", 1250), ("0", 0), (70, 70)]
)
def test_a_figure_is_understood(typed, meant):
    assert FigureField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["12,5", "1,250", "سبعون", "NaN"])
def test_what_is_no_whole_number_is_refused(typed):
    with pytest.raises(ValidationError):
        FigureField().clean(typed)


def test_a_kept_number_is_shown_as_it_is_written_here():
    kept = Decimal("1250000.50")
    assert NumberField().prepare_value(kept) == "1.250.000,5"
    assert AmountField().prepare_value(kept) == "1.250.000,50"


def test_a_number_that_was_shown_and_sent_back_has_not_changed():
    shown = AmountField().prepare_value(Decimal("1250000.00"))
    assert not AmountField().has_changed(Decimal("1250000.00"), shown)


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("typed", ["6/12/2026", "٠٦/١٢/٢٠٢٦", "2026-12-06", "\u200f06/12/2026"])
def test_a_day_comes_before_its_month(language, typed):
    with translation.override(language):
        assert DayField().clean(typed) == datetime.date(2026, 12, 6)


def test_a_day_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        DayField().clean("31/02/2026")
