"""The official texts that exist in Arabic and in French."""

from modeltranslation.translator import TranslationOptions, register

from .models import (
    ActionPlan,
    Commune,
    Holiday,
    PriorityAxis,
    Project,
    RemarkHeading,
    Statement,
    Step,
    StepDocument,
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
    fields = ("title", "place", "figures_source", "tally_label")
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
    )
    required_languages = {"ar": ("title",)}
