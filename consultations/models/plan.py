"""An edition of the openness action plan and the texts that frame it."""

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.actors import Actor
from consultations.acts import Act
from openmuni.text import isolate_numbers

SLUG_PATTERN = r"[0-9]{4}-[0-9]{4}(?:-[a-z]+)?"


class IllegalState(Exception):
    """The edition is not in a state that may become the one asked for."""


class ActionPlanQuerySet(models.QuerySet):
    """Editions, as the home page asks for them."""

    def public(self):
        """Those the public may see: all but the ones still being prepared."""
        return self.exclude(state=ActionPlan.State.PREPARING)

    def latest_first(self):
        return self.order_by("-start_year", "is_rehearsal", "-pk")


class ActionPlan(models.Model):
    """An edition (نسخة) of the openness action plan."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("being prepared")
        OPEN = "open", pgettext_lazy("edition", "current")
        CLOSED = "closed", pgettext_lazy("edition", "closed")

    # From each state the next one. What the public has seen is not hidden again.
    NEXT_STATE = {
        State.PREPARING: State.OPEN,
        State.OPEN: State.CLOSED,
        State.CLOSED: State.OPEN,
    }

    title = models.CharField(_("title"), max_length=160)
    slug = models.CharField(
        _("web address"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(rf"^{SLUG_PATTERN}$", _("Two years, as in 2024-2025."))],
        help_text=_("The part of the web address that names the edition, as in 2024-2025."),
    )
    start_year = models.PositiveSmallIntegerField(_("first year"))
    end_year = models.PositiveSmallIntegerField(_("last year"))
    is_rehearsal = models.BooleanField(
        _("rehearsal"),
        default=False,
        editable=False,
        help_text=_("A rehearsal can be wiped; this never changes."),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State,
        default=State.OPEN,
        help_text=_(
            "Being prepared: the public does not see it. Closed: everybody reads it, nobody writes in it."
        ),
    )
    started_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("started from"),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"),
        default=14,
        help_text=_("A window is announced at least so many days before it opens."),
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes of grace"),
        default=30,
        help_text=_(
            "A form that was opened before a window closed is taken so many minutes after."
        ),
    )
    acknowledge_days = models.PositiveSmallIntegerField(
        _("days to acknowledge"),
        default=15,
        help_text=_("What comes in is read and published, or withheld, within so many days."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer"),
        default=60,
        help_text=_("What comes in has the committee's answer within so many days."),
    )
    four_eyes = models.BooleanField(
        _("two signatures"),
        default=False,
        help_text=_(
            "An outcome waits for the signature of a second person before it is published."
        ),
    )
    appointment_act = models.CharField(
        _("act that appoints the committee"), max_length=160, blank=True
    )
    appointment_date = models.DateField(_("date of that act"), null=True, blank=True)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-start_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_year__gte=F("start_year")),
                name="plan_years_in_order",
                violation_error_message=_("The last year comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "open", "closed"]), name="plan_state_known"
            ),
        ]

    def __str__(self):
        # A list of choices is plain text: no element can keep the years from changing places there.
        return isolate_numbers(self.title or self.title_ar)

    @property
    def is_public(self) -> bool:
        return self.state != self.State.PREPARING

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @cached_property
    def public_kinds(self) -> set[str]:
        """Of which kinds it has public versions: an endorsed one, an adopted one…"""
        return {version.kind for version in self.versions.public().only("kind")}

    @property
    def is_over(self) -> bool:
        """Whether it is closed, or the clock is past all of its stations; False while it has none.

        What is then not on the site is not to come either: nobody recorded it.
        """
        steps = self.steps.all()
        return self.is_closed or (bool(steps) and all(step.phase == "done" for step in steps))

    def open(self, *, by: Actor):
        """Show it to the public, or take contributions again; not when it is open already."""
        self._become(self.State.OPEN, Act.OPEN_EDITION, by)

    def close(self, *, by: Actor):
        """Take nothing more, and let nothing be written in it; only while it is open."""
        self._become(self.State.CLOSED, Act.CLOSE_EDITION, by)

    @transaction.atomic
    def _become(self, state, act, by):
        """Change the state as it is now, held: of two people who press at once one is told."""
        stood = ActionPlan.objects.select_for_update().get(pk=self.pk).state
        if self.NEXT_STATE[stood] != state:
            raise IllegalState(_("The edition is in another state by now: nothing was changed."))
        ActionPlan.objects.filter(pk=self.pk).update(state=state)
        self.state = state
        self.log.append(self, act, self, by=by, before={"state": stood}, after={"state": state})


class Statement(models.Model):
    """An official sentence that frames an edition: an objective, a principle, a step of the method…"""

    class Kind(models.TextChoices):
        OBJECTIVE = "objective", _("objective")
        DEVELOPMENT = "development", _("open development")
        PRINCIPLE = "principle", _("principle")
        METHOD_STEP = "method_step", _("step of the method")
        CONSULTATION_STEP = "consultation_step", _("step of the consultation")
        CARD = "card", _("card")
        NEXT_STEP = "next_step", _("next step")
        WORK_FILE = "work_file", _("item of the work file")

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="statements", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    order = models.PositiveSmallIntegerField(_("order"))
    key = models.SlugField(_("key"), max_length=40, blank=True)
    text = models.CharField(_("text"), max_length=300)
    detail = models.TextField(_("detail"), blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["plan", "kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "order"], name="statement_order_is_unique"
            )
        ]

    def __str__(self):
        return self.text or self.text_ar


class PriorityAxis(models.Model):
    """A priority axis (محور ذو أولوية) of an edition."""

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="axes", verbose_name=_("edition")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    key = models.SlugField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("priority axis")
        verbose_name_plural = _("priority axes")
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="axis_key_is_unique_in_its_plan")
        ]

    def __str__(self):
        return self.name or self.name_ar
