"""The meetings of the committee, each edited whole: who sat, its agenda, who takes no part in what."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.models import AgendaItem, Attendance, CommitteeMeeting, Recusal
from consultations.admin import ClosesWithItsEdition, KeepsItsEdition

from .decision_sheet import DecisionSheet

# A new item stands last until the agenda is numbered again.
LAST = 9999


class LabelledRows(BaseInlineFormSet):
    """Rows whose boxes say beside what they stand: a table has no labels of its own."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        row = f" · {form.instance}" if form.instance.pk else ""
        for field in form.fields.values():
            if not field.widget.is_hidden:
                # The links beside a list of another model's rows wrap the list itself.
                box = getattr(field.widget, "widget", field.widget)
                box.attrs["aria-label"] = f"{field.label}{row}"


class AttendanceFormSet(LabelledRows):
    """The boxes of all the seats."""

    def clean(self):
        """What was decided with a quorum keeps it."""
        present = sum(bool(form.cleaned_data.get("present")) for form in self.forms)
        if self.instance.has_records and present < self.instance.quorum_needed:
            raise ValidationError(
                _("Decisions were recorded for this meeting: its quorum has to stand.")
            )


class AttendanceInline(admin.TabularInline):
    """All who have a seat that day, each with a box; the rows come by themselves."""

    model = Attendance
    formset = AttendanceFormSet
    fields = ["member", "present"]
    readonly_fields = ["member"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("member")
        return rows.order_by("member__order")


class AgendaFormSet(LabelledRows):
    """The items of a meeting."""

    def clean(self):
        """An item stays where it was decided on."""
        if any(form.instance.is_recorded_here for form in self.deleted_forms):
            raise ValidationError(_("An item that was recorded stays on its agenda."))


class AgendaInline(admin.TabularInline):
    """What is on the agenda, to be put in order or taken off."""

    model = AgendaItem
    formset = AgendaFormSet
    fields = ["order", "title", "public_reference", "recused", "result"]
    readonly_fields = fields[1:]

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).whole()

    @admin.display(description=AgendaItem._meta.verbose_name)
    def title(self, item):
        address = reverse("admin:committee_agendaitem_change", args=[item.pk])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, item)

    @admin.display(description=_("reference"))
    def public_reference(self, item):
        return format_html('<bdi dir="ltr">{}</bdi>', item.reference) if item.reference else "—"

    @admin.display(description=Recusal._meta.verbose_name_plural)
    def recused(self, item):
        return ", ".join(str(recusal) for recusal in item.recusals.all()) or "—"

    @admin.display(description=pgettext_lazy("agenda item", "recorded"))
    def result(self, item):
        if item.decision:
            return item.decision.get_to_status_display()
        return item.remark.get_outcome_display() if item.is_answered_here else "—"


class NewItemForm(forms.ModelForm):
    """A new item, after all the others."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.order = LAST


class NewItemFormSet(LabelledRows):
    """New items, named apart from those that are there."""

    @classmethod
    def get_default_prefix(cls):
        return "added"


class NewItemInline(admin.TabularInline):
    """What is added by hand: an idea or a remark looked up by its number, or another subject."""

    model = AgendaItem
    form, formset = NewItemForm, NewItemFormSet
    fields = ["subject", "proposal", "remark"]
    # There may be thousands: a small window looks one up.
    raw_id_fields = ["proposal", "remark"]
    extra = 1
    verbose_name_plural = _("add to the agenda")

    def get_queryset(self, request):
        return super().get_queryset(request).none()


@admin.register(CommitteeMeeting)
class CommitteeMeetingAdmin(KeepsItsEdition, DecisionSheet, admin.ModelAdmin):
    list_display = ["date", "starts_at", "place", "plan"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    fields = ["plan", ("date", "starts_at", "ends_at"), ("place", "quorum"), "minutes"]
    inlines = [AttendanceInline, AgendaInline, NewItemInline]
    change_form_template = "admin/committee/committeemeeting/change_form.html"

    def get_inlines(self, request, obj):
        """A meeting has its day first: it tells who has a seat."""
        return super().get_inlines(request, obj) if obj else []

    def get_readonly_fields(self, request, obj=None):
        """What was decided bears the day and the hour of the meeting, and stands on its quorum."""
        return ["date", "starts_at", "ends_at", "quorum"] if obj and obj.has_records else []

    def has_delete_permission(self, request, obj=None):
        """What was decided keeps the meeting at which it was."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj and obj.has_records)

    def save_related(self, request, form, formsets, change):
        """Save the sheets, then number the agenda and see that every seat has its box."""
        moves = {
            item.instance.pk: (item.cleaned_data["order"] > item.initial["order"]) - 0.5
            for formset in formsets
            if formset.model is AgendaItem
            for item in formset.initial_forms
            if "order" in item.changed_data
        }
        super().save_related(request, form, formsets, change)
        form.instance.renumber(moves)
        form.instance.call_members()

    def response_add(self, request, obj, post_url_continue=None):
        """Lead to the boxes and the agenda, which a new meeting has now."""
        super().response_add(request, obj, post_url_continue)
        return redirect("admin:committee_committeemeeting_change", obj.pk)


class RecusalInline(admin.TabularInline):
    model = Recusal
    formset = LabelledRows
    fields = ["member", "reason"]
    extra = 1

    def get_formset(self, request, obj=None, **kwargs):
        """The rows; only those who have a seat that day are offered, fetched once."""
        formset = super().get_formset(request, obj, **kwargs)
        if obj and "member" in formset.form.base_fields:
            field = formset.form.base_fields["member"]
            field.queryset = obj.meeting.seats
            field.choices = list(field.choices)
            # Seats are kept on their own page.
            box = field.widget
            box.can_add_related = box.can_change_related = box.can_view_related = False
            box.can_delete_related = False
        return formset


@admin.register(AgendaItem)
class AgendaItemAdmin(ClosesWithItsEdition, admin.ModelAdmin):
    """One item, for its recusals. It is put on an agenda, and in its place, on the page of the meeting."""

    way_to_edition = "meeting__plan"
    list_display = ["__str__", "meeting", "order"]
    list_filter = ["meeting__plan"]
    list_select_related = ["meeting__plan", "proposal", "remark"]
    ordering = ["-meeting__date", "order"]
    fields = ["meeting", "subject", "proposal", "remark"]
    readonly_fields = ["meeting", "proposal", "remark"]
    inlines = [RecusalInline]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("meeting__plan", "remark")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Also asked before a whole meeting is deleted: one that decided something is kept."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj and obj.is_recorded_here)

    def response_post_save_change(self, request, obj):
        """Back to the agenda it was opened from."""
        return redirect("admin:committee_committeemeeting_change", obj.meeting_id)
