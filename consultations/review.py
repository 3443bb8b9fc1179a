"""What the author of a form checks before sending it: every answer, and who will read it."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from openmuni.personal import Personal, personal_in

from .forms import readable_contact
from .models import Submission
from .stages import Stage, stage_of

_SEEMS_PERSONAL = {
    Personal.CARD: _(
        "A national card number seems to stand here. Better take it out: all can read this text."
    ),
    Personal.PHONE: _(
        "A telephone number seems to stand here. Better take it out: all can read this text."
    ),
    Personal.EMAIL: _(
        "An e-mail address seems to stand here. Better take it out: all can read this text."
    ),
}
_UNREADABLE = _(
    "It looks neither like a telephone number nor like an e-mail address. We keep it as you wrote it."
)
_NAMELESS = _("Your name is not published")
_AUTHOR_NAMES = {
    Submission.ShownAs.PERSON: "author_name",
    Submission.ShownAs.ASSOCIATION: "association",
}


@dataclass(frozen=True)
class Answer:
    """One answer: the name of its field, its label, what was answered (empty for nothing), what to think of before.

    A contact is written from left to right.
    """

    name: str
    label: str
    text: str
    doubts: tuple = ()
    is_contact: bool = False


def published(form) -> list[Answer]:
    """What all will read once it is published; for a form without errors."""
    texts = [field for field in form.visible_fields() if stage_of(field.name) == Stage.TEXT]
    answers = [_text(form, field) for field in texts if not form.may_leave_out(field)]
    shown_as = form.cleaned_data["shown_as"]
    name = form.cleaned_data.get(_AUTHOR_NAMES.get(shown_as))
    return [*answers, Answer("shown_as", form.fields["shown_as"].label, str(name or _NAMELESS))]


def kept_private(form) -> list[Answer]:
    """What the commune alone reads; for a form without errors."""
    shown = _AUTHOR_NAMES.get(form.cleaned_data["shown_as"])
    names = [name for name in ("author_name", "association", "contact") if name != shown]
    return [_private(form, form[name]) for name in names]


def _text(form, field) -> Answer:
    text = form.cleaned_data.get(field.name)
    if isinstance(field.field, forms.ModelChoiceField):
        return Answer(field.name, field.label, str(text or field.field.empty_label))
    doubts = tuple(_SEEMS_PERSONAL[kind] for kind in personal_in(text))
    return Answer(field.name, field.label, text, doubts)


def _private(form, field) -> Answer:
    text, is_contact = form.cleaned_data[field.name], field.name == "contact"
    doubts = (_UNREADABLE,) if is_contact and form.warned_of(text) else ()
    return Answer(field.name, field.label, readable_contact(text), doubts, is_contact)
