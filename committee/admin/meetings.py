"""The meetings of the committee, each edited whole: its agenda and who sat."""

from django.contrib import admin

from committee.models import AgendaItem, Attendance, CommitteeMeeting, CommitteeMember
from consultations.admin import KeepsItsEdition


class AgendaItemInline(admin.TabularInline):
    model = AgendaItem
    fields = ["order", "subject", "proposal"]
    # There may be thousands: a small window looks one up.
    raw_id_fields = ["proposal"]
    extra = 1


class AttendanceInline(admin.TabularInline):
    model = Attendance
    fields = ["member", "present"]
    extra = 1

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # Members of other editions do not sit here.
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        meeting = request.resolver_match.kwargs.get("object_id")
        if db_field.name == "member" and meeting:
            field.queryset = CommitteeMember.objects.filter(plan__meetings=meeting)
            # Fetched once, not for every row.
            field.choices = list(field.choices)
        return field

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("member")


@admin.register(CommitteeMeeting)
class CommitteeMeetingAdmin(KeepsItsEdition, admin.ModelAdmin):
    list_display = ["date", "starts_at", "place", "plan"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    fields = ["plan", ("date", "starts_at"), "place", "minutes"]
    inlines = [AgendaItemInline, AttendanceInline]
