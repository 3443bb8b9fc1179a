"""Decisions and published figures, to read, and the reasons the coordinator keeps ready.

The proposals themselves are in the committee's admin, which shows its opinions beside them.
"""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from consultations.admin import KeepsItsEdition, KeepsWhatHangsOnIt, ReadOnly

from .models import REASON_MIN_LENGTH, Decision, ReasonText, ReportedTally


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
        "reason_text",
        "by_name",
        "by_function",
        "prepared_by_name",
        "at",
    ]

    @admin.display(description=_("reference"))
    def reference(self, decision):
        return decision.proposal.reference


class ReasonTextForm(forms.ModelForm):
    """A reason as long as a decision asks for, in each language that it is written in."""

    def clean(self):
        """Say beside the text that it is too short."""
        for name in ("text_ar", "text_fr"):
            text = self.cleaned_data.get(name)
            if text and len(text.strip()) < REASON_MIN_LENGTH:
                self.add_error(name, _("The reason has at least 20 characters."))
        return super().clean()


@admin.register(ReasonText)
class ReasonTextAdmin(KeepsWhatHangsOnIt, KeepsItsEdition, TranslationAdmin):
    """Once it was used it is changed for the next time, and never deleted."""

    form = ReasonTextForm
    list_display = ["__str__", "outcome", "plan", "times_used"]
    list_filter = ["plan", "outcome"]
    list_select_related = ["plan"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(times_used=Count("decisions"))

    @admin.display(description=_("times used"), ordering="times_used")
    def times_used(self, reason):
        return reason.times_used


@admin.register(ReportedTally)
class ReportedTallyAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["step", "status", "count"]
    list_filter = ["step__plan"]
    list_select_related = ["step"]
