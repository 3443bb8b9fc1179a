"""The sheets of the projects."""

from django.contrib import admin
from django.db import models
from modeltranslation.admin import TranslationAdmin

from consultations.exports import ProjectResource
from consultations.models import PriorityAxis, Project
from openmuni.exports import ExportAdmin

from .sheets import KeepsItsEdition, KeepsWhatHangsOnIt


@admin.register(Project)
class ProjectAdmin(KeepsWhatHangsOnIt, KeepsItsEdition, ExportAdmin, TranslationAdmin):
    list_display = ["number", "title", "axis", "plan"]
    list_display_links = ["number", "title"]
    list_filter = ["plan"]
    list_select_related = ["axis", "plan"]
    search_fields = ["title_ar", "title_fr"]
    resource_classes = [ProjectResource]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # Editions may share the names of their axes; the edition tells them apart.
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "axis":
            project = request.resolver_match.kwargs.get("object_id")
            own = {"plan__projects": project} if project else {}
            field.queryset = PriorityAxis.objects.filter(**own).select_related("plan")
            field.label_from_instance = lambda axis: f"{axis} · {axis.plan}"
        return field
