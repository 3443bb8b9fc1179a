"""The meetings of the committee."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import ALL, Act
from consultations.models import ActionPlan, ActLog, Remark
from openmuni import clock
from proposals.models import Proposal, Status

from .member import CommitteeMember

# What fits on one screen, and into one form of the admin.
AGENDA_LIMIT = 100


def no_quorum(present: int, needed: int) -> str:
    """The words for a quorum that is not reached."""
    text = _("The quorum is not reached. Present: %(present)s, needed: %(needed)s.")
    return text % {"present": present, "needed": needed}


def check_seat(member, meeting):
    """Refuse who has no seat in the committee of the edition on the day of the meeting."""
    if member.plan_id != meeting.plan_id:
        raise ValidationError(_("This member belongs to the committee of another edition."))
    if not member.sits_on(meeting.date):
        raise ValidationError(_("This member does not sit on the day of the meeting."))


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

    def clean(self):
        """A meeting ends after it starts."""
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The meeting ends before it starts.")})

    @property
    def seats(self):
        """The members of the edition who sit on the day of the meeting."""
        return self.plan.members.sitting(self.date)

    @cached_property
    def quorum_needed(self) -> int:
        """How many have to be present: the number written down, or more than half of the members."""
        return self.quorum or self.seats.filter(is_alternate=False).count() // 2 + 1

    @cached_property
    def present_members(self) -> frozenset[int]:
        """The numbers of the members who were ticked as present."""
        present = self.attendance.filter(present=True)
        return frozenset(present.values_list("member", flat=True))

    @property
    def present_count(self) -> int:
        return len(self.present_members)

    @property
    def is_quorate(self) -> bool:
        return self.present_count >= self.quorum_needed

    @cached_property
    def has_records(self) -> bool:
        """Whether a decision was taken at it, be it that it still waits, or a remark answered."""
        items = self.agenda.filter(
            Q(decision__isnull=False)
            | Q(answered_at__isnull=False)
            | Q(proposal__draft_decision__meeting=self)
        )
        return any(item.is_recorded_here for item in items.whole())

    @property
    def is_held(self) -> bool:
        return self.date <= clock.today()

    @property
    def acted_at(self) -> datetime.datetime:
        """The instant of what the meeting decides: its end, or now while it lasts."""
        hour = self.ends_at or self.starts_at or datetime.time.max
        return min(clock.now(), clock.instant(self.date, hour))

    @property
    def refusal(self) -> str:
        """Why nothing can be recorded for this meeting now; empty when it can."""
        if self.plan.is_closed:
            return _("This edition is closed: it is read, and nobody writes in it.")
        if not self.is_held:
            return _("This meeting has not taken place yet.")
        if not self.present_count:
            return _("Tick first who was present at the meeting.")
        if not self.is_quorate:
            return no_quorum(self.present_count, self.quorum_needed)
        return ""

    @transaction.atomic
    def call_members(self):
        """Have one row of attendance a seat, unticked at first; seats that ended are left out again."""
        self.attendance.filter(present=False).exclude(member__in=self.seats).delete()
        missing = self.seats.exclude(attendance__meeting=self)
        rows = [Attendance(meeting=self, member=member, present=False) for member in missing]
        # Somebody else may be saving the same meeting.
        Attendance.objects.bulk_create(rows, ignore_conflicts=True)

    @property
    def waiting(self) -> list[models.QuerySet]:
        """What came in before the meeting, waits for the committee and is not on its agenda.

        Published ideas without a decision, not even one that waits, the oldest first; remarks
        without an answer, by project.
        """
        the_day_after = clock.instant(self.date + datetime.timedelta(days=1), datetime.time.min)
        ideas = Proposal.objects.decidable().filter(
            plan=self.plan,
            status=Status.IN_PROGRESS,
            draft_decision=None,
            submission__received_at__lt=the_day_after,
        )
        remarks = (
            Remark.objects.public()
            .unanswered()
            .filter(card__project__plan=self.plan, card__submission__received_at__lt=the_day_after)
        )
        return [
            ideas.exclude(agenda_items__meeting=self).order_by("submission__received_at", "pk"),
            remarks.exclude(agenda_items__meeting=self).order_by(
                "card__project__number", "card__submission__received_at", "pk"
            ),
        ]

    @transaction.atomic
    def put_on_agenda(self, *, by: Actor) -> int:
        """Add what is `waiting` after the items that are there, up to AGENDA_LIMIT; return how many."""
        # Held: a second press of the button finds what the first one added.
        CommitteeMeeting.objects.select_for_update().get(pk=self.pk)
        room = max(AGENDA_LIMIT - self.agenda.count(), 0)
        ideas, remarks = self.waiting
        objects = [{"proposal": idea} for idea in ideas[:room]]
        objects += [{"remark": remark} for remark in remarks[: room - len(objects)]]
        last = self.agenda.aggregate(last=Max("order"))["last"] or 0
        items = [
            self.agenda.model(meeting=self, order=order, **one)
            for order, one in enumerate(objects, last + 1)
        ]
        self.agenda.bulk_create(items)
        if items:
            after = {"added": len(items)}
            ActLog.objects.append(self.plan, Act.FILL_AGENDA, self, by=by, after=after)
        return len(items)

    def renumber(self, moves: dict | None = None):
        """Number the agenda 1, 2, 3… in its order.

        `moves` tells, by item, by how much its number was just changed: of two items with one number
        the one that was moved up comes first, the one that was moved down last.
        """
        moves = moves or {}
        items = sorted(
            self.agenda.all(), key=lambda item: (item.order, moves.get(item.pk, 0), item.pk)
        )
        for order, item in enumerate(items, 1):
            item.order = order
        self.agenda.bulk_update(items, ["order"])


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

    # The log counts those that changed, and tells nothing of them.
    unsaid = ALL

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

    def clean(self):
        """Only who has a seat was present."""
        if self.present and self.member_id:
            check_seat(self.member, self.meeting)
