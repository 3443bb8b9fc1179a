"""The files of projects and remarks."""

from django.utils.translation import gettext_lazy as _

from openmuni.exports import Column, ExportResource, model_column

from .models import Project, Remark


class ProjectResource(ExportResource):
    """The cards of the projects, in both languages."""

    class Meta:
        name = Project._meta.verbose_name_plural

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
    followup_indicator_ar = model_column(Project, "followup_indicator_ar")
    followup_indicator_fr = model_column(Project, "followup_indicator_fr")
    impact_indicator_ar = model_column(Project, "impact_indicator_ar")
    impact_indicator_fr = model_column(Project, "impact_indicator_fr")


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
    heading = model_column(Remark, "heading")
    text = model_column(Remark, "text")
    answer = model_column(Remark, "answer")

    def filter_export(self, queryset, **kwargs):
        """Fetch what the columns ask for with the remarks."""
        return queryset.select_related("card__project__plan", "card__submission", "heading")
