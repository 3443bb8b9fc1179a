"""The members of the committee and their opinions."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from committee.accounts.invitations import close_account
from committee.exports import CommitteeMemberResource
from committee.imports import MemberImport
from committee.models import CommitteeMember, Opinion
from consultations.admin import (
    ImportAdmin,
    KeepsItsEdition,
    KeepsWhatHangsOnIt,
    ReadOnly,
    yes_or_no,
)
from openmuni.exports import ExportAdmin

from .seats import SeatActs


@admin.register(CommitteeMember)
class CommitteeMemberAdmin(
    SeatActs, KeepsWhatHangsOnIt, KeepsItsEdition, ImportAdmin, ExportAdmin, TranslationAdmin
):
    list_display = ["holder", "college", "role", "order", "alternate", "since", "until", "plan"]
    change_form_template = "admin/committee/committeemember/change_form.html"
    list_filter = ["plan", "college", "role"]
    list_select_related = ["plan"]
    search_fields = ["name_ar", "name_fr"]
    fields = [
        ("plan", "order"),
        ("college", "role"),
        "is_alternate",
        "name",
        "role_title",
        "function",
        ("since", "until"),
        "user",
    ]
    resource_classes = [CommitteeMemberResource]
    import_kinds = [MemberImport]

    @admin.display(description=CommitteeMember._meta.get_field("name").verbose_name)
    def holder(self, member):
        return str(member)

    @admin.display(description=CommitteeMember._meta.get_field("is_alternate").verbose_name)
    def alternate(self, member):
        return yes_or_no(member.is_alternate)

    def get_readonly_fields(self, request, obj=None):
        """An account stays with its seat: another person's would be invited under this name."""
        fixed = ["user"] if obj and obj.user_id else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def save_model(self, request, obj, form, change):
        """Save it; a last day that is typed here ends the account as the act does."""
        super().save_model(request, obj, form, change)
        if "until" in form.changed_data:
            close_account(obj)

    def is_kept(self, sheet):
        """Whoever had an account may have acted; they end, and are not erased."""
        return bool(sheet.user_id) or super().is_kept(sheet)

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
