"""What was prepared and does not count yet: decisions that wait, cards being typed in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Channel, Project, SignedAct, Step
from proposals.models import Proposal, ReasonText, Status

from .meeting import CommitteeMeeting


class DraftDecision(SignedAct):
    """A decision that waits for the second signature, or for the hour its meeting's are published.

    It is signed by who prepared it; when it is confirmed, a Decision is written and it goes.
    """

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, related_name="draft_decision", verbose_name=_("proposal")
    )
    to_status = models.CharField(_("decision"), max_length=12, choices=Status)
    project = models.ForeignKey(
        Project,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("openness project"),
    )
    kept_part = models.TextField(_("what is kept of the idea"), blank=True)
    reason = models.TextField(_("reason"))
    reason_text = models.ForeignKey(
        ReasonText,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reusable reason"),
    )
    version = models.PositiveIntegerField(_("version of the proposal"))
    meeting = models.ForeignKey(
        CommitteeMeeting,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="draft_decisions",
        verbose_name=_("committee meeting"),
    )

    class Meta:
        verbose_name = _("decision that waits")
        verbose_name_plural = _("decisions that wait")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_status="merged", project__isnull=False)
                | ~Q(to_status="merged") & Q(project__isnull=True),
                name="draft_merge_names_project",
            )
        ]

    def __str__(self):
        return f"{self.proposal_id}: {self.get_to_status_display()}"


class TypingDraft(models.Model):
    """The paper cards that a person is typing in at one station, kept until they are sent."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    step = models.ForeignKey(
        Step, models.CASCADE, related_name="typing_drafts", verbose_name=_("station")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.PAPER)
    rows = models.JSONField(_("cards"), default=list)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("cards being typed in")
        verbose_name_plural = _("cards being typed in")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "step"], name="one_typing_draft_a_user_and_step"
            )
        ]

    def __str__(self):
        return str(self.step)
