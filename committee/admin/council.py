"""The council's sessions and its votes."""

from django.contrib import admin

from committee.models import CouncilSession, CouncilSitting, Deliberation
from consultations.admin import ClosesWithItsEdition, KeepsItsEdition
from consultations.models import PlanVersion


class CouncilSittingInline(admin.TabularInline):
    model = CouncilSitting
    fields = ["held_on", "starts_at", "call", "present", "quorum"]
    extra = 1


@admin.register(CouncilSession)
class CouncilSessionAdmin(KeepsItsEdition, admin.ModelAdmin):
    list_display = ["month", "kind", "agenda_number", "plan"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan"]
    inlines = [CouncilSittingInline]


@admin.register(Deliberation)
class DeliberationAdmin(ClosesWithItsEdition, admin.ModelAdmin):
    way_to_edition = "sitting__session__plan"
    list_display = ["__str__", "sitting", "version"]
    list_filter = ["sitting__session__plan"]
    fields = [
        "sitting",
        "version",
        "number",
        ("votes_for", "votes_against", "abstentions"),
    ]

    def get_queryset(self, request):
        votes = super().get_queryset(request).select_related("sitting__session", "version__plan")
        return votes.defer("version__data")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # A version's data is large and not needed to name it.
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "version":
            field.queryset = PlanVersion.objects.select_related("plan").defer("data")
        return field
