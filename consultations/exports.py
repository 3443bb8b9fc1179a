"""The files of projects, of the lines of their sheets, and of remarks."""

from django.utils.translation import gettext_lazy as _

from openmuni.exports import Column, ExportResource, model_column

from .models import FundingLine, Indicator, Milestone, Project, Remark


class ProjectResource(ExportResource):
    """The sheets of the projects, in both languages; their lines have files of their own."""

    class Meta:
        name = Project._meta.verbose_name_plural
        file_stem = "projects"

    plan = model_column(Project, "plan")
    rehearsal = Column("plan__is_rehearsal", _("rehearsal"))
    number = model_column(Project, "number")
    axis = model_column(Project, "axis")
    title_ar = model_column(Project, "title_ar")
    title_fr = model_column(Project, "title_fr")
    problem_ar = model_column(Project, "problem_ar")
    problem_fr = model_column(Project, "problem_fr")
    solution_ar = model_column(Project, "solution_ar")
    solution_fr = model_column(Project, "solution_fr")
    funding_source_ar = model_column(Project, "funding_source_ar")
    funding_source_fr = model_column(Project, "funding_source_fr")
    funding_secured = Column(None, _("secured funding, in dirhams"))
    funding_sought = Column(None, _("sought funding, in dirhams"))
    followup_indicator_ar = model_column(Project, "followup_indicator_ar")
    followup_indicator_fr = model_column(Project, "followup_indicator_fr")
    impact_indicator_ar = model_column(Project, "impact_indicator_ar")
    impact_indicator_fr = model_column(Project, "impact_indicator_fr")
    expected_results = model_column(Project, "expected_results")
    principles = Column(None, _("principles"))
    lead_ar = model_column(Project, "lead_ar")
    lead_fr = model_column(Project, "lead_fr")
    partners_ar = model_column(Project, "partners_ar")
    partners_fr = model_column(Project, "partners_fr")
    starts_on = model_column(Project, "starts_on")
    ends_on = model_column(Project, "ends_on")
    platform_url = model_column(Project, "platform_url")
    carried_from = Column("carried_from__plan", _("carried over from"))

    def filter_export(self, queryset, **kwargs):
        """Fetch what the columns ask for in a fixed number of queries."""
        return queryset.select_related("plan", "axis", "carried_from__plan").prefetch_related(
            "funding_lines", "expected_results", "principles__principle"
        )

    def dehydrate_funding_secured(self, project):
        return project.funding_lines.all().sums()["secured"]

    def dehydrate_funding_sought(self, project):
        return project.funding_lines.all().sums()["sought"]

    def dehydrate_expected_results(self, project):
        return "\n".join(str(result) for result in project.expected_results.all())

    def dehydrate_principles(self, project):
        return "\n".join(
            f"{line.principle}: {line.sentence}" if line.sentence else str(line.principle)
            for line in project.principles.all()
        )


class LineResource(ExportResource):
    """Lines of the projects of a list, one a row; `Meta.lines` says of which model."""

    plan = Column("project__plan", _("edition"))
    rehearsal = Column("project__plan__is_rehearsal", _("rehearsal"))
    number = Column("project__number", _("number"))
    project = Column("project", _("openness project"))

    def filter_export(self, queryset, **kwargs):
        """The lines of the projects in `queryset`, with the project and edition of each."""
        lines = self._meta.lines.objects.filter(project__in=queryset.order_by())
        return lines.select_related("project__plan")


class FundingLineResource(LineResource):
    """Every funding line of the projects."""

    class Meta:
        name = FundingLine._meta.verbose_name_plural
        file_stem = "funding-lines"
        lines = FundingLine

    source = Column("get_source_display", _("kind of source"))
    name_ar = model_column(FundingLine, "name_ar")
    name_fr = model_column(FundingLine, "name_fr")
    certainty = Column("get_certainty_display", _("secured or sought"))
    amount = model_column(FundingLine, "amount")


class IndicatorResource(LineResource):
    """Every indicator of the projects."""

    class Meta:
        name = Indicator._meta.verbose_name_plural
        file_stem = "indicators"
        lines = Indicator

    kind = Column("get_kind_display", _("kind"))
    name_ar = model_column(Indicator, "name_ar")
    name_fr = model_column(Indicator, "name_fr")
    unit_ar = model_column(Indicator, "unit_ar")
    unit_fr = model_column(Indicator, "unit_fr")
    baseline = model_column(Indicator, "baseline")
    target = model_column(Indicator, "target")
    due_on = model_column(Indicator, "due_on")


class MilestoneResource(LineResource):
    """Every milestone of the projects."""

    class Meta:
        name = Milestone._meta.verbose_name_plural
        file_stem = "milestones"
        lines = Milestone

    activity_ar = model_column(Milestone, "activity_ar")
    activity_fr = model_column(Milestone, "activity_fr")
    starts_on = model_column(Milestone, "starts_on")
    ends_on = model_column(Milestone, "ends_on")
    owner_ar = model_column(Milestone, "owner_ar")
    owner_fr = model_column(Milestone, "owner_fr")
    output_ar = model_column(Milestone, "output_ar")
    output_fr = model_column(Milestone, "output_fr")


class RemarkResource(ExportResource):
    """Every remark with the card it came on and what the committee answered."""

    class Meta:
        name = Remark._meta.verbose_name_plural

    plan = Column("card__project__plan", _("edition"))
    rehearsal = Column("card__project__plan__is_rehearsal", _("rehearsal"))
    reference = Column("card__submission__reference", _("reference"))
    received_at = Column("card__submission__received_at", _("received at"))
    channel = Column("card__submission__get_channel_display", _("channel"))
    moderation = Column("card__submission__get_moderation_display", _("moderation"))
    project = Column("card__project", _("openness project"))
    version = Column("card__version__number", _("version of the plan"))
    heading = model_column(Remark, "heading")
    text = model_column(Remark, "text")
    outcome = Column("get_outcome_display", _("what became of it"))
    answer = model_column(Remark, "answer")
    answered_at = model_column(Remark, "answered_at")

    def filter_export(self, queryset, **kwargs):
        """Fetch what the columns ask for with the remarks."""
        return queryset.select_related(
            "card__project__plan", "card__submission", "card__version", "heading"
        ).defer("card__version__data")
