"""The agenda of a meeting of the committee, and how what it decides is kept."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import ALL, Act
from consultations.models import ActLog, Remark
from openmuni import clock
from proposals.models import Decision, Proposal

from .meeting import CommitteeMeeting, check_seat, no_quorum
from .member import CommitteeMember


class NotRecorded(Exception):
    """The meeting cannot decide on this item, or already has; the words say why."""


class AgendaItemQuerySet(models.QuerySet):
    """Items with what a sheet shows of them."""

    def whole(self):
        """With their proposal, remark, decision and recusals, in the order of the agenda."""
        return (
            self.select_related(
                "proposal__submission",
                "proposal__axis",
                "proposal__project",
                "remark__card__submission",
                "remark__card__project",
                "remark__heading",
                "proposal__draft_decision__project",
                "decision__project",
            )
            .prefetch_related("recusals__member", "proposal__parts__heading")
            .order_by("order", "pk")
        )


class AgendaItem(models.Model):
    """A point on the agenda: a proposal, a remark, or another subject."""

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
    # When the remark was answered here. Another answer, given at the desk, has an instant of its own.
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)

    # The log tells of it only that it changed.
    unsaid = ("subject",)

    objects = AgendaItemQuerySet.as_manager()

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

    def clean(self):
        """An item has one object, published and of the meeting's edition."""
        if self.proposal and self.remark:
            raise ValidationError({"remark": _("An item is a proposal or a remark, not both.")})
        one = self.proposal or (self.remark and self.remark.card)
        if one is None:
            if not self.subject:
                raise ValidationError(_("Name a proposal, a remark or another subject."))
            return
        field = "proposal" if self.proposal else "remark"
        plan = self.proposal.plan_id if self.proposal else one.project.plan_id
        if plan != self.meeting.plan_id:
            raise ValidationError({field: _("This belongs to another edition.")})
        if not one.submission.is_public:
            raise ValidationError({field: _("Only what is published is put on the agenda.")})

    @property
    def reference(self) -> str:
        """The public reference of its proposal or of the card of its remark."""
        one = self.proposal or (self.remark and self.remark.card)
        return one.submission.reference if one else ""

    @property
    def is_answered_here(self) -> bool:
        """Whether the answer that its remark has was given at this meeting."""
        return self.answered_at is not None and self.answered_at == self.remark.answered_at

    @property
    def draft(self):
        """The decision on its proposal that waits; None when there is none."""
        return getattr(self.proposal, "draft_decision", None)

    @property
    def is_recorded_here(self) -> bool:
        """Whether this meeting decided on it, be it that the decision still waits."""
        waits = bool(self.draft) and self.draft.meeting_id == self.meeting_id
        return waits or bool(self.decision_id) or self.is_answered_here

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left to record: it was decided here, or its remark answered."""
        return bool(self.decision_id) or bool(self.remark and self.remark.is_answered)

    @property
    def present_count(self) -> int:
        """The members present, without those who take no part in this item."""
        recused = {recusal.member_id for recusal in self.recusals.all()}
        return len(self.meeting.present_members - recused)

    @property
    def refusal(self) -> str:
        """Why nothing can be recorded for this item; empty when it can."""
        if self.meeting.refusal:
            return self.meeting.refusal
        if self.is_settled:
            return _("This item was recorded already.")
        one = self.proposal or (self.remark and self.remark.card)
        if one and not one.submission.is_public:
            return _("It is not published any more: nothing is recorded for it.")
        if self.present_count < self.meeting.quorum_needed:
            return no_quorum(self.present_count, self.meeting.quorum_needed)
        return ""

    @transaction.atomic
    def record(self, act, by: Actor):
        """Do `act` as an act of the meeting and link the decision it returns, if it returns one.

        `act(by, at)` is what decides on the proposal or answers the remark. Raises NotRecorded when
        the quorum is not there or the item was recorded already, and whatever `act` raises.
        """
        held = AgendaItem.objects.select_for_update(of=("self",))
        now = held.select_related("proposal__submission", "remark__card__submission").get(
            pk=self.pk
        )
        if now.refusal:
            raise NotRecorded(now.refusal)
        made = act(by, now._at())
        if isinstance(made, Decision):
            now.decision = made
        if now.remark:
            now.remark.refresh_from_db(fields=["answered_at"])
            now.answered_at = now.remark.answered_at
        now.save(update_fields=["decision", "answered_at"])
        if now.decision or now.remark:
            after = {"meeting": now.meeting_id, "decision": now.decision_id}
            ActLog.objects.append(self.meeting.plan, Act.RECORD, now, by=by, after=after)
        return made

    def _at(self):
        """The meeting's instant; now, when something has happened to the proposal since."""
        at = self.meeting.acted_at
        if self.proposal is None:
            return at
        acts = self.proposal.submission.moderation_acts, self.proposal.decisions
        return clock.now() if any(made.filter(at__gt=at).exists() for made in acts) else at


class Recusal(models.Model):
    """A member takes no part in one point of the agenda, and why."""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="recusals", verbose_name=_("agenda item")
    )
    member = models.ForeignKey(
        CommitteeMember, models.PROTECT, related_name="recusals", verbose_name=_("committee member")
    )
    reason = models.CharField(_("reason"), max_length=250)

    # The log counts those that changed, and tells nothing of them.
    unsaid = ALL

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["item", "member__order"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="one_recusal_a_member_and_item")
        ]

    def __str__(self):
        return str(self.member)

    def clean(self):
        """Only who has a seat can leave it for an item."""
        if self.member_id and self.item_id:
            check_seat(self.member, self.item.meeting)
