"""The citizen's forms. They clean and check; the models act."""

import re

import phonenumbers
from django import forms
from django.core.validators import validate_email
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from consultations.models import Channel, PriorityAxis, Step, Submission
from consultations.receipts import Receipt, is_key, new_key, parse_code
from openmuni.arabic import western_digits
from openmuni.fields import CleanCharField

from .models import BODY_MAX_LENGTH, TITLE_MAX_LENGTH, Proposal, Status


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


class IdeaForm(forms.Form):
    """Put forward your idea: no account, one screen. `key` makes a second sending harmless."""

    key = CleanCharField(widget=forms.HiddenInput, required=False)
    title = model_text("title", error_messages={"required": _("Write a title for your idea.")})
    body = model_text(
        "body",
        lines=True,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your idea.")},
    )
    axis = AxisField(
        PriorityAxis.objects.none(),
        label=_("Priority axis"),
        required=False,
        blank=True,
        empty_label=_("I do not know: the committee chooses"),
    )
    neighbourhood = model_text("neighbourhood")
    author_name = CleanCharField(label=_("Your name"), max_length=120, required=False)
    association = CleanCharField(label=_("Your association"), max_length=120, required=False)
    shown_as = forms.ChoiceField(
        label=_("What is published of you"),
        choices=Submission.ShownAs,
        initial=Submission.ShownAs.NOBODY,
        widget=forms.RadioSelect,
    )
    contact = CleanCharField(
        label=_("Telephone or e-mail"),
        help_text=_("One is enough, to tell you the decision. It is never published."),
        max_length=254,
        required=False,
    )
    consent = forms.BooleanField(
        label=_(
            "I agree to the processing of my data for this purpose and to the publication of my idea once read."
        ),
        error_messages={"required": _("Without your agreement we may not keep the idea.")},
    )

    def __init__(self, data=None, *, plan, **kwargs):
        super().__init__(data, initial={"key": new_key()}, **kwargs)
        self.fields["axis"].queryset = plan.axes.all()
        for name, limit in (("title", TITLE_MAX_LENGTH), ("body", BODY_MAX_LENGTH)):
            # The limit is said by a counter and checked on the server; a browser's own maxlength
            # would cut a pasted text without a word.
            self.fields[name].widget.attrs.pop("maxlength", None)
            self.fields[name].widget.attrs |= {"data-limit": limit, "dir": "auto"}
        self.fields["contact"].widget.attrs |= {"dir": "ltr", "autocomplete": "off"}

    def clean_key(self):
        """The key as it came; a missing or broken one is replaced, so that the form can be sent again."""
        key = self.cleaned_data["key"]
        if is_key(key):
            return key
        self.data = self.data.copy()
        self.data[self.add_prefix("key")] = new_key()
        raise forms.ValidationError(_("Please press the button once more."))

    def clean_contact(self):
        """A telephone number in E.164 form, or an e-mail address."""
        typed = self.cleaned_data["contact"]
        if "@" in typed:
            validate_email(typed)
            return typed
        return phone_number(typed) if typed else ""

    def clean(self):
        """A name that is to be published has to be there."""
        needed = {
            Submission.ShownAs.PERSON: "author_name",
            Submission.ShownAs.ASSOCIATION: "association",
        }.get(self.cleaned_data.get("shown_as"))
        if needed and not self.cleaned_data.get(needed) and needed not in self.errors:
            self.add_error(
                needed, _("Write the name to be published, or choose not to publish it.")
            )
        return self.cleaned_data

    def receipt(self) -> Receipt:
        """The receipt of this key and content, whether they were kept or not; for a valid form."""
        sent = self.cleaned_data
        content = {name: str(value or "") for name, value in sent.items() if name != "key"}
        return Receipt.of(sent["key"], content)

    def kept(self) -> Proposal | None:
        """The proposal that the first sending of this very form made, if there was one."""
        arrived = Submission.objects.with_receipt(self.receipt())
        return Proposal.objects.filter(submission__in=arrived).first()

    def send(self, step, language, channel=Channel.DIGITAL) -> tuple[Proposal, str]:
        """Keep the idea at `step`; return the proposal and its tracking code."""
        sent, receipt = self.cleaned_data, self.receipt()
        names = {
            Submission.ShownAs.PERSON: sent["author_name"],
            Submission.ShownAs.ASSOCIATION: sent["association"],
        }
        is_email = "@" in sent["contact"]
        proposal, _created = Proposal.objects.receive(
            receipt,
            step,
            {name: sent[name] for name in ("title", "body", "axis", "neighbourhood")},
            channel=channel,
            language=language,
            shown_as=sent["shown_as"],
            shown_name=names.get(sent["shown_as"], ""),
            contact={
                "name": sent["author_name"],
                "association": sent["association"],
                "phone": "" if is_email else sent["contact"],
                "email": sent["contact"] if is_email else "",
            },
        )
        return proposal, receipt.code


def phone_number(typed: str) -> str:
    """`typed` as E.164 (+212…), from any digit script; a Moroccan number may be written nationally."""
    digits = western_digits(typed)
    try:
        number = phonenumbers.parse(digits, "MA")
    except phonenumbers.NumberParseException:
        raise forms.ValidationError(_("Write a telephone number or an e-mail address.")) from None
    # Whether a block of numbers is in service changes too often to refuse people for it.
    if not phonenumbers.is_possible_number(number):
        raise forms.ValidationError(
            _("This telephone number is not complete: you wrote %(count)s digits."),
            params={"count": sum(ch.isdigit() for ch in digits)},
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


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
        """The 16 digits. What no receipt can bear is refused before any look-up, and tells nothing."""
        typed = self.cleaned_data["code"]
        code = parse_code(typed)
        if code is None and _REFERENCE.fullmatch(western_digits(typed)):
            raise forms.ValidationError(
                _("This is the public reference; the tracking code has 16 digits.")
            )
        if code is None:
            raise forms.ValidationError(
                _("This is not a tracking code: look at the 16 digits again.")
            )
        return code


class IdeaFilterForm(forms.Form):
    """The filters of the list of ideas. Anything unknown counts as no filter."""

    q = CleanCharField(label=_("Search"), required=False, max_length=200)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("All statuses")), *Status.choices],
        required=False,
    )
    axis = forms.ModelChoiceField(
        PriorityAxis.objects.none(),
        label=_("Priority axis"),
        empty_label=_("All axes"),
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[("", _("All channels")), *Channel.choices],
        required=False,
    )
    step = forms.ModelChoiceField(
        Step.objects.none(), label=_("Station"), empty_label=_("All stations"), required=False
    )

    def __init__(self, data, *, plan):
        super().__init__(data)
        self.fields["axis"].queryset = plan.axes.all()
        self.fields["step"].queryset = plan.steps.all()

    def apply(self, proposals):
        """`proposals` narrowed by the filters that were understood."""
        self.full_clean()
        chosen = self.cleaned_data
        if text := chosen.get("q"):
            proposals = proposals.search(text)
        if status := chosen.get("status"):
            proposals = proposals.filter(status=status)
        if axis := chosen.get("axis"):
            proposals = proposals.filter(axis=axis)
        if channel := chosen.get("channel"):
            proposals = proposals.filter(submission__channel=channel)
        if step := chosen.get("step"):
            proposals = proposals.filter(submission__step=step)
        return proposals
