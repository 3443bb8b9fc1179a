"""The lines of a project's sheet: principles, funding, indicators, milestones."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .plan import Statement
from .project import Project, refuse_end_before_start

_CENTIME = Decimal("0.01")


class ProjectPrinciple(models.Model):
    """A principle of openness that a project serves, and in one sentence how."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="principles", verbose_name=_("openness project")
    )
    principle = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Statement.Kind.PRINCIPLE},
        verbose_name=_("principle"),
    )
    sentence = models.CharField(_("how the project serves it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("principle of a project")
        verbose_name_plural = _("principles of a project")
        ordering = ["project", "principle__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "principle"], name="one_sentence_a_principle_and_project"
            )
        ]

    def __str__(self):
        return str(self.principle)

    def clean(self):
        """Refuse a principle of another edition."""
        edition = getattr(self, "project", None) and self.project.plan_id
        if self.principle_id and edition and self.principle.plan_id != edition:
            raise ValidationError({"principle": _("The principle belongs to another edition.")})


class FundingLineQuerySet(models.QuerySet):
    """Funding lines, added up."""

    def sums(self) -> dict:
        """Dirhams as {"secured": …, "sought": …, "total": …}; lines without an amount count for nothing.

        One query; none for lines that are at hand, as prefetched ones are.
        """
        if self._result_cache is None:
            rows = self.order_by().values_list("certainty").annotate(Sum("amount"))
        else:
            rows = [(line.certainty, line.amount) for line in self]
        sums = dict.fromkeys(FundingLine.Certainty.values, Decimal(0))
        for certainty, amount in rows:
            sums[certainty] += amount or 0
        # SQLite adds as floating point, PostgreSQL does not.
        cents = {key: amount.quantize(_CENTIME) for key, amount in sums.items()}
        return cents | {"total": sum(cents.values())}


class FundingLine(models.Model):
    """One source of a project's funding, in dirhams."""

    class Source(models.TextChoices):
        OWN_BUDGET = "own_budget", _("budget of the commune")
        STATE = "state", pgettext_lazy("funding", "State")
        COLLECTIVITY = "collectivity", _("another territorial collectivity")
        PARTNER = "partner", _("national partner")
        INTERNATIONAL = "international", _("international cooperation")
        PRIVATE = "private", _("private sector")
        ASSOCIATION = "association", pgettext_lazy("funding", "association")
        OTHER = "other", pgettext_lazy("funding", "other")

    class Certainty(models.TextChoices):
        SECURED = "secured", pgettext_lazy("funding", "secured")
        SOUGHT = "sought", pgettext_lazy("funding", "sought")

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="funding_lines", verbose_name=_("openness project")
    )
    source = models.CharField(_("kind of source"), max_length=15, choices=Source)
    name = models.CharField(_("name of the source"), max_length=160, blank=True)
    amount = models.DecimalField(
        _("amount in dirhams"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Empty: not set yet."),
    )
    certainty = models.CharField(
        _("secured or sought"), max_length=8, choices=Certainty, default=Certainty.SOUGHT
    )

    objects = FundingLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding line")
        verbose_name_plural = _("funding lines")
        ordering = ["project", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="funding_is_not_negative"
            )
        ]

    def __str__(self):
        return self.name or self.get_source_display()


class Indicator(models.Model):
    """What is measured of a project: where it starts, where it shall be, by when."""

    class Kind(models.TextChoices):
        FOLLOWUP = "followup_indicator", _("follow-up indicator")
        IMPACT = "impact_indicator", _("impact indicator")

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="indicators", verbose_name=_("openness project")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.DecimalField(
        _("baseline"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    due_on = models.DateField(_("target date"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["project", "kind", "pk"]

    def __str__(self):
        return self.name or self.name_ar


class Milestone(models.Model):
    """An activity of a project with its days, who carries it and what comes out of it."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="milestones", verbose_name=_("openness project")
    )
    activity = models.CharField(_("activity"), max_length=200)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    owner = models.CharField(
        _("in charge"), max_length=160, blank=True, help_text=_("A service or a post, no person.")
    )
    output = models.CharField(_("output"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["project", F("starts_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="milestone_ends_after_it_starts",
                violation_error_message=_("The end comes before the start."),
            )
        ]

    def __str__(self):
        return self.activity or self.activity_ar

    def clean(self):
        """Refuse an end before the start."""
        refuse_end_before_start(self)
