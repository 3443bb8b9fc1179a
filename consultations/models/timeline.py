"""The stations of the timeline, each with its window, and their moves."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import Act
from openmuni import clock
from openmuni.canonical import digests, instant
from openmuni.text import clean

from .log import ActLog, told_of
from .plan import ActionPlan
from .report import ReportedWindow
from .signed import SignedAct
from .windows import Accepts, StepQuerySet

_FIGURES = ("participants", "women", "associations_count")
# Of which kinds a version of the plan tells that a station of acts took place.
_TOLD_BY = {"endorsement": {"endorsed", "adopted"}, "council_adoption": {"adopted"}}
_MIDNIGHT, _LAST_MINUTE = datetime.time(0, 0), datetime.time(23, 59)


class Step(ReportedWindow):
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

    # What says when it is: in a public edition changed by `move` alone.
    WHEN = ("starts_on", "ends_on", "precision", "opens_at", "closes_at")

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
        """Drop the seconds of the hours; refuse what cannot be, each fault beside its field."""
        for name in ("opens_at", "closes_at"):
            if hour := getattr(self, name):
                setattr(self, name, hour.replace(second=0, microsecond=0))
        faults = {
            **self._faults_of_days(),
            **self._faults_of_the_holding(),
            **self._faults_of_figures(),
        }
        if not faults and (other := self._window_in_the_way()):
            message = _("In these days “%(other)s” is open for the same thing.")
            faults["starts_on"] = ValidationError(message, params={"other": other})
        if faults:
            raise ValidationError(faults)

    def _faults_of_days(self):
        faults, first, last = {}, self.starts_on, self.ends_on
        if not first or not last:
            return faults
        if last < first:
            faults["ends_on"] = _("The last day comes before the first.")
        elif first == last and (self.opens_at or _MIDNIGHT) > (self.closes_at or _LAST_MINUTE):
            faults["closes_at"] = _("The step closes before it opens.")
        if self.announced_on and self.announced_on > last:
            faults["announced_on"] = _("It was over by then: an announcement comes before.")
        elif self.announced_on and self.announced_on > first:
            faults["announced_on"] = _("It was open by then: an announcement comes before.")
        if self.precision == self.Precision.MONTH and self.is_window:
            faults["precision"] = _("A step that accepts something needs exact days.")
        if not faults and self.report_published_at and self.closing > self.report_published_at:
            faults["ends_on"] = _("The report of this window is published: it opens no more.")
        return faults

    def _faults_of_the_holding(self):
        if self.held_until and not self.held_from:
            return {"held_from": _("Write the first day, too.")}
        if self.held_until and self.held_until < self.held_from:
            return {"held_until": _("The last day comes before the first.")}
        if self.held_from and self.held_from > clock.today():
            return {"held_from": _("This day is yet to come.")}
        return {}

    def _faults_of_figures(self):
        lies_ahead = not self.held_from and self.starts_on and clock.now() < self.opening
        if lies_ahead and (early := [name for name in _FIGURES if getattr(self, name) is not None]):
            return dict.fromkeys(early, _("This station has not been held yet."))
        if self.women is not None and self.women > (self.participants or 0):
            if self.participants is None:
                return {"participants": _("Write the number of all participants, too.")}
            return {"women": _("There are more women than participants.")}
        return {}

    def _window_in_the_way(self):
        """Another station of the edition that takes in the same thing at the same time, or None."""
        if not self.is_window or not self.starts_on or not self.ends_on:
            return None
        near = Step.objects.filter(
            plan=self.plan_id,
            accepts__in=Accepts.sharing(self.accepts),
            starts_on__lte=self.ends_on,
            ends_on__gte=self.starts_on,
        )
        others = (
            other
            for other in near.exclude(pk=self.pk)
            if other.opening < self.closing and self.opening < other.closing
        )
        return next(others, None)

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
    def grace_end(self) -> datetime.datetime:
        """The last instant at which a form that was opened before the closing is taken."""
        grace = datetime.timedelta(minutes=self.plan.grace_minutes)
        return self.closing.astimezone(datetime.UTC) + grace

    @property
    def phase(self) -> str:
        """`done`, `now` or `next`, by the clock."""
        now = clock.now()
        if now >= self.closing:
            return "done"
        return "now" if now >= self.opening else "next"

    @property
    def is_recorded(self) -> bool:
        """Whether more than its date says that it took place: its window, days, figures, report or version."""
        told = self.is_window or self.held_from or self.report_published_at or self.tally_label_ar
        if told or any(getattr(self, name) is not None for name in _FIGURES):
            return True
        return self.kind in _TOLD_BY and not self.plan.public_kinds.isdisjoint(_TOLD_BY[self.kind])

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
        in_grace = now.replace(microsecond=0) <= self.grace_end
        return opened_at is not None and opened_at < self.closing and in_grace

    @property
    def days_left(self) -> int:
        """Whole days to the last day; 0 on the last day itself."""
        return (self.ends_on - clock.today()).days

    @property
    def hours_left(self) -> int:
        """Whole hours to the closing; 0 in the last one and after it."""
        return max(0, int((self.closing - clock.now()).total_seconds()) // 3600)

    @property
    def days_ahead(self) -> int | None:
        """Whole days to the first day; None where only the month is known."""
        if self.precision == self.Precision.MONTH:
            return None
        return (self.starts_on - clock.today()).days

    @property
    def is_window(self) -> bool:
        """Whether the public may send anything while it is open."""
        return self.accepts != Accepts.NOTHING

    @property
    def days_of_notice(self) -> int | None:
        """Days from the announcement to the opening; None where no announcement is written."""
        return (self.starts_on - self.announced_on).days if self.announced_on else None

    @property
    def notice_is_short(self) -> bool:
        """Whether a window opens sooner after its announcement than its edition promises."""
        return self.is_window and (
            self.announced_on is None or self.days_of_notice < self.plan.notice_days
        )

    @property
    def was_held_otherwise(self) -> bool:
        """Whether it took place on other days than those it was set for."""
        held = (self.held_from, self.held_until or self.held_from)
        return self.held_from is not None and held != (self.starts_on, self.ends_on)

    @property
    def photographs(self) -> list:
        """Its documents that are shown as pictures."""
        return [document for document in self.documents.all() if document.is_photograph]

    @property
    def papers(self) -> list:
        """Its documents that are offered to be kept."""
        return [document for document in self.documents.all() if not document.is_photograph]

    @property
    def accepts_ideas(self) -> bool:
        return self.accepts in Accepts.with_ideas()

    @property
    def accepts_remarks(self) -> bool:
        return self.accepts in Accepts.with_remarks()

    @transaction.atomic
    def move(self, *, by: Actor, reason_ar: str, reason_fr: str = "", at=None, **dates):
        """Give the station other days or hours; return the StepMove that keeps what stood there.

        `dates` are any of the fields WHEN; the reason is public. The new opening day counts as
        announced on the day of the move, unless it is past or the caller has set another day.
        Raises ValidationError, with the fault beside its field, for days that cannot be, days that
        are as they were, a missing reason or a closed edition.
        """
        before = Step.objects.select_for_update(of=("self",)).select_related("plan").get(pk=self.pk)
        if before.plan.is_closed:
            raise ValidationError(_("This edition is closed."))
        for name in dates.keys() - {*self.WHEN}:
            raise ValueError(f"{name} is no date of a station")
        stood = {name: getattr(before, name) for name in self.WHEN}
        if dates.items() <= stood.items():
            raise ValidationError({"starts_on": _("These dates are the ones that stand already.")})
        for name, value in dates.items():
            setattr(self, name, value)
        signature = by.signature(at)
        today = clock.local(signature["at"]).date()
        is_new_opening = before.starts_on != self.starts_on >= today
        if is_new_opening and self.announced_on == before.announced_on:
            self.announced_on = today
        # `title` and `reason` stand for the text in the language of the page, which may be missing.
        self.full_clean(exclude=["title"])
        move = StepMove(
            step=self,
            reason_ar=clean(reason_ar),
            reason_fr=clean(reason_fr),
            **stood,
            **signature,
        )
        move.full_clean(exclude=["reason"])
        move.save()
        self.save(update_fields=[*dates, "announced_on"])
        after = move.facts | plain_dates(self)
        ActLog.objects.append(
            before.plan, Act.MOVE_STEP, self, by=by, before=plain_dates(before), after=after
        )
        return move


def plain_dates(thing) -> dict:
    """When a station is, or was where `thing` is a move, as JSON holds it."""
    dates = {name: getattr(thing, name) for name in Step.WHEN}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in dates.items()
    }


@told_of(Act.MOVE_STEP, way="step__plan")
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

    @property
    def facts(self) -> dict:
        """What the log keeps of it."""
        return {
            "id": self.pk,
            "step": self.step_id,
            "stood": plain_dates(self),
            **digests(self, "reason_ar", "reason_fr"),
            "at": instant(self.at),
        }
