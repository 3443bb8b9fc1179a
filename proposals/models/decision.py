"""What was decided on a proposal, by whom and why; append-only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.actors import NAME_MAX_LENGTH
from consultations.acts import Act
from consultations.models import ActionPlan, Project, SignedAct, Step, told_of
from openmuni.canonical import digests, instant
from proposals.status import MOVES, REASON_MIN_LENGTH, Status

from .proposal import Proposal

_KNOWN_MOVES = Q()
for _from, _to in sorted(MOVES):
    _KNOWN_MOVES |= Q(from_status=str(_from), to_status=str(_to))


class ReasonText(models.Model):
    """A reason that may be used again, kept by the coordinator."""

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="reason_texts", verbose_name=_("edition")
    )
    outcome = models.CharField(_("decision"), max_length=12, choices=Status)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("reusable reason")
        verbose_name_plural = _("reusable reasons")
        ordering = ["plan", "outcome", "pk"]

    def __str__(self):
        return (self.text or self.text_ar)[:60]


@told_of(Act.DECIDE, way="proposal__plan")
class Decision(SignedAct):
    """One decision of the committee (قرار اللجنة). Guarded by the database: see `proposals/guards.py`."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="decisions", verbose_name=_("proposal")
    )
    from_status = models.CharField(_("from"), max_length=12, choices=Status)
    to_status = models.CharField(_("decision"), max_length=12, choices=Status)
    reason = models.TextField(
        _("reason"), help_text=_("Written for the author of the idea; it is published.")
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("openness project"),
    )
    reason_text = models.ForeignKey(
        ReasonText,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("reusable reason"),
        help_text=_("The one that the reason was taken from."),
    )
    kept_part = models.TextField(
        _("what is kept of the idea"),
        blank=True,
        help_text=_("The part of the idea that the project takes up."),
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("prepared by"),
        help_text=_("Who signed first, where two signatures are needed."),
    )
    prepared_by_name = models.CharField(
        _("name of who prepared it"), max_length=NAME_MAX_LENGTH, blank=True
    )

    class Meta:
        verbose_name = _("committee decision")
        verbose_name_plural = _("committee decisions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=_KNOWN_MOVES, name="decision_move_known"),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(Trim(F("reason"))), REASON_MIN_LENGTH),
                name="decision_reason_long_enough",
                violation_error_message=_("The reason has at least 20 characters."),
            ),
            models.CheckConstraint(
                condition=Q(to_status="merged", project__isnull=False)
                | ~Q(to_status="merged") & Q(project__isnull=True),
                name="decision_merge_names_project",
            ),
            models.CheckConstraint(
                condition=Q(prepared_by=None) | ~Q(prepared_by=F("by")),
                name="decision_signed_by_two_people",
            ),
        ]

    def __str__(self):
        return f"{self.proposal_id}: {self.get_to_status_display()}"

    @property
    def facts(self) -> dict:
        """What the log keeps of it."""
        return {
            "id": self.pk,
            "proposal": self.proposal_id,
            "from_status": str(self.from_status),
            "status": str(self.to_status),
            "project": self.project_id,
            "reason_text": self.reason_text_id,
            "four_eyes": self.prepared_by_id is not None,
            **digests(self, "reason", "kept_part"),
            "at": instant(self.at),
        }


class ReportedTally(models.Model):
    """Figures published for a step whose cards were never typed in: history, never added to live counts."""

    step = models.ForeignKey(
        Step, models.CASCADE, related_name="reported_tallies", verbose_name=_("station")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)
    count = models.PositiveIntegerField(pgettext_lazy("how many", "number"))

    class Meta:
        verbose_name = _("reported tally")
        verbose_name_plural = _("reported tallies")
        ordering = ["step", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "status"], name="one_tally_a_step_and_status")
        ]

    def __str__(self):
        return f"{self.step}: {self.get_status_display()} {self.count}"


class StaffNote(SignedAct):
    """What staff tell each other about a proposal; never public."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="notes", verbose_name=_("proposal")
    )
    text = models.TextField(_("note"))

    class Meta:
        verbose_name = _("staff note")
        verbose_name_plural = _("staff notes")
        ordering = ["proposal", "pk"]

    def __str__(self):
        return self.text[:60]
