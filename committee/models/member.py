"""The members of the committee and their opinions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.models import ActionPlan
from openmuni import clock
from proposals.models import Proposal, Status


class CommitteeMemberQuerySet(models.QuerySet):
    """Members, by edition."""

    def sitting(self, day):
        """Those who sit on `day`."""
        begun = Q(since=None) | Q(since__lte=day)
        return self.filter(begun, Q(until=None) | Q(until__gte=day))

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
    name = models.CharField(_("name"), max_length=120)
    role_title = models.CharField(
        _("title in the committee"),
        max_length=120,
        blank=True,
        help_text=_("As the act of appointment words it."),
    )
    function = models.CharField(_("function"), max_length=160, blank=True)
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

    objects = CommitteeMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee member")
        verbose_name_plural = _("committee members")
        ordering = ["plan", "order"]
        permissions = [("export_committeemember", "Can export committee members")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "order"], name="member_order_is_unique_in_its_plan"
            ),
            models.UniqueConstraint(fields=["plan", "user"], name="one_seat_an_account_and_plan"),
        ]

    def __str__(self):
        return self.name or self.name_ar

    def sits_on(self, day) -> bool:
        """Whether this seat is held on `day`, as `sitting` asks the database."""
        return (self.since is None or self.since <= day) and (
            self.until is None or self.until >= day
        )


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
