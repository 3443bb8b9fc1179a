"""The stations of the timeline and what each accepts, when."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openmuni import clock

from .plan import ActionPlan
from .signed import SignedAct

_MIDNIGHT = datetime.time(0, 0)
_LAST_MINUTE = datetime.time(23, 59)


class Accepts(models.TextChoices):
    """What the public may send while a step is open."""

    NOTHING = "nothing", _("nothing")
    IDEAS = "ideas", _("ideas")
    REMARKS = "remarks", _("remarks")
    BOTH = "both", _("ideas and remarks")

    @classmethod
    def with_ideas(cls):
        return [cls.IDEAS, cls.BOTH]

    @classmethod
    def with_remarks(cls):
        return [cls.REMARKS, cls.BOTH]


class StepQuerySet(models.QuerySet):
    """Steps by the commune's clock. Windows are local days and hours, so they are compared as such."""

    def with_windows(self):
        """Steps of current editions that accept something at some time."""
        return self.exclude(accepts=Accepts.NOTHING).filter(plan__state=ActionPlan.State.OPEN)

    def open(self, now):
        """Steps whose window holds the instant `now` and that accept something; the end is inclusive."""
        here = clock.local(now)
        day, minute = here.date(), here.time().replace(second=0, microsecond=0)
        begun = Q(starts_on__lt=day) | Q(starts_on=day) & (
            Q(opens_at=None) | Q(opens_at__lte=minute)
        )
        unfinished = Q(ends_on__gt=day) | Q(ends_on=day) & (
            Q(closes_at=None) | Q(closes_at__gte=minute)
        )
        return self.with_windows().filter(begun, unfinished)

    def upcoming(self, now):
        """Steps with a window that has yet to open, the nearest first."""
        here = clock.local(now)
        day, minute = here.date(), here.time().replace(second=0, microsecond=0)
        later = Q(starts_on__gt=day) | Q(starts_on=day, opens_at__gt=minute)
        return self.with_windows().filter(later).order_by("starts_on", "opens_at")

    def accepting_ideas(self, now):
        """Steps at which an idea may be sent at the instant `now`."""
        return self.open(now).filter(accepts__in=Accepts.with_ideas())

    def accepting_remarks(self, now):
        """Steps at which a remarks card may be sent at the instant `now`."""
        return self.open(now).filter(accepts__in=Accepts.with_remarks())


class Step(models.Model):
    """A station (محطة) of the timeline. It owns its window, in the commune's local time."""

    class Kind(models.TextChoices):
        INFORMATION_MEETING = "information_meeting", _("information meeting")
        AXES_SURVEY = "axes_survey", _("choice of the priority axes")
        TRAINING_WORKSHOP = "training_workshop", _("remote training workshop")
        CITIZEN_MEETING = "citizen_meeting", _("citizen participation meeting")
        CONSULTATION_WEEK = "consultation_week", _("digital public consultation week")
        WIDER_CONSULTATION = "wider_consultation", _("wider digital consultation")
        COMMITTEE_REVIEW = "committee_review", _("committee review")
        ENDORSEMENT = "endorsement", _("endorsement by the bureau")
        COUNCIL_ADOPTION = "council_adoption", _("adoption by the council")

    class Precision(models.TextChoices):
        DAY = "day", _("to the day")
        MONTH = "month", _("to the month")

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="steps", verbose_name=_("edition")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=250)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(
        _("last day"), help_text=_("The last day counts; the same as the first for one day.")
    )
    precision = models.CharField(
        _("how exact the date is"), max_length=5, choices=Precision, default=Precision.DAY
    )
    opens_at = models.TimeField(
        _("opens at"), null=True, blank=True, help_text=_("Empty: from midnight.")
    )
    closes_at = models.TimeField(
        _("closes at"),
        null=True,
        blank=True,
        help_text=_("This minute counts. Empty: to the end of the day."),
    )
    announced_on = models.DateField(
        _("announced on"),
        null=True,
        blank=True,
        help_text=_("The day on which its dates were made public."),
    )
    held_from = models.DateField(
        _("held from"), null=True, blank=True, help_text=_("When it took place on other days.")
    )
    held_until = models.DateField(_("held until"), null=True, blank=True)
    in_charge = models.CharField(
        _("post in charge"), max_length=160, blank=True, help_text=_("A post, not a person's name.")
    )
    accepts = models.CharField(_("accepts"), max_length=8, choices=Accepts, default=Accepts.NOTHING)
    place = models.CharField(_("place"), max_length=160, blank=True)
    participants = models.PositiveIntegerField(_("number of participants"), null=True, blank=True)
    associations_count = models.PositiveIntegerField(
        _("number of participating associations"), null=True, blank=True
    )
    women = models.PositiveIntegerField(_("number of women participants"), null=True, blank=True)
    figures_source = models.CharField(_("source of the figures"), max_length=250, blank=True)
    report_published_at = models.DateTimeField(
        _("report published at"), null=True, blank=True, editable=False
    )
    tally_label = models.CharField(
        _("label of the published figures"),
        max_length=120,
        blank=True,
        help_text=_("The name the source gives to the ideas counted at this step."),
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "order"], name="step_order_is_unique_in_its_plan"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="step_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(women=None) | Q(participants=None) | Q(women__lte=F("participants")),
                name="step_women_among_participants",
                violation_error_message=_("There are more women than participants."),
            ),
            models.CheckConstraint(
                condition=Q(precision="day") | Q(accepts="nothing"),
                name="step_window_has_days",
                violation_error_message=_("A step that accepts something needs exact days."),
            ),
            models.CheckConstraint(
                condition=Q(held_from=None)
                | Q(held_until=None)
                | Q(held_until__gte=F("held_from")),
                name="step_held_in_order",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(accepts__in=Accepts.values), name="step_accepts_a_known_thing"
            ),
        ]

    def __str__(self):
        return self.title or self.title_ar

    def clean(self):
        """Refuse a window of one day that closes before it opens."""
        one_day = self.starts_on and self.starts_on == self.ends_on
        if one_day and (self.opens_at or _MIDNIGHT) > (self.closes_at or _LAST_MINUTE):
            raise ValidationError({"closes_at": _("The step closes before it opens.")})

    @property
    def opening(self) -> datetime.datetime:
        """The instant at which the window opens, computed with the zone rules of today."""
        return clock.instant(self.starts_on, self.opens_at or _MIDNIGHT)

    @property
    def closing(self) -> datetime.datetime:
        """The first instant after the window: its last minute counts."""
        last = clock.instant(self.ends_on, self.closes_at or _LAST_MINUTE)
        return last + datetime.timedelta(minutes=1)

    @property
    def phase(self) -> str:
        """`done`, `now` or `next`, by the clock."""
        now = clock.now()
        if now >= self.closing:
            return "done"
        return "now" if now >= self.opening else "next"

    def takes(self, now, opened_at=None) -> bool:
        """Whether what is sent at the instant `now` is taken: within the window, or shortly after.

        The minutes of grace are for a form first shown, at `opened_at`, before the closing.
        """
        now = now.astimezone(datetime.UTC)  # within one zone Python would compare clock faces
        if self.plan.state != ActionPlan.State.OPEN or now < self.opening:
            return False
        if now < self.closing:
            return True
        # The second that the clock shows counts whole, as the last minute of a window does.
        late = now.replace(microsecond=0) - self.closing
        grace = datetime.timedelta(minutes=self.plan.grace_minutes)
        return opened_at is not None and opened_at < self.closing and late <= grace

    @property
    def days_left(self) -> int:
        """Whole days to the last day; 0 on the last day itself."""
        return (self.ends_on - clock.today()).days

    @property
    def accepts_ideas(self) -> bool:
        return self.accepts in Accepts.with_ideas()

    @property
    def accepts_remarks(self) -> bool:
        return self.accepts in Accepts.with_remarks()


class StepMove(SignedAct):
    """A station was moved or its window extended: what stood there before, and the public reason."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="moves", verbose_name=_("station"))
    starts_on = models.DateField(_("first day before"))
    ends_on = models.DateField(_("last day before"))
    precision = models.CharField(_("how exact the date was"), max_length=5, choices=Step.Precision)
    opens_at = models.TimeField(_("opened at"), null=True, blank=True)
    closes_at = models.TimeField(_("closed at"), null=True, blank=True)
    reason = models.TextField(_("reason"), help_text=_("It is published beside the old date."))

    class Meta:
        verbose_name = _("move of a station")
        verbose_name_plural = _("moves of stations")
        ordering = ["step", "pk"]

    def __str__(self):
        return f"{self.step} · {self.starts_on:%d/%m/%Y}"
