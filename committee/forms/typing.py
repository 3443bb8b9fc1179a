"""The rows of the grid in which staff type in paper cards: the citizen's forms, as they are typed from paper."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultations.forms import RemarksForm, SubmissionForm
from consultations.models import Channel, Contact, Submission
from openmuni.fields import CleanCharField, DayField, plain_number
from proposals.forms import IdeaForm, NewProjectForm

PREFIX = "row-%s"
NUMBER_TAKEN = _("The card of this number was typed in already.")

_OF_THE_AUTHOR = {
    "author_name": Contact._meta.get_field("name").verbose_name,
    "association": Contact._meta.get_field("association").verbose_name,
    "shown_as": Submission._meta.get_field("shown_as").verbose_name,
}


class TypedCard(SubmissionForm):
    """What the row of every kind of card has: the number of the card, the day it was handed in.

    The author's agreement stands on the paper; it is confirmed once for all rows.
    """

    consent = None
    opened = None
    card_number = CleanCharField(label=_("Card number"), max_length=20, required=False)
    received_on = DayField(label=_("handed in on"), required=False)

    def __init__(self, data=None, *, sheet, index, **kwargs):
        prefix = PREFIX % index
        super().__init__(data, prefix=prefix, use_required_attribute=False, **kwargs)
        self.sheet, self.index = sheet, index
        self.fields["shown_as"].widget = forms.Select(choices=Submission.ShownAs.choices)
        # The citizen's form says «your»; here somebody else types.
        for name, words in _OF_THE_AUTHOR.items():
            self.fields[name].label = words
        self.order_fields(["key", "card_number", "title", "body", "axis", "neighbourhood"])
        self.order_fields([name for name in self.fields if name != "received_on"])
        for name, box in self.fields.items():
            box.help_text = ""
            attributes = box.widget.attrs
            attributes.pop("maxlength", None)
            attributes["aria-labelledby"] = f"col-{name} {prefix}-head"
            if isinstance(box.widget, forms.Textarea):
                attributes["rows"] = 2
        for name in ("card_number", "received_on", "contact"):
            self.fields[name].widget.attrs |= {"dir": "ltr", "autocomplete": "off"}
        for name in {"title", "neighbourhood", "author_name", "association"} & {*self.fields}:
            self.fields[name].widget.attrs |= {"dir": "auto", "autocomplete": "off"}

    @property
    def ordinal(self):
        """The number of the row as it is shown; the script writes that of a row it adds."""
        return self.index + 1 if isinstance(self.index, int) else ""

    @classmethod
    def address_of(cls, index, name) -> str:
        """The name under which the box `name` of the row `index` is sent."""
        return f"{PREFIX % index}-{name}"

    def clean_card_number(self):
        """The number as every card's is kept, so that «٠١٢» and «12» are the same."""
        return plain_number(self.cleaned_data["card_number"]) if self.data_of("card_number") else ""

    def data_of(self, name) -> str:
        return self.cleaned_data.get(name) or ""

    def clean_received_on(self):
        """A day of the station that is not yet to come."""
        day = self.cleaned_data["received_on"]
        first, last = self.sheet.days
        if day and not first <= day <= last:
            message = _("The station was held from %(first)s to %(last)s.")
            params = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
            raise forms.ValidationError(message, params=params)
        return day

    def keep(self, receipt, step, **submission):
        """Write it, with the way it came and the number of its card."""
        submission |= {"channel": self.sheet.channel, "in_grace": False}
        submission["card_number"] = self.cleaned_data["card_number"]
        return super().keep(receipt, step, **submission)


class _WithAxis:
    """The axis in a list that is fetched once for all rows."""

    def __init__(self, data=None, *, sheet, **kwargs):
        super().__init__(data, sheet=sheet, plan=sheet.step.plan, **kwargs)
        axes = {str(axis.pk): axis for axis in sheet.axes}
        label, attrs = self.fields["axis"].label, self.fields["axis"].widget.attrs
        self.fields["axis"] = forms.TypedChoiceField(
            label=label,
            choices=[("", "—"), *((pk, str(axis)) for pk, axis in axes.items())],
            coerce=axes.get,
            empty_value=None,
            required=False,
        )
        self.fields["axis"].widget.attrs |= attrs


class TypedIdea(_WithAxis, TypedCard, IdeaForm):
    """An idea card."""


class TypedNewProject(_WithAxis, TypedCard, NewProjectForm):
    """A new project card."""

    def __init__(self, data=None, *, sheet, **kwargs):
        super().__init__(data, sheet=sheet, headings=sheet.headings, **kwargs)


class TypedRemarks(TypedCard, RemarksForm):
    """A remarks card on one project."""

    def __init__(self, data=None, *, sheet, **kwargs):
        super().__init__(
            data, sheet=sheet, project=sheet.project, headings=sheet.headings, **kwargs
        )

    def label_of(self, heading):
        """The heading alone: the column is narrow."""
        return NewProjectForm.label_of(self, heading)


class PresetForm(forms.Form):
    """What all cards of a sheet share: their kind, the way they came, their language."""

    kind = forms.ChoiceField(label=_("Cards"))
    channel = forms.ChoiceField(
        label=_("The way they came"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.DIGITAL],
    )
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)

    def __init__(self, data, *, kinds):
        super().__init__(data)
        self.fields["kind"].choices = kinds


class SendForm(forms.Form):
    """What is said once for all rows that are sent."""

    agreed = forms.BooleanField(
        label=_("On every card, or by telephone, the author agreed to the processing of the data."),
        error_messages={
            "required": _("Without the author’s agreement we may not keep what is on a card.")
        },
    )
    publish = forms.BooleanField(label=_("I have read them: publish them at once"), required=False)

    def __init__(self, data=None, *, may_publish):
        super().__init__(data, use_required_attribute=False)
        if not may_publish:
            del self.fields["publish"]


class BatchForm(forms.Form):
    """How many cards are printed, and from which number on."""

    kind = forms.ChoiceField(label=_("Cards"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=200)
    first = forms.IntegerField(
        label=_("From the number"),
        min_value=1,
        max_value=999_999,
        help_text=_("Proposed: the one after the highest that was typed in at this station."),
    )

    def __init__(self, data=None, *, kinds, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["kind"].choices = kinds

    def numbers(self) -> range:
        """The numbers of the cards; for a valid form."""
        first = self.cleaned_data["first"]
        return range(first, first + self.cleaned_data["count"])
