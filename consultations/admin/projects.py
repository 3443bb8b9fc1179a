"""The sheets of the projects, each written whole on one page."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from consultations.exports import (
    FundingLineResource,
    IndicatorResource,
    MilestoneResource,
    ProjectResource,
)
from consultations.imports import IndicatorImport, ProjectImport
from consultations.models import (
    ActionPlan,
    FundingLine,
    Indicator,
    Milestone,
    Project,
    ProjectPrinciple,
)
from openmuni.exports import ExportAdmin
from openmuni.fields import AmountField, DayField, NumberField

from .imports import ImportAdmin
from .sheets import KeepsItsEdition, KeepsWhatHangsOnIt


def offer_own_edition(field, request):
    """Let `field` offer what belongs to the edition of the project on the page.

    A new project has no edition yet: it is offered what the editions that are not closed have, and
    the edition is named, since several may share the names of their axes.
    """
    project = request.resolver_match.kwargs.get("object_id")
    if project:
        field.queryset = field.queryset.filter(plan__projects=project)
        return
    choices = field.queryset.exclude(plan__state=ActionPlan.State.CLOSED)
    field.queryset = choices.select_related("plan")
    field.label_from_instance = lambda choice: f"{choice} · {choice.plan}"


class ProjectForm(forms.ModelForm):
    """The sheet itself; what stands in lines is in the inlines."""

    def clean(self):
        """Refuse an expected result of another edition."""
        cleaned = super().clean()
        plan, results = cleaned.get("plan"), cleaned.get("expected_results") or []
        if plan and any(result.plan_id != plan.pk for result in results):
            self.add_error("expected_results", _("The objective belongs to another edition."))
        return cleaned


class LineFormSet(forms.BaseInlineFormSet):
    """Lines that know their project before it is saved: what they may hold depends on its edition."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.project = self.instance
        return form


class LineInline(TranslationStackedInline):
    """Lines of a project's sheet."""

    extra = 0
    formset = LineFormSet
    formfield_overrides = {
        models.DateField: {"form_class": DayField},
        models.DecimalField: {"form_class": NumberField},
    }


class ProjectPrincipleInline(LineInline):
    model = ProjectPrinciple
    fields = ["principle", "sentence"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("principle")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "principle":
            offer_own_edition(field, request)
        return field


class FundingLineInline(LineInline):
    model = FundingLine
    fields = [("source", "certainty", "amount"), "name"]
    formfield_overrides = {models.DecimalField: {"form_class": AmountField}}


class IndicatorInline(LineInline):
    model = Indicator
    fields = ["kind", "name", "unit", ("baseline", "target", "due_on")]


class MilestoneInline(LineInline):
    model = Milestone
    fields = ["activity", ("starts_on", "ends_on"), "owner", "output"]


class SheetFilter(admin.SimpleListFilter):
    """By whether anything is written on the card of the project."""

    title = _("The project’s card")
    parameter_name = "sheet"

    def lookups(self, request, model_admin):
        return [("empty", _("nothing is written yet"))]

    def queryset(self, request, queryset):
        return queryset.without_sheet() if self.value() == "empty" else queryset


@admin.register(Project)
class ProjectAdmin(KeepsWhatHangsOnIt, KeepsItsEdition, ImportAdmin, ExportAdmin, TranslationAdmin):
    form = ProjectForm
    change_form_template = "admin/consultations/project/change_form.html"
    list_display = ["number", "title", "axis", "plan"]
    list_display_links = ["number", "title"]
    list_filter = ["plan", SheetFilter]
    list_select_related = ["axis", "plan"]
    search_fields = ["title_ar", "title_fr"]
    resource_classes = [ProjectResource, FundingLineResource, IndicatorResource, MilestoneResource]
    import_kinds = [ProjectImport, IndicatorImport]
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField},
    }
    readonly_fields = ["carried_from"]
    fieldsets = [
        (None, {"fields": [("plan", "number"), "title", "axis"]}),
        (
            _("The project’s card"),
            {
                "fields": [
                    "problem",
                    "solution",
                    "funding_source",
                    "followup_indicator",
                    "impact_indicator",
                ]
            },
        ),
        (_("Expected result"), {"fields": ["expected_results"]}),
        (_("People and days"), {"fields": ["lead", "partners", ("starts_on", "ends_on")]}),
        (_("Links"), {"fields": ["platform_url", "carried_from"]}),
    ]
    inlines = [ProjectPrincipleInline, FundingLineInline, IndicatorInline, MilestoneInline]
    belongings = [inline.model for inline in inlines]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "axis":
            offer_own_edition(field, request)
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # Boxes to tick: a list that is kept with a key held down has no place on a telephone.
        widget = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, widget=widget, **kwargs)
        offer_own_edition(field, request)
        return field
