"""What came in, to read."""

from django.contrib import admin

from consultations.acts import Act
from consultations.models import Contact, ModerationAct, Submission

from .acts import LogsActs
from .sheets import ReadOnly


class ModerationActInline(ReadOnly, admin.TabularInline):
    model = ModerationAct
    fields = ["act", "category", "reason", "by_name", "by_function", "at"]


@admin.register(Submission)
class SubmissionAdmin(ReadOnly, admin.ModelAdmin):
    """Moderation is done where the content is read; here is what holds for any kind of content."""

    list_display = ["reference", "channel", "step", "received_at", "in_grace", "moderation"]
    list_filter = ["moderation", "channel", "in_grace", "step__plan"]
    list_select_related = ["step"]
    search_fields = ["reference", "shown_name"]
    fields = [
        "reference",
        "step",
        "channel",
        "received_at",
        "in_grace",
        "language",
        "shown_as",
        "shown_name",
        "moderation",
        "withheld_category",
    ]
    inlines = [ModerationActInline]


@admin.register(ModerationAct)
class ModerationActAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["submission", "act", "category", "by_name", "at"]
    list_filter = ["act", "category"]
    list_select_related = ["submission"]
    search_fields = ["submission__reference"]
    fields = ["submission", "act", "category", "reason", "by_name", "by_function", "at"]


@admin.register(Contact)
class ContactAdmin(LogsActs, admin.ModelAdmin):
    """What is private of an author. Deleting the row erases it and leaves the public act."""

    list_display = ["submission", "consented_at"]
    list_select_related = ["submission"]
    search_fields = ["submission__reference"]
    fields = ["submission", "name", "association", "phone", "email", "consented_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def log_act(self, request, sheet, act, **states):
        """That somebody's data was erased, and nothing of it."""
        super().log_act(request, sheet.submission, Act.ERASE_AUTHOR)

    def edition_of(self, sheet):
        return sheet.step.plan
