"""Notes of staff on a proposal."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.acts import Act
from consultations.models import ActLog
from proposals.models import IllegalMove, StaffNote

from .acting import text_field
from .deciding import ProposalForm


class NoteForm(ProposalForm):
    """Leave a note for the others; it is never published."""

    name, permission = "note", "proposals.add_staffnote"
    label, done = _("Save the note"), _("The note is saved.")

    text = text_field(StaffNote, "text", rows=2, help_text=_("Read by staff; never published."))

    @property
    def is_possible(self):
        return not self.proposal.plan.is_closed

    @transaction.atomic
    def act(self, actor):
        """Keep it."""
        if not self.is_possible:
            raise IllegalMove(_("This edition is closed: it is read, and nobody writes in it."))
        ActLog.objects.append(self.proposal.plan, Act.NOTE, self.proposal, by=actor)
        return StaffNote.objects.create(
            proposal=self.proposal, text=self.cleaned_data["text"], **actor.signature()
        )
