"""The headings of the remarks card. The cards and the answers are on the committee's desk."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from consultations.models import RemarkHeading

from .sheets import KeepsItsEdition


@admin.register(RemarkHeading)
class RemarkHeadingAdmin(KeepsItsEdition, TranslationAdmin):
    list_display = ["name", "key", "order", "plan"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
