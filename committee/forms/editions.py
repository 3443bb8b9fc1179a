"""What the coordinator fills in to start an edition from another."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.editions import Carried, start_from
from consultations.models import ActionPlan


class StartForm(forms.ModelForm):
    """The name and the years of the new edition, and what it takes over from `model`."""

    carried = forms.MultipleChoiceField(
        label=_("What it takes over"),
        choices=Carried,
        initial=Carried.values,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Projects keep their axis and their principles only where these are taken over too."
        ),
    )

    class Meta:
        model = ActionPlan
        fields = ["title_ar", "title_fr", "start_year", "end_year", "slug"]
        widgets = {
            name: forms.TextInput(attrs={"dir": direction})
            for name, direction in (("title_ar", "rtl"), ("title_fr", "ltr"), ("slug", "ltr"))
        }
        error_messages = {
            "slug": {"unique": _("There is an edition at this address already: choose another.")}
        }

    def __init__(self, data=None, *, model):
        super().__init__(data, initial=_following(model))
        self.model = model

    def clean(self):
        """The years are in order; said beside the field, where the table's own check cannot."""
        first, last = (self.cleaned_data.get(name) for name in ("start_year", "end_year"))
        if first and last and last < first:
            self.add_error("end_year", _("The last year comes before the first."))
        return self.cleaned_data

    def validate_unique(self):
        """Let a form that was sent twice through: it names the edition it made the first time."""
        if not ActionPlan.objects.filter(started_from=self.model, **self._fields()).exists():
            super().validate_unique()

    def start(self, by) -> ActionPlan:
        """The new edition, started by that Actor; to be called when the form is valid."""
        return start_from(self.model, self.cleaned_data["carried"], by=by, **self._fields())

    def _fields(self):
        return {name: self.cleaned_data.get(name) for name in self.Meta.fields}


def _following(model) -> dict:
    """The years after those of `model`, in the titles and the address as well."""
    span = model.end_year - model.start_year
    first, last = model.end_year + 1, model.end_year + 1 + span
    later = {str(model.start_year): str(first), str(model.end_year): str(last)}

    def moved(text):
        return re.sub(r"\d{4}", lambda year: later.get(year[0], year[0]), text or "")

    words = {name: moved(getattr(model, name)) for name in ("title_ar", "title_fr", "slug")}
    return words | {"start_year": first, "end_year": last}
