"""What was prepared and does not count yet: decisions that wait."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import Act
from consultations.models import ActLog, Project, SignedAct
from proposals.models import (
    IllegalMove,
    Proposal,
    ReasonText,
    StaffNote,
    StaleVersion,
    Status,
)

from .meeting import CommitteeMeeting


class DraftDecisionQuerySet(models.QuerySet):
    """Decisions that wait."""

    def whole(self):
        """With all that is shown of them."""
        return self.select_related(
            "proposal__submission", "proposal__plan", "project", "meeting", "reason_text"
        )

    def refuse_where_one_waits(self, proposal):
        """Raise IllegalMove when a decision on `proposal` waits already."""
        if self.filter(proposal=proposal).exists():
            raise IllegalMove(
                _("A decision on this proposal waits already: sign it or send it back.")
            )

    def refuse_who_takes_no_part(self, proposal, user):
        """Raise IllegalMove when `user` is recused from `proposal` on an agenda."""
        if proposal.agenda_items.filter(recusals__member__user=user).exists():
            raise IllegalMove(_("You take no part in this item: another person signs it."))

    @transaction.atomic
    def prepare(self, proposal, to, *, by: Actor, reason, version=None, **words):
        """Keep a decision on `proposal` that waits. Raises what `Proposal.hold_for` raises.

        `words` are its other fields: project, kept_part, reason_text, meeting.
        """
        project = words.get("project")
        now = proposal.hold_for(to, reason=reason, project=project, version=version)
        self.refuse_where_one_waits(now)
        # That it waits; what it says is published with the decision.
        ActLog.objects.append(now.plan, Act.PREPARE, now, by=by)
        return self.create(
            proposal=now,
            to_status=to,
            reason=reason.strip(),
            version=now.version,
            **words,
            **by.signature(),
        )


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

    objects = DraftDecisionQuerySet.as_manager()

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

    @property
    def is_stale(self) -> bool:
        """Whether something was decided on the proposal since."""
        return self.version != self.proposal.version

    def may_be_signed_by(self, user) -> bool:
        """Whether `user` may be the one who confirms it: where two sign, not who prepared it."""
        return self.by_id != user.pk or not self.proposal.plan.four_eyes

    @transaction.atomic
    def confirm(self, by: Actor):
        """Write the Decision, signed by `by`, in the words that were prepared; return it.

        One of a meeting is recorded as an act of that meeting. Raises IllegalMove, StaleVersion or
        NotRecorded with the words for it.
        """
        held = self._held()
        if not held.may_be_signed_by(by.user):
            raise IllegalMove(_("You prepared this decision: another person signs it."))
        DraftDecision.objects.refuse_who_takes_no_part(held.proposal, by.user)
        if held.is_stale:
            raise StaleVersion(
                _("Something was decided on this proposal since: it can only be sent back.")
            )
        item = held.meeting and held.meeting.agenda.filter(proposal=held.proposal).first()
        made = item.record(held._write, by) if item else held._write(by)
        held.delete()
        return made

    @transaction.atomic
    def send_back(self, words: str, *, by: Actor):
        """Let it wait no longer; `words` say why, in a staff note that keeps what was prepared."""
        held = self._held()
        if held.proposal.plan.is_closed:
            raise IllegalMove(_("The edition is closed: nothing is decided in it any more."))
        kept = [f"{held.get_to_status_display()} · {held.by_name}", held.kept_part, held.reason]
        StaffNote.objects.create(
            proposal=held.proposal,
            text="\n\n".join([words, *filter(None, kept)]),
            **by.signature(),
        )
        held.delete()
        ActLog.objects.append(held.proposal.plan, Act.SEND_BACK, held.proposal, by=by)

    def _held(self):
        """This draft as it is now, its row held."""
        rows = DraftDecision.objects.select_for_update(of=("self",))
        held = rows.select_related("proposal__plan", "meeting").filter(pk=self.pk).first()
        if held is None:
            raise StaleVersion(_("This decision waits no longer: it was signed or sent back."))
        return held

    def _write(self, by, at=None):
        return self.proposal.decide(
            self.to_status,
            project=self.project,
            kept_part=self.kept_part,
            reason=self.reason,
            reason_text=self.reason_text,
            version=self.version,
            by=by,
            at=at,
            prepared_by=Actor(self.by, self.by_name, self.by_function),
        )
