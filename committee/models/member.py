"""The members of the committee and their opinions."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.models import ActionPlan
from openmuni import clock
from proposals.models import Proposal, Status


class IllegalSeat(Exception):
    """A seat does not allow this; the message says why, for the person at the desk."""


class CommitteeMemberQuerySet(models.QuerySet):
    """Members, by edition."""

    def seats(self, day):
        """The seats of `day`, the vacant ones among them."""
        begun = Q(since=None) | Q(since__lte=day)
        return self.filter(begun, Q(until=None) | Q(until__gte=day))

    def sitting(self, day):
        """Those who sit on `day`."""
        return self.seats(day).exclude(name_ar=None).exclude(name_ar="")

    def actor(self, user, plan) -> Actor:
        """`user` as the person who acts in `plan` today.

        A sitting member acts under the name and function of the seat, anybody else under the name
        of the account.
        """
        seat = self.sitting(clock.today()).filter(user=user, plan=plan).first()
        if seat:
            return Actor(user, seat.name_ar, seat.function_ar or seat.role_title_ar or "")
        return Actor.of_account(user)


class CommitteeMember(models.Model):
    """A seat of the committee (لجنة الإعداد و التتبع و التقييم) and the person who holds it."""

    class College(models.TextChoices):
        ELECTED = "elected", _("elected members")
        EQUALITY_BODY = "equality_body", _("members of the equality and equal opportunities body")
        STAFF = "staff", _("staff")
        FOCAL_POINT = "focal_point", _("focal point")

    class Role(models.TextChoices):
        CHAIR = "chair", _("committee chair")
        MEMBER = "member", _("member")
        COORDINATOR = "coordinator", _("coordinator")

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="members", verbose_name=_("edition")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    college = models.CharField(_("college"), max_length=15, choices=College)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Left empty, the seat is vacant.")
    )
    role_title = models.CharField(
        _("title in the committee"),
        max_length=120,
        blank=True,
        help_text=_("As the act of appointment words it."),
    )
    function = models.CharField(_("function"), max_length=160, blank=True)
    is_alternate = models.BooleanField(
        _("alternate"),
        default=False,
        help_text=_("Sits in the place of an absent member; does not count for the quorum."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    since = models.DateField(_("member since"), null=True, blank=True)
    until = models.DateField(_("member until"), null=True, blank=True)

    # The log tells of it only that it changed.
    unsaid = ("name", "user")

    objects = CommitteeMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee member")
        verbose_name_plural = _("committee members")
        ordering = ["plan", "order"]
        permissions = [
            ("export_committeemember", "Can export committee members"),
            ("import_committeemember", "Can import committee members"),
        ]
        constraints = [
            # Who follows somebody in a seat has the same number, and a row of their own.
            models.UniqueConstraint(
                fields=["plan", "order"],
                condition=Q(until=None),
                name="one_lasting_holder_a_seat",
                violation_error_message=_("This seat has a holder already: end it first."),
            ),
            models.UniqueConstraint(
                fields=["plan", "user"],
                condition=Q(until=None),
                name="one_lasting_seat_an_account",
                violation_error_message=_("This account has another seat in this edition."),
            ),
        ]

    def __str__(self):
        return self.name or self.name_ar or say("vacant seat")

    def clean(self):
        """A seat ends after it began, has one holder at a time, and none who has no name."""
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The seat ends before it begins.")})
        if self.user_id and self.is_vacant:
            raise ValidationError({"user": _("A vacant seat has no account.")})
        others = CommitteeMember.objects.filter(plan=self.plan_id, order=self.order)
        if any(self._overlaps(other) for other in others.exclude(pk=self.pk)):
            message = _("Somebody else holds the seat of this number on some of these days.")
            raise ValidationError({"order": message})

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the seat."""
        return not self.name_ar

    def sits_on(self, day) -> bool:
        """Whether somebody holds this seat on `day`, as `sitting` asks the database."""
        return not self.is_vacant and self._first <= day <= self._last

    def end(self, last_day):
        """Let the holder go after `last_day`, a day until today; the row stays.

        Raises IllegalSeat when the seat has ended, or had not begun by then.
        """
        if self.until and self.until < clock.today():
            raise IllegalSeat(say("This seat has ended already."))
        if not self._first <= last_day <= clock.today():
            raise IllegalSeat(say("The last day is between the first day of the seat and today."))
        self.until = last_day
        self.save(update_fields=["until"])

    @property
    def _first(self):
        return self.since or datetime.date.min

    @property
    def _last(self):
        return self.until or datetime.date.max

    def _overlaps(self, other):
        return self._first <= other._last and other._first <= self._last


class Opinion(models.Model):
    """What one member thinks before the decision (رأي عضو); seen by the committee alone."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="opinions", verbose_name=_("proposal")
    )
    member = models.ForeignKey(
        CommitteeMember, models.CASCADE, related_name="opinions", verbose_name=_("committee member")
    )
    view = models.CharField(_("opinion"), max_length=12, choices=Status)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("opinion of a member")
        verbose_name_plural = _("opinions of members")
        ordering = ["proposal", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "member"], name="one_opinion_a_member_and_proposal"
            )
        ]

    def __str__(self):
        return f"{self.member}: {self.get_view_display()}"
