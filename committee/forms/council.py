"""The forms of the council's session and of its vote."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models import SessionMove
from consultations.admin import RefusableForm


def _reason(name):
    """The box for the reason of a move, in one language; only a move needs one."""
    return SessionMove._meta.get_field(name).formfield(
        required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    )


class CouncilSessionForm(RefusableForm):
    """A session; another date than the one the public knows asks for a reason, beside it."""

    reason_ar = _reason("reason_ar")
    reason_fr = _reason("reason_fr")

    @property
    def moves_session(self) -> bool:
        """Whether the session gets another date than the one it has."""
        dated = self.instance.pk and self.cleaned_data.get("month")
        return bool(dated) and self.instance.is_moved_by(
            self.cleaned_data["month"], self.cleaned_data.get("starts_on")
        )

    def clean(self):
        cleaned = super().clean()
        known = self.instance.pk and self.instance.plan.is_public
        moves = known and "starts_on" not in self.errors and self.moves_session
        if moves and not self.cleaned_data.get("reason_ar", "").strip():
            self.add_error("reason_ar", _("Say why: it is published beside the old date."))
        return cleaned


class DeliberationForm(forms.ModelForm):
    """A vote; the casting vote is one of two sides, or none."""

    casting_vote_for = forms.TypedChoiceField(
        label=capfirst(_("casting vote of the president")),
        help_text=_("Only when the votes are equal: for or against."),
        required=False,
        choices=[
            ("", "—"),
            ("True", pgettext_lazy("vote", "for")),
            ("False", pgettext_lazy("vote", "against")),
        ],
        coerce=lambda value: value == "True",
        empty_value=None,
    )
