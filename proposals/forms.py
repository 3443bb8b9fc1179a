"""The citizen's forms. They clean and check; the models act."""

import re

from django import forms
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.forms import CardForm, SubmissionForm
from consultations.models import Accepts, PriorityAxis
from consultations.receipts import parse_codes
from openmuni.arabic import western_digits
from openmuni.fields import CleanCharField

from .look_alikes import public_look_alikes
from .models import BODY_MAX_LENGTH, TITLE_MAX_LENGTH, Proposal


def model_text(name, **kwargs) -> CleanCharField:
    """A text field in the words of the field `name` of Proposal."""
    field = Proposal._meta.get_field(name)
    return CleanCharField(
        label=field.verbose_name,
        help_text=field.help_text,
        max_length=field.max_length,
        required=not field.blank,
        **kwargs,
    )


class EmptyChoiceLast(ModelChoiceIterator):
    """The choices of a model, then the empty one."""

    def __iter__(self):
        empty, *choices = super().__iter__()
        return iter([*choices, empty])


class AxisField(forms.ModelChoiceField):
    """The axes as radio buttons; whoever does not know finds it said at the end."""

    iterator = EmptyChoiceLast
    widget = forms.RadioSelect


class ProposalForm(SubmissionForm):
    """What an idea and a new project card share."""

    examined = _("The committee examines it and gives its reasons")

    axis = AxisField(
        PriorityAxis.objects.none(),
        label=_("Priority axis"),
        required=False,
        blank=True,
        empty_label=_("I do not know: the committee chooses"),
    )

    def __init__(self, data=None, *, plan, **kwargs):
        super().__init__(data, **kwargs)
        self.plan = plan
        self.fields["axis"].queryset = plan.axes.all()
        self.count_characters("title", TITLE_MAX_LENGTH)

    def look_alikes(self):
        """The published proposals of the edition that say nearly the same."""
        found = public_look_alikes(self.plan, self.cleaned_data["title"], self.whole_text())
        return [one.proposal for one in found]

    def public_address(self, submission) -> str:
        """The page on which it is read once published."""
        return reverse("idea_detail", args=[submission.reference])


class IdeaForm(ProposalForm):
    """Put forward your idea."""

    accepts = Accepts.with_ideas()
    page_title = _("Put forward your idea")
    closed_title = _("Ideas are not being received now")
    thanks = _("We have your idea, thank you")
    again = _("Put forward another idea")
    send_words = _("Send my idea")
    received = _("We received your idea")
    shared = _(
        "I put forward an idea for the openness programme; its reference is %(reference)s."
        " Once it is published, it can be read here: %(address)s"
    )

    title = model_text("title", error_messages={"required": _("Write a title for your idea.")})
    body = model_text(
        "body",
        lines=True,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your idea.")},
    )
    neighbourhood = model_text("neighbourhood")

    field_order = ["key", "opened", "title", "body", "axis", "neighbourhood"]

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.count_characters("body", BODY_MAX_LENGTH)

    def whole_text(self) -> str:
        """What it says below its title."""
        return self.cleaned_data["body"]

    def keep(self, receipt, step, **submission):
        """Write the idea; return (proposal, created)."""
        words = {n: self.cleaned_data[n] for n in ("title", "body", "axis", "neighbourhood")}
        return Proposal.objects.receive(receipt, step, words, **submission)


class NewProjectForm(ProposalForm, CardForm):
    """The new project card (بطاقة مشروع انفتاح جديد): a title and the card's headings."""

    page_title = _("Propose a new project")
    closed_title = _("New project cards are not being received now")
    thanks = _("We have your new project card, thank you")
    again = _("Write another new project card")
    send_words = _("Send my card")
    received = _("We received your new project card")
    shared = _(
        "I propose a new project for the openness programme; its reference is %(reference)s."
        " Once it is published, it can be read here: %(address)s"
    )
    nothing_written = _("Write under one heading at least.")

    title = CleanCharField(
        label=_("Title of the project"),
        help_text=_("A short sentence that says what you propose."),
        max_length=TITLE_MAX_LENGTH,
        error_messages={"required": _("Write a title for the project.")},
    )

    def whole_text(self) -> str:
        """What it says below its title."""
        return "\n".join(text for _heading, text in self.written())

    def keep(self, receipt, step, **submission):
        """Write the card; return (proposal, created)."""
        words = {name: self.cleaned_data[name] for name in ("title", "axis")}
        parts = self.written()
        return Proposal.objects.receive(receipt, step, words, parts=parts, **submission)


# The shape alone: whether such an idea exists is told to nobody.
_REFERENCE = re.compile(r"[A-Z]+(-R)?[- ]?\d{4}[- ]?\d{4,}", re.IGNORECASE)


class TrackForm(forms.Form):
    """The tracking code, as it was copied from the receipt."""

    code = CleanCharField(
        label=_("Tracking code"),
        help_text=_("The 16 digits of your receipt."),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Type the tracking code of your receipt.")},
    )

    def clean_code(self):
        """What it may be read as. What no receipt can bear is refused before any look-up, and tells nothing."""
        typed = self.cleaned_data["code"]
        codes = parse_codes(typed)
        if not codes and _REFERENCE.fullmatch(western_digits(typed)):
            raise forms.ValidationError(
                _("This is the public reference; the tracking code has 16 digits.")
            )
        if not codes:
            raise forms.ValidationError(
                _("This is not a tracking code: look at the 16 digits again.")
            )
        return codes
