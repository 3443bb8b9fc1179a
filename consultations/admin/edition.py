"""An edition and the texts that frame it."""

from django.contrib import admin
from django.utils.html import format_html
from modeltranslation.admin import TranslationAdmin

from consultations.models import ActionPlan, PlanPdf, PriorityAxis, Statement

from .sheets import KeepsItsEdition, yes_or_no


@admin.register(ActionPlan)
class ActionPlanAdmin(TranslationAdmin):
    list_display = ["title", "address", "start_year", "end_year", "rehearsal"]
    readonly_fields = ["rehearsal"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        # Two years and a hyphen would change places among Arabic words.
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":
            field.widget.attrs["dir"] = "ltr"
        return field

    @admin.display(description=ActionPlan._meta.get_field("slug").verbose_name, ordering="slug")
    def address(self, plan):
        return format_html('<bdi dir="ltr">{}</bdi>', plan.slug)

    @admin.display(description=ActionPlan._meta.get_field("is_rehearsal").verbose_name)
    def rehearsal(self, plan):
        return yes_or_no(plan.is_rehearsal)

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say besides in which languages the plan has been printed."""
        pdfs = PlanPdf.objects.filter(version__plan=obj)
        context["pdf_languages"] = set(pdfs.values_list("language", flat=True))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@admin.register(Statement)
class StatementAdmin(KeepsItsEdition, TranslationAdmin):
    list_display = ["text", "kind", "order", "plan"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan"]
    search_fields = ["text_ar", "text_fr"]
    fields = ["plan", "kind", "order", "key", "text", "detail"]


@admin.register(PriorityAxis)
class PriorityAxisAdmin(KeepsItsEdition, TranslationAdmin):
    list_display = ["name", "order", "plan"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
