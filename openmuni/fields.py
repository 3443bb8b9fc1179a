"""Form fields that clean what people type. Imports none of the apps."""

from django import forms

from .text import clean


class CleanCharField(forms.CharField):
    """Text without control, bidi-override and invisible characters; `lines` keeps its line ends."""

    def __init__(self, *, lines=False, **kwargs):
        self.lines = lines
        super().__init__(**kwargs)

    def to_python(self, value):
        return clean(super().to_python(value), lines=self.lines)
