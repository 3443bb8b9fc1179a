"""The openness projects and the headings of their cards."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .plan import ActionPlan, PriorityAxis, Statement


def refuse_end_before_start(span):
    """Raise ValidationError, beside the end, when `span.ends_on` comes before `span.starts_on`."""
    if span.starts_on and span.ends_on and span.ends_on < span.starts_on:
        raise ValidationError({"ends_on": _("The end comes before the start.")})


class ProjectQuerySet(models.QuerySet):
    """Projects by who may see them, and with what their lists show."""

    def public(self):
        """Those of the editions the public may see."""
        return self.exclude(plan__state=ActionPlan.State.PREPARING)

    def without_sheet(self):
        """Those with nothing written under any heading of their card."""
        found = self.filter(funding_lines=None, indicators=None)
        for key in RemarkHeading.Key.of_card():
            found = found.filter(Q(**{f"{key}_ar": ""}) | Q(**{f"{key}_ar": None}))
        return found

    def with_lines(self):
        """With the lines that `headings_written` and the sums of the funding ask for, in two queries."""
        return self.prefetch_related("funding_lines", "indicators")


class Project(models.Model):
    """An openness project (مشروع انفتاح) with the headings of its card; an empty one is allowed and said."""

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="projects", verbose_name=_("edition")
    )
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1)], help_text=_("For display; it may change.")
    )
    title = models.CharField(_("title"), max_length=200)
    axis = models.ForeignKey(
        PriorityAxis,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("priority axis"),
    )
    problem = models.TextField(_("problem"), blank=True)
    solution = models.TextField(_("solutions"), blank=True)
    funding_source = models.TextField(_("funding sources"), blank=True)
    followup_indicator = models.TextField(_("follow-up indicators"), blank=True)
    impact_indicator = models.TextField(_("impact indicators"), blank=True)
    expected_results = models.ManyToManyField(
        Statement,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Statement.Kind.OBJECTIVE},
        verbose_name=_("expected result"),
        help_text=_("One or more of the objectives of the programme."),
    )
    lead = models.CharField(
        _("lead service"),
        max_length=160,
        blank=True,
        help_text=_("A service or a post, no person."),
    )
    partners = models.TextField(_("partners"), blank=True, help_text=_("One a line."))
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    platform_url = models.URLField(_("page on the national platform"), blank=True)
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("carried over from"),
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("openness project")
        verbose_name_plural = _("openness projects")
        ordering = ["plan", "number"]
        permissions = [
            ("export_project", "Can export openness projects"),
            ("import_project", "Can import openness projects"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="project_number_is_unique_in_its_plan"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_it_starts",
                violation_error_message=_("The end comes before the start."),
            ),
        ]

    def __str__(self):
        return self.title or self.title_ar

    def clean(self):
        """Refuse an axis of another edition, and an end before the start."""
        refuse_end_before_start(self)
        if self.axis and self.plan_id and self.axis.plan_id != self.plan_id:
            raise ValidationError({"axis": _("The axis belongs to another edition.")})

    def lines(self) -> dict:
        """The lines of its sheet by the heading they stand under: funding lines, or indicators of a kind."""
        by_heading = {RemarkHeading.Key.FUNDING_SOURCE: self.funding_lines.all()}
        for indicator in self.indicators.all():
            by_heading.setdefault(indicator.kind, []).append(indicator)
        return by_heading

    @property
    def headings_written(self) -> list[bool]:
        """For each heading of the card in its order, whether a text or a line is written there."""
        lines = self.lines()
        return [
            bool(getattr(self, f"{key}_ar")) or bool(lines.get(key))
            for key in RemarkHeading.Key.of_card()
        ]

    @property
    def count_of_headings_written(self) -> int:
        return sum(self.headings_written)


class RemarkHeading(models.Model):
    """A heading of the remarks card (بطاقة الملاحظات) of an edition."""

    class Key(models.TextChoices):
        PROBLEM = "problem", _("problem")
        SOLUTION = "solution", _("solutions")
        FUNDING_SOURCE = "funding_source", _("funding sources")
        FOLLOWUP_INDICATOR = "followup_indicator", _("follow-up indicators")
        IMPACT_INDICATOR = "impact_indicator", _("impact indicators")
        OTHER = "other", _("other")

        @classmethod
        def of_card(cls):
            """The headings of a project's card, each the name of its field, in their order."""
            return [key for key in cls if key != cls.OTHER]

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="headings", verbose_name=_("edition")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    key = models.CharField(
        _("part of the project card"),
        max_length=20,
        choices=Key,
        help_text=_("The part of the card it speaks of."),
    )
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("heading of the remarks card")
        verbose_name_plural = _("headings of the remarks card")
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "order"], name="heading_order_is_unique_in_its_plan"
            )
        ]

    def __str__(self):
        return self.name or self.name_ar

    def text_of(self, project: Project) -> tuple[str, str]:
        """What the card of `project` says under this heading, and the language it says it in.

        That is the current language, else one in which something is written; the text may be empty.
        """
        current = get_language()
        if self.key != self.Key.OTHER:
            for code in sorted(("ar", "fr"), key=lambda code: code != current):
                if text := getattr(project, f"{self.key}_{code}"):
                    return text, code
        return "", current
