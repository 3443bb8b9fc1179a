"""The commune and its holidays."""

from django.contrib import admin
from django.db import models
from modeltranslation.admin import TranslationAdmin

from consultations.models import Commune, Holiday

from .acts import LogsActs


@admin.register(Commune)
class CommuneAdmin(LogsActs, TranslationAdmin):
    way_to_edition = None
    list_display = ["name", "reference_prefix", "contact_post", "cndp_number"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Commune.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Holiday)
class HolidayAdmin(LogsActs, TranslationAdmin):
    way_to_edition = None
    list_display = ["date", "name"]
    date_hierarchy = "date"
