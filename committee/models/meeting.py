"""The meetings of the committee."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models import ActionPlan, Remark
from proposals.models import Decision, Proposal

from .member import CommitteeMember


class CommitteeMeeting(models.Model):
    """A meeting of the committee (اجتماع اللجنة)."""

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="meetings", verbose_name=_("edition")
    )
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    quorum = models.PositiveSmallIntegerField(
        _("quorum"),
        null=True,
        blank=True,
        help_text=_("Members who must be present. Empty: more than half of the seats."),
    )
    minutes = models.TextField(_("minutes"), blank=True)

    class Meta:
        verbose_name = _("committee meeting")
        verbose_name_plural = _("committee meetings")
        ordering = ["-date"]

    def __str__(self):
        return f"{self.plan} · {self.date:%d/%m/%Y}"


class AgendaItem(models.Model):
    """A point on the agenda: a proposal, or another subject."""

    meeting = models.ForeignKey(
        CommitteeMeeting, models.CASCADE, related_name="agenda", verbose_name=_("committee meeting")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    proposal = models.ForeignKey(
        Proposal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("proposal"),
    )
    remark = models.ForeignKey(
        Remark,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("remark"),
    )
    decision = models.OneToOneField(
        Decision, models.SET_NULL, null=True, blank=True, editable=False, related_name="agenda_item"
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposal=None) | Q(remark=None), name="agenda_item_has_one_object"
            ),
            models.UniqueConstraint(
                fields=["meeting", "proposal"],
                name="proposal_once_on_an_agenda",
                violation_error_message=_("This proposal is on the agenda already."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "remark"],
                name="remark_once_on_an_agenda",
                violation_error_message=_("This remark is on the agenda already."),
            ),
        ]

    def __str__(self):
        return self.subject or str(self.proposal or self.remark or "")


class Recusal(models.Model):
    """A member takes no part in one point of the agenda, and why."""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="recusals", verbose_name=_("agenda item")
    )
    member = models.ForeignKey(
        CommitteeMember, models.PROTECT, related_name="recusals", verbose_name=_("committee member")
    )
    reason = models.CharField(_("reason"), max_length=250)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["item", "member__order"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="one_recusal_a_member_and_item")
        ]

    def __str__(self):
        return str(self.member)


class Attendance(models.Model):
    """Whether a member sat at a meeting."""

    meeting = models.ForeignKey(
        CommitteeMeeting,
        models.CASCADE,
        related_name="attendance",
        verbose_name=_("committee meeting"),
    )
    member = models.ForeignKey(
        CommitteeMember,
        models.PROTECT,
        related_name="attendance",
        verbose_name=_("committee member"),
    )
    present = models.BooleanField(_("present"), default=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"], name="one_attendance_a_member_and_meeting"
            )
        ]

    def __str__(self):
        return str(self.member)
