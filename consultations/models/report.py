"""The report of a window that takes remarks: it waits until each of them has its answer."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models, transaction
from django.utils.translation import gettext as _

from consultations.actors import Actor
from consultations.acts import Act
from openmuni import clock

from .log import ActLog


class ReportNotReady(Exception):
    """The report of a window cannot be published yet; `reasons` are sentences that say why."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class ReportedWindow(models.Model):
    """What a station can tell of the remarks that came in at it."""

    class Meta:
        abstract = True

    @property
    def count_of_unanswered_remarks(self) -> int:
        """Remarks on published cards that have no answer; withheld cards wait for none."""
        return self.submissions.public().filter(remark_card__remarks__outcome="").count()

    @property
    def count_of_unread_cards(self) -> int:
        """Remarks cards that no moderator has read."""
        return self.submissions.pending().filter(remark_card__isnull=False).count()

    @property
    def report_waits_for(self) -> list[str]:
        """Why its report cannot be published now, in sentences; empty when it can be."""
        if not self.accepts_remarks:
            return [_("This station takes no remarks.")]
        if self.plan.is_closed:
            return [_("The edition is closed: nothing is published in it any more.")]
        if self.report_published_at:
            return [_("The report of this window is published already.")]
        reasons = []
        if clock.now().replace(microsecond=0) <= self.grace_end:
            reasons.append(_("The window and its minutes of grace are not over."))
        if count := self.count_of_unread_cards:
            reasons.append(_("Cards that nobody has read: %(count)s.") % {"count": count})
        if count := self.count_of_unanswered_remarks:
            reasons.append(_("Remarks without an answer: %(count)s.") % {"count": count})
        return reasons

    @transaction.atomic
    def publish_report(self, *, by: Actor, at=None):
        """Tell the public that each remark of this window has its answer; the answers are final then.

        Raises ReportNotReady. Who did it stands in the station's history.
        """
        held = type(self).objects.select_for_update(of=("self",)).select_related("plan")
        now = held.get(pk=self.pk)
        if reasons := now.report_waits_for:
            raise ReportNotReady(reasons)
        self.report_published_at = at or clock.now()
        self.save(update_fields=["report_published_at"])
        changed = [{"changed": {"fields": ["report published at"]}}]
        LogEntry.objects.log_actions(by.user.pk, [self], CHANGE, changed)
        ActLog.objects.append(now.plan, Act.REPORT, now, by=by, at=self.report_published_at)
