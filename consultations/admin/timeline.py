"""The stations of the timeline and their documents."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from consultations.models import Step, StepDocument

from .sheets import ClosesWithItsEdition, KeepsItsEdition, KeepsWhatHangsOnIt


@admin.register(Step)
class StepAdmin(KeepsWhatHangsOnIt, KeepsItsEdition, TranslationAdmin):
    list_display = ["title", "kind", "starts_on", "ends_on", "accepts", "plan"]
    list_filter = ["plan", "accepts", "kind"]
    list_select_related = ["plan"]
    search_fields = ["title_ar", "title_fr"]
    fields = [
        ("plan", "order"),
        "kind",
        "title",
        ("starts_on", "ends_on", "precision"),
        "accepts",
        ("opens_at", "closes_at"),
        "place",
        ("participants", "women", "associations_count"),
        "figures_source",
        "tally_label",
    ]


@admin.register(StepDocument)
class StepDocumentAdmin(ClosesWithItsEdition, TranslationAdmin):
    way_to_edition = "step__plan"
    list_display = ["title", "date", "step"]
    list_filter = ["step__plan"]
    list_select_related = ["step"]
