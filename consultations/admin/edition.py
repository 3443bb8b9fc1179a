"""The texts that frame an edition."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from consultations.models import PriorityAxis, Statement

from .sheets import KeepsItsEdition


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
