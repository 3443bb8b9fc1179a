"""The official texts that exist in Arabic and in French."""

from modeltranslation.translator import TranslationOptions, register

from .models import (
    ActionPlan,
    Commune,
    Erratum,
    FundingLine,
    Holiday,
    Indicator,
    Milestone,
    PlanVersion,
    PriorityAxis,
    Project,
    ProjectPrinciple,
    RemarkHeading,
    Statement,
    Step,
    StepDocument,
    StepMove,
)


@register(Commune)
class CommuneTranslation(TranslationOptions):
    fields = (
        "name",
        "region",
        "support_programme",
        "network",
        "partner",
        "header_lines",
        "contact_post",
        "contact_address",
        "hosting",
    )
    required_languages = {"ar": ("name",)}


@register(ActionPlan)
class ActionPlanTranslation(TranslationOptions):
    fields = ("title", "appointment_act")
    required_languages = {"ar": ("title",)}


@register(Statement)
class StatementTranslation(TranslationOptions):
    fields = ("text", "detail")
    required_languages = {"ar": ("text",)}


@register([PriorityAxis, RemarkHeading, Holiday])
class NameTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = {"ar": ("name",)}


@register(Step)
class StepTranslation(TranslationOptions):
    fields = ("title", "place", "in_charge", "figures_source", "tally_label")
    required_languages = {"ar": ("title",)}


@register(StepDocument)
class StepDocumentTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = {"ar": ("title",)}


@register(Project)
class ProjectTranslation(TranslationOptions):
    fields = (
        "title",
        "problem",
        "solution",
        "funding_source",
        "followup_indicator",
        "impact_indicator",
        "lead",
        "partners",
    )
    required_languages = {"ar": ("title",)}


@register(ProjectPrinciple)
class ProjectPrincipleTranslation(TranslationOptions):
    fields = ("sentence",)
    required_languages = {}


@register(FundingLine)
class FundingLineTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = {}


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("name", "unit")
    required_languages = {"ar": ("name",)}


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("activity", "owner", "output")
    required_languages = {"ar": ("activity",)}


@register(StepMove)
class StepMoveTranslation(TranslationOptions):
    fields = ("reason",)
    required_languages = {"ar": ("reason",)}


@register(PlanVersion)
class PlanVersionTranslation(TranslationOptions):
    fields = ("note",)
    required_languages = {}


@register(Erratum)
class ErratumTranslation(TranslationOptions):
    fields = ("place", "text")
    required_languages = {"ar": ("place", "text")}
