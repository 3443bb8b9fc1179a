"""The members of the committee and their opinions."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from committee.exports import CommitteeMemberResource
from committee.models import CommitteeMember, Opinion
from consultations.admin import KeepsItsEdition, ReadOnly
from openmuni.exports import ExportAdmin


@admin.register(CommitteeMember)
class CommitteeMemberAdmin(KeepsItsEdition, ExportAdmin, TranslationAdmin):
    list_display = ["name", "college", "role", "order", "since", "until", "plan"]
    list_filter = ["plan", "college", "role"]
    list_select_related = ["plan"]
    search_fields = ["name_ar", "name_fr"]
    fields = [
        ("plan", "order"),
        ("college", "role"),
        "name",
        "role_title",
        "function",
        ("since", "until"),
        "user",
    ]
    resource_classes = [CommitteeMemberResource]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            field.queryset = field.queryset.filter(is_staff=True)
        return field


@admin.register(Opinion)
class OpinionAdmin(ReadOnly, admin.ModelAdmin):
    """Opinions are given on the page of the proposal."""

    list_display = ["proposal", "member", "view", "at"]
    list_filter = ["proposal__plan", "view"]
    list_select_related = ["proposal", "member"]
    search_fields = ["proposal__submission__reference", "proposal__title"]
    fields = ["proposal", "member", "view", "comment", "at"]
