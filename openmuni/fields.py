"""Form fields that understand what people type. Imports none of the apps.

Digits may be Arabic-Indic; a date is day/month/year; a number has dots or spaces between its
thousands and a comma before its decimals.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import figures
from .arabic import western_digits
from .text import clean

_SEPARATORS = str.maketrans({"٫": ",", "٬": ".", "−": "-"})
# Thousands by dots, or by commas where a point before the decimals leaves no doubt. «1,250» stays a
# decimal: what could be read both ways is read as it is written here.
_BY_DOTS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_BY_COMMAS = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_UNGROUPED = re.compile(r"-?\d+(?:[.,]\d+)?")


class CleanCharField(forms.CharField):
    """Text without control, bidi-override and invisible characters; `lines` keeps its line ends."""

    def __init__(self, *, lines=False, **kwargs):
        self.lines = lines
        super().__init__(**kwargs)

    def to_python(self, value):
        return clean(super().to_python(value), lines=self.lines)


def plain_number(typed: str) -> str:
    """The number of a card as it is kept: whatever its digits, without zeros before it."""
    number = western_digits(clean(typed, lines=False))
    return number.lstrip("0") or "0" if number.isdecimal() else number


def read_number(text: str) -> str | None:
    """What `text` says, as Python writes a number; None when it is no number."""
    bare = "".join(western_digits(clean(text, lines=False)).translate(_SEPARATORS).split())
    if _BY_DOTS.fullmatch(bare):
        return bare.replace(".", "").replace(",", ".")
    if _BY_COMMAS.fullmatch(bare):
        return bare.replace(",", "")
    return bare.replace(",", ".") if _UNGROUPED.fullmatch(bare) else None


class NumberField(forms.DecimalField):
    """A number, shown without zeros at its end."""

    default_error_messages = {"invalid": _("Type a number, as in 1.250.000,00.")}
    written = staticmethod(figures.plain)

    def __init__(self, **kwargs):
        # Not a number input: browsers give back nothing of what they cannot read themselves.
        super().__init__(**kwargs | {"widget": forms.TextInput})

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "dir": "ltr", "class": "vTextField vNumber"}

    def to_python(self, value):
        """The number, or None for nothing typed; raises ValidationError for anything else."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        found = read_number(value)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(found)

    def prepare_value(self, value):
        """A kept number as it is written here; what was typed stays as it was typed."""
        return value if value is None or isinstance(value, str) else self.written(value)


class AmountField(NumberField):
    """An amount of money, shown with its two decimals."""

    written = staticmethod(figures.amount)


class FigureField(forms.IntegerField):
    """A whole number."""

    def __init__(self, **kwargs):
        # Not a number input: browsers give back nothing of what they cannot read themselves.
        super().__init__(**kwargs | {"widget": forms.TextInput})

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "dir": "ltr", "class": "vIntegerField"}

    def to_python(self, value):
        """The number, or None for nothing typed; raises ValidationError for anything else."""
        if isinstance(value, str):
            value = read_number(value) or value.strip()
        return super().to_python(value)


class DayField(forms.DateField):
    """A date whose digits may be Arabic-Indic."""

    def to_python(self, value):
        """The date, or None for nothing typed; raises ValidationError for anything else."""
        if isinstance(value, str):
            value = western_digits(clean(value, lines=False))
        return super().to_python(value)
