"""The headings of the remarks card, the cards that came in and the answers."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from consultations.exports import RemarkResource
from consultations.models import ActionPlan, Project, Remark, RemarkCard, RemarkHeading
from openmuni.exports import ExportAdmin

from .sheets import KeepsItsEdition, ReadOnly, yes_or_no


@admin.register(RemarkHeading)
class RemarkHeadingAdmin(KeepsItsEdition, TranslationAdmin):
    list_display = ["name", "key", "order", "plan"]
    list_filter = ["plan"]
    list_select_related = ["plan"]


class RemarkInline(ReadOnly, admin.TabularInline):
    model = Remark
    fields = ["heading", "text", "answer"]


@admin.register(RemarkCard)
class RemarkCardAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["submission", "project", "plan"]
    list_filter = ["project__plan"]
    list_select_related = ["submission", "project__plan"]
    search_fields = ["submission__reference"]
    fields = ["submission", "project"]
    inlines = [RemarkInline]

    @admin.display(description=ActionPlan._meta.verbose_name)
    def plan(self, card):
        return card.project.plan


@admin.register(Remark)
class RemarkAdmin(ExportAdmin, admin.ModelAdmin):
    """The public's words are read, the committee's answer is written."""

    list_display = ["__str__", "card", "project", "heading", "is_answered"]
    list_filter = ["card__project__plan", "heading__key", ("answer", admin.EmptyFieldListFilter)]
    list_select_related = ["card__submission", "card__project", "heading"]
    search_fields = ["text", "answer", "card__submission__reference"]
    fields = ["card", "project", "heading", "text", "answer"]
    readonly_fields = fields
    resource_classes = [RemarkResource]

    @admin.display(description=Project._meta.verbose_name)
    def project(self, remark):
        return remark.card.project

    @admin.display(description=Remark._meta.get_field("answer").verbose_name)
    def is_answered(self, remark):
        return yes_or_no(remark.answer)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
