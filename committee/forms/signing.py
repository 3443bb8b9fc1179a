"""The second signature under a decision that waits, or the words with which it is sent back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.models import DraftDecision
from proposals.models import StaffNote, StaleVersion

from .acting import text_field
from .deciding import ProposalForm


class DraftForm(ProposalForm):
    """An act on the decision that waits: on the very one that was read."""

    draft = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data=None, *, subject, initial=None, **kwargs):
        self.waiting = getattr(subject, "draft_decision", None)
        now = {"draft": self.waiting and self.waiting.pk}
        super().__init__(data, subject=subject, initial=(initial or {}) | now, **kwargs)

    @property
    def is_possible(self):
        return bool(self.waiting) and not self.proposal.plan.is_closed

    def read_draft(self) -> DraftDecision:
        """The decision that was read, if it still waits."""
        if self.waiting is None or self.waiting.pk != self.cleaned_data["draft"]:
            raise StaleVersion(_("This decision waits no longer: it was signed or sent back."))
        return self.waiting


class ConfirmForm(DraftForm):
    """Sign it as the second person: it becomes the decision, and is published."""

    name, permission = "confirm", "proposals.decide_proposal"
    label, done = _("Confirm and publish"), _("The decision is confirmed and published.")
    label_on = _("Confirm and go to the next")

    @property
    def is_possible(self):
        """What a meeting decided is published from its own page, all together."""
        draft = self.waiting
        may = super().is_possible and not draft.is_stale and not draft.meeting_id
        return may and draft.may_be_signed_by(self.user)

    def act(self, actor):
        """Confirm it."""
        return self.read_draft().confirm(actor)


class SendBackForm(DraftForm):
    """Not to sign it, and why; who prepared it takes it back in the same way."""

    name, permission = "send_back", "committee.delete_draftdecision"
    label, done = _("Send it back"), _("The decision was sent back; a staff note says why.")

    words = text_field(
        StaffNote, "text", rows=2, label=_("why"), help_text=_("Read by staff; never published.")
    )

    def act(self, actor):
        """Send it back."""
        return self.read_draft().send_back(self.cleaned_data["words"], by=actor)
