"""The confirmation before the report of a window is published."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReportForm(forms.Form):
    """One box to tick: the answers are final then."""

    sure = forms.BooleanField(label=_("I know that the answers then no longer change."))
