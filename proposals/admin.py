"""Decisions and published figures, to read, and the reasons the coordinator keeps ready.

The proposals themselves are in the committee's admin, which shows its opinions beside them.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from consultations.admin import ClosesWithItsEdition, ReadOnly

from .models import Decision, ReasonText, ReportedTally


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["reference", "proposal", "to_status", "project", "by_name", "at"]
    list_display_links = ["reference", "proposal"]
    list_filter = ["proposal__plan", "to_status"]
    list_select_related = ["proposal__submission", "project"]
    search_fields = ["proposal__submission__reference", "proposal__title"]
    ordering = ["-pk"]
    fields = [
        "proposal",
        "from_status",
        "to_status",
        "project",
        "kept_part",
        "reason",
        "by_name",
        "by_function",
        "at",
    ]

    @admin.display(description=_("reference"))
    def reference(self, decision):
        return decision.proposal.reference


@admin.register(ReasonText)
class ReasonTextAdmin(ClosesWithItsEdition, TranslationAdmin):
    list_display = ["__str__", "outcome", "plan"]
    list_filter = ["plan", "outcome"]
    list_select_related = ["plan"]


@admin.register(ReportedTally)
class ReportedTallyAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["step", "status", "count"]
    list_filter = ["step__plan"]
    list_select_related = ["step"]
