"""The acts of moderation on anything that came in, and the erasing of its author."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Contact, ModerationAct, Submission
from proposals.models import REASON_MIN_LENGTH

from .acting import ActForm, text_field

_REASON = {
    "required": True,
    "min_length": REASON_MIN_LENGTH,
    "help_text": _("At least 20 characters; the author reads it when tracking."),
}


class ModerationForm(ActForm):
    """What the three acts of moderation share."""

    permission = "consultations.moderate_submission"
    which = None

    @property
    def is_possible(self):
        return self.subject.submission.moderation in ModerationAct.FROM[self.which]


class PublishForm(ModerationForm):
    """Show it to the public."""

    name, which = "publish", ModerationAct.Act.PUBLISH
    label, done = _("Publish"), _("It is published.")
    label_on = _("Publish and go to the next")
    undone_by = "withhold", _("Withhold it")

    def act(self, actor):
        """Publish it."""
        return self.subject.submission.publish(by=actor)


class WithholdForm(ModerationForm):
    """Take it from the public, with a category and a reason."""

    name, which = "withhold", ModerationAct.Act.WITHHOLD
    label, done = _("Withhold"), _("It is withheld.")
    label_on = _("Withhold and go to the next")
    undone_by = "restore", _("Publish it again")

    category = forms.ChoiceField(
        label=ModerationAct._meta.get_field("category").verbose_name,
        choices=[("", "—"), *Submission._meta.get_field("withheld_category").choices],
    )
    reason = text_field(ModerationAct, "reason", **_REASON)

    def act(self, actor):
        """Withhold it."""
        return self.subject.submission.withhold(by=actor, **self.cleaned_data)


class RestoreForm(ModerationForm):
    """Show again what was withheld."""

    name, which = "restore", ModerationAct.Act.RESTORE
    label, done = _("Publish again"), _("It is published again.")
    label_on = _("Publish again and go to the next")

    reason = text_field(ModerationAct, "reason", **_REASON)

    def act(self, actor):
        """Restore it."""
        return self.subject.submission.restore(by=actor, **self.cleaned_data)


class EraseForm(ActForm):
    """Forget who sent it, at the person's wish: the private contact and the published name."""

    name, permission = "erase", "consultations.delete_contact"
    label, done = _("Erase the author’s data"), _("The author’s data is erased.")

    sure = forms.BooleanField(label=_("I know that this cannot be undone."))

    @property
    def is_possible(self):
        submission = self.subject.submission
        return bool(submission.shown_name) or Contact.objects.filter(submission=submission).exists()

    def act(self, actor):
        """Erase it."""
        self.subject.submission.erase_author(by=actor)
