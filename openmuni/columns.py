"""The columns of a spreadsheet as form fields that understand what town halls type. Imports none of the apps."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .arabic import fold, western_digits
from .fields import CleanCharField, DayField, NumberField

_NOT_WORDS = re.compile(r"[\W_]+")


def plain(text) -> str:
    """A heading or a name in the one spelling that is compared."""
    return _NOT_WORDS.sub(" ", fold(str(text))).strip()


class NamedChoice(forms.Field):
    """A choice by any of its names, deaf to spelling variants; `names` are pairs (name, value)."""

    widget = forms.TextInput

    def __init__(self, names=(), **kwargs):
        super().__init__(**kwargs)
        self.offer(names)

    def offer(self, names):
        """Let these be the choices; the first name of a value is the one that is shown."""
        self.by_name, self.shown = {}, {}
        for name, value in names:
            self.by_name.setdefault(plain(name), value)
            self.shown.setdefault(value, name)

    def to_python(self, value):
        """The value of that name, or None for nothing; raises ValidationError for an unknown one."""
        if value in self.empty_values:
            return None
        found = self.by_name.get(plain(value))
        if found is None:
            raise ValidationError(
                _("“%(value)s” is not known here. It may be: %(names)s."),
                params={"value": value, "names": " · ".join(map(str, self.names()))},
            )
        return found

    def names(self) -> list:
        """The choices as they are shown."""
        return list(self.shown.values())


class WholeNumber(forms.IntegerField):
    """A whole number whose digits may be Arabic-Indic."""

    def to_python(self, value):
        return super().to_python(western_digits(str(value)) if value is not None else None)


def in_each_language(texts) -> list[str]:
    """Every one of `texts` (lazy) in each language."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found += [str(text) for text in texts]
    return found


def names_of(choices) -> list[tuple]:
    """The pairs (name, value) of a model field's choices: as they are read now, then in each language."""
    pairs = [(str(label), value) for value, label in choices]
    for value, label in choices:
        pairs += [(name, value) for name in in_each_language([label])]
    return pairs


def model_field(model, name, **kwargs) -> forms.Field:
    """A column in the words and within the limits of a model's field; empty cells are allowed."""
    of = model._meta.get_field(name)
    kwargs = {"label": of.verbose_name, "required": False} | kwargs
    if of.choices:
        return NamedChoice(names_of(of.choices), **kwargs)
    kind = of.get_internal_type()
    if kind == "DateField":
        return DayField(**kwargs)
    if kind == "DecimalField":
        limits = {"max_digits": of.max_digits, "decimal_places": of.decimal_places}
        return NumberField(**limits, **kwargs)
    if kind == "PositiveSmallIntegerField":
        return WholeNumber(min_value=0, max_value=32767, **kwargs)
    return CleanCharField(max_length=of.max_length, lines=kind == "TextField", **kwargs)
