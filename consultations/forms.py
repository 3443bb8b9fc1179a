"""What the public sends. The forms clean and check; the models act."""

import datetime
import re

import phonenumbers
from django import forms
from django.core import signing
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.receipts import Receipt, is_key, new_key
from openmuni import clock
from openmuni.arabic import western_digits
from openmuni.fields import CleanCharField
from openmuni.text import clean

from .models import Accepts, Contact, RemarkCard, RemarkHeading, Step, Submission

# The boxes under the headings of a card are named by it, so that their text is known when it has to be given back.
HEADING_PREFIX = "heading-"
HEADING_MAX_LENGTH = 2000
# Names the contact that nobody could read, once its author was told: sent again, it is kept as it is.
WARNED = "contact_warned"
_CONTACT_MAX_LENGTH = Contact._meta.get_field("phone").max_length
_MOROCCO = 212
# Lines begin with 5, mobiles with 6 and 7, numbers of services with 8.
_MOROCCAN = re.compile(rf"\+{_MOROCCO}[5-8]\d{{8}}")
_OPENED = signing.Signer(salt="consultations.opened")
_HINTS = {
    RemarkHeading.Key.PROBLEM: _("What is the problem? Whom does it touch?"),
    RemarkHeading.Key.SOLUTION: _("What would you do?"),
    RemarkHeading.Key.FUNDING_SOURCE: _("Where could the money come from?"),
    RemarkHeading.Key.FOLLOWUP_INDICATOR: _("How will it be seen that the work goes on?"),
    RemarkHeading.Key.IMPACT_INDICATOR: _("What will get better in people’s lives?"),
    RemarkHeading.Key.OTHER: _("What has no place above."),
}


class SubmissionForm(forms.Form):
    """What every sending shares: no account, three stages. `key` makes a second sending harmless.

    `opened` says, signed, at which station and when the form was first shown. A subclass has its
    own fields, its words, and `keep(receipt, step, **submission)`, which writes it.
    """

    accepts = page_title = closed_title = thanks = again = received = examined = shared = None
    send_words = None

    key = CleanCharField(widget=forms.HiddenInput, required=False)
    opened = CleanCharField(widget=forms.HiddenInput, required=False)
    author_name = CleanCharField(
        label=_("Your name (the first name is enough)"), max_length=120, required=False
    )
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
            "I agree to the processing of my data for this purpose and to the publication of my text once read."
        ),
        error_messages={"required": _("Tick the agreement, so that we may receive what you send.")},
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, initial={"key": new_key()}, **kwargs)
        self.fields["author_name"].widget.attrs["autocomplete"] = "name"
        self.fields["association"].widget.attrs["autocomplete"] = "organization"
        # Never offered to the next person at a shared computer: it is the one thing that is not published.
        self.fields["contact"].widget.attrs |= {"dir": "ltr", "autocomplete": "off"}

    def count_characters(self, name, limit):
        """Say the limit of the field `name` by a counter; the server checks it.

        A browser's own maxlength would cut a pasted text without a word.
        """
        attributes = self.fields[name].widget.attrs
        attributes.pop("maxlength", None)
        attributes |= {"data-limit": limit, "dir": "auto"}

    def opened_at(self, step: Step) -> datetime.datetime | None:
        """When this very form was first shown at `step`; None when it does not say so with our signature."""
        try:
            pk, seconds = _OPENED.unsign_object(self.data.get(self.add_prefix("opened"), ""))
        except signing.BadSignature:
            return None
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC) if pk == step.pk else None

    def show_at(self, step: Step, now: datetime.datetime):
        """Sign that the form is shown at `step`, unless it says so already or the window has closed."""
        if self.opened_at(step) or now >= step.closing:
            return
        mark = _OPENED.sign_object([step.pk, int(now.timestamp())])
        if self.is_bound:
            self._replace("opened", mark)
        else:
            self.initial["opened"] = mark

    def clean_key(self):
        """The key as it came; a missing or broken one is replaced, so that the form can be sent again."""
        key = self.cleaned_data["key"]
        if is_key(key):
            return key
        self._replace("key", new_key())
        raise forms.ValidationError(_("Please press the button once more."))

    def _replace(self, name, value):
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value

    def clean_contact(self):
        """A telephone number in E.164 form, or an e-mail address; anything else as its author insists on it."""
        typed = self.cleaned_data["contact"]
        if not typed or self.warned_of(typed):
            return typed
        if "@" in typed:
            validate_email(typed)
            return typed
        return phone_number(typed)

    def warned_of(self, contact: str) -> bool:
        """Whether the author was told that nobody can read `contact`, and left it as it is."""
        return (
            bool(contact) and _fits(contact) and contact == self.data.get(self.add_prefix(WARNED))
        )

    @property
    def contact_warned(self) -> str:
        """The contact that the page has to name as one its author was told of; empty when there is none."""
        typed = clean(self["contact"].value() or "", lines=False)
        return typed if _fits(typed) and ("contact" in self.errors or self.warned_of(typed)) else ""

    def look_alikes(self) -> list:
        """What is before the public already and says nearly the same, the likest first."""
        return []

    def may_leave_out(self, field) -> bool:
        """Whether a look over the answers passes over `field`."""
        return False

    def clean(self):
        """A name that is to be published has to be there; what a doubtful contact may do is said with it."""
        if "contact" in self.errors and self.contact_warned:
            told = "id_contact_helptext id_contact_error contact_kept"
            self.fields["contact"].widget.attrs["aria-describedby"] = told
        needed = {
            Submission.ShownAs.PERSON: "author_name",
            Submission.ShownAs.ASSOCIATION: "association",
        }.get(self.cleaned_data.get("shown_as"))
        if needed and not self.cleaned_data.get(needed) and needed not in self.errors:
            self.add_error(
                needed, _("Write the name to be published, or choose not to publish it.")
            )
        return self.cleaned_data

    def subject(self) -> str:
        """What it is about, as its receipt says it; for a valid form."""
        return self.cleaned_data["title"]

    def texts_typed(self) -> list[forms.BoundField]:
        """The fields in which something was typed, to be given back when it cannot be kept."""
        return [
            field
            for field in self.visible_fields()
            if isinstance(field.field, CleanCharField) and field.value()
        ]

    def receipt(self) -> Receipt:
        """The receipt of this key and content, whether they were kept or not; for a valid form."""
        return Receipt.of(self.cleaned_data["key"], self.content())

    def content(self) -> dict[str, str]:
        """What tells one sending from another of the same key."""
        apart = {"key", "opened"}
        return {n: str(value or "") for n, value in self.cleaned_data.items() if n not in apart}

    def kept(self) -> Submission | None:
        """What the first sending of this very form made, if there was one."""
        return Submission.objects.with_receipt(self.receipt()).first()

    def send(self, step, language, at=None):
        """Keep what was sent at `step` at the instant `at`; return what was made and its tracking code."""
        sent, receipt = self.cleaned_data, self.receipt()
        at = at or clock.now()
        names = {
            Submission.ShownAs.PERSON: sent["author_name"],
            Submission.ShownAs.ASSOCIATION: sent["association"],
        }
        is_email = "@" in sent["contact"]
        made, _created = self.keep(
            receipt,
            step,
            at=at,
            in_grace=at >= step.closing,
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
        return made, receipt.code


class CardForm(SubmissionForm):
    """A card with the edition's headings: a text under any of them, one at least."""

    accepts = Accepts.with_remarks()
    box_limit = HEADING_MAX_LENGTH
    nothing_written = None

    def __init__(self, data=None, *, headings, **kwargs):
        super().__init__(data, **kwargs)
        # What has no heading of its own comes last, whatever its order says.
        headings = sorted(headings, key=lambda heading: heading.key == heading.Key.OTHER)
        self.headings = {f"{HEADING_PREFIX}{heading.pk}": heading for heading in headings}
        for name, heading in self.headings.items():
            self.fields[name] = CleanCharField(
                label=self.label_of(heading),
                help_text=_HINTS[heading.key],
                required=False,
                lines=True,
                max_length=HEADING_MAX_LENGTH,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.count_characters(name, HEADING_MAX_LENGTH)
        self.order_fields(["key", "opened", "title", "axis", *self.headings])

    def label_of(self, heading):
        """The words before the box of `heading`; the last one has dots for a name."""
        return _("Anything else") if heading.key == heading.Key.OTHER else str(heading)

    def clean(self):
        """A card on which nothing is written is no card."""
        first = next(iter(self.headings), None)
        if not self.written() and not {*self.headings} & {*self.errors}:
            self.add_error(first, self.nothing_written)
        return super().clean()

    def written(self) -> list[tuple]:
        """The pairs of heading and text on which something is written."""
        texts = ((h, self.cleaned_data.get(name)) for name, h in self.headings.items())
        return [(heading, text) for heading, text in texts if text]

    def may_leave_out(self, field):
        """A box in which nothing is written."""
        return field.name in self.headings and not self.cleaned_data.get(field.name)

    def boxes(self) -> list[forms.BoundField]:
        """The boxes under the headings, in the order of the card."""
        return [self[name] for name in self.headings]


class RemarksForm(CardForm):
    """The remarks card (بطاقة الملاحظات) of one project."""

    page_title = _("Write your remarks on the project")
    closed_title = _("Remarks are not being received now")
    thanks = _("We have your remarks, thank you")
    again = _("Write another remarks card on this project")
    send_words = _("Send my remarks")
    received = _("We received your remarks")
    examined = _("The committee answers each of them")
    shared = _(
        "I left remarks on a project of the openness programme; their reference is %(reference)s."
        " Once they are published, they can be read here: %(address)s"
    )
    nothing_written = _("Write at least one remark.")

    def __init__(self, data=None, *, project, **kwargs):
        self.project = project
        super().__init__(data, **kwargs)

    def label_of(self, heading):
        if heading.key == heading.Key.OTHER:
            return _("Another remark")
        return _("Your remark on: %(heading)s") % {"heading": heading}

    def subject(self):
        return str(self.project)

    def content(self):
        """The same words on another project are another card."""
        return super().content() | {"project": str(self.project.pk)}

    def sections(self) -> list[dict]:
        """For each heading what the project says under it, in which language, and the box for a remark."""
        sections, lines = [], self.project.lines()
        for name, heading in self.headings.items():
            text, language = heading.text_of(self.project)
            said = {"text": text, "language": language, "lines": lines.get(heading.key, [])}
            sections.append({"heading": heading, "box": self[name]} | said)
        return sections

    def keep(self, receipt, step, **submission):
        """Write the card; return (card, created)."""
        return RemarkCard.objects.receive(receipt, step, self.project, self.written(), **submission)

    def public_address(self, submission) -> str:
        """The page on which the remarks are read once published."""
        return reverse("project_detail", args=[self.project.pk])


def _fits(contact: str) -> bool:
    """Whether there is room for `contact` as it was written."""
    return "@" in contact or len(contact) <= _CONTACT_MAX_LENGTH


def phone_number(typed: str) -> str:
    """`typed` as E.164 (+212…), from any digit script; a Moroccan number may be written nationally."""
    needed = forms.ValidationError(
        _("Write ten digits that begin with 05, 06 or 07, or an e-mail address.")
    )
    try:
        number = phonenumbers.parse(western_digits(typed), "MA")
    except phonenumbers.NumberParseException:
        raise needed from None
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # Whether a block of numbers is in service changes too often to refuse people for it.
    is_possible = (
        _MOROCCAN.fullmatch(kept)
        if number.country_code == _MOROCCO
        else phonenumbers.is_possible_number(number)
    )
    if not is_possible:
        raise needed
    return kept


def readable_contact(contact: str) -> str:
    """A contact as people read it: a Moroccan number in pairs, nationally; anything else as it is."""
    if not _MOROCCAN.fullmatch(contact):
        return contact
    digits = f"0{contact.removeprefix(f'+{_MOROCCO}')}"
    return " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))
