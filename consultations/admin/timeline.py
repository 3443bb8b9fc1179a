"""The stations of the timeline with their moves, associations and documents."""

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from consultations.actors import Actor
from consultations.models import Accepts, Association, Step, StepAttendance, StepDocument, StepMove
from openmuni import figures
from openmuni.fields import CleanCharField, FigureField

from .acts import LogsActs
from .sheets import (
    ClosesWithItsEdition,
    GivesRefusalsBack,
    KeepsItsEdition,
    KeepsWhatHangsOnIt,
    ReadOnly,
    RefusableForm,
)


def reason_field(label, direction):
    """The public reason of a move, in one language."""
    return CleanCharField(
        label=label,
        help_text=gettext_lazy(
            "Needed when the dates or hours change. It is published beside the old date."
        ),
        required=False,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 2, "dir": direction, "class": "vLargeTextField"}),
    )


class StepForm(RefusableForm):
    """A station. In an edition that the public sees, other dates or hours ask for a public reason."""

    reason_ar = reason_field(gettext_lazy("Public reason (Arabic)"), "rtl")
    reason_fr = reason_field(gettext_lazy("Public reason (French)"), "ltr")
    new_associations = CleanCharField(
        label=gettext_lazy("Associations to add"),
        help_text=gettext_lazy("Write several names at once, one a line."),
        required=False,
        lines=True,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "class": "vLargeTextField"}),
    )

    @property
    def is_move(self) -> bool:
        """Whether a station that the public knows gets other dates or hours."""
        known = self.instance.pk and self.instance.plan.is_public
        return bool(known and {*Step.WHEN} & {*self.changed_data})

    def clean_new_associations(self):
        """The names, each once and short enough to be kept."""
        lines = (line.strip() for line in self.cleaned_data["new_associations"].splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        limit = Association._meta.get_field("name").max_length
        if long := [name for name in names if len(name) > limit]:
            message = _("A name has more than %(limit)s characters: %(name)s")
            raise forms.ValidationError(message, params={"limit": limit, "name": long[0]})
        return names

    @property
    def shuts_a_window(self) -> bool:
        """Whether something that is taken in now would be refused from now on."""
        stood, accepts = self.instance, self.cleaned_data.get("accepts")
        is_open = stood.pk and stood.plan.is_public and stood.phase == "now"
        return bool(is_open and accepts) and Accepts.shuts(stood.accepts, accepts)

    def clean(self):
        """Refuse a move without a reason, a reason without a move, and to shut an open window."""
        cleaned = super().clean()
        if self.shuts_a_window:
            message = _(
                "This window is open: shorten it by its dates, with a public reason, not here."
            )
            self.add_error("accepts", message)
        if self.is_move and not cleaned.get("reason_ar"):
            message = _("Say why the dates change: the public reads it beside the old date.")
            self.add_error("reason_ar", message)
        elif not self.is_move and (cleaned.get("reason_ar") or cleaned.get("reason_fr")):
            message = _("No date or hour has changed, so there is nothing to give a reason for.")
            self.add_error("reason_ar", message)
        return cleaned


class StepMoveInline(ReadOnly, admin.TabularInline):
    model = StepMove
    fields = [*Step.WHEN, "reason_ar", "reason_fr", "by_name", "at"]


class StepAttendanceInline(admin.TabularInline):
    model = StepAttendance
    fields = autocomplete_fields = ["association"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("association")


class DocumentOptions:
    """How a document is written, on its own page and on its station's."""

    readonly_fields = ["shown_size", "link"]
    # The stock widget links to an address that is not served.
    formfield_overrides = {models.FileField: {"widget": forms.FileInput}}

    @admin.display(description=gettext_lazy("size"))
    def shown_size(self, document):
        return f"{document.format} · {figures.size(document.size)}" if document.file else "-"

    @admin.display(description=gettext_lazy("link"))
    def link(self, document):
        if not document.pk:
            return "-"
        page = "step_photograph" if document.is_photograph else "step_document"
        return format_html(
            '<a href="{}">{}</a>', reverse(page, args=[document.pk]), _("See the file")
        )


class StepDocumentInline(DocumentOptions, TranslationStackedInline):
    model = StepDocument
    fields = [("kind", "date"), "title", "file", ("shown_size", "link")]
    extra = 0


@admin.register(Step)
class StepAdmin(GivesRefusalsBack, KeepsWhatHangsOnIt, KeepsItsEdition, TranslationAdmin):
    form = StepForm
    change_form_template = "admin/consultations/step/change_form.html"
    list_display = ["title", "kind", "starts_on", "ends_on", "accepts", "plan"]
    list_filter = ["plan", "accepts", "kind"]
    list_select_related = ["plan"]
    search_fields = ["title_ar", "title_fr"]
    fieldsets = [
        (None, {"fields": [("plan", "order"), "kind", "title"]}),
        (
            gettext_lazy("Dates and hours"),
            {
                "fields": [
                    ("starts_on", "ends_on", "precision"),
                    ("opens_at", "closes_at"),
                    "reason_ar",
                    "reason_fr",
                    ("accepts", "announced_on"),
                ]
            },
        ),
        (gettext_lazy("Where and who"), {"fields": ["place", "in_charge"]}),
        (
            gettext_lazy("After it took place"),
            {
                "fields": [
                    ("held_from", "held_until"),
                    ("participants", "women", "associations_count"),
                    "figures_source",
                    "tally_label",
                    "new_associations",
                ]
            },
        ),
    ]
    formfield_overrides = {models.IntegerField: {"form_class": FigureField}}
    inlines = [StepAttendanceInline, StepDocumentInline, StepMoveInline]

    def get_fieldsets(self, request, obj=None):
        """The fields; those that are none of the model's only where they may be used."""
        hidden = set()
        may_change = self.has_change_permission(request, obj)
        if not obj or not obj.plan.is_public or not may_change:
            hidden |= {"reason_ar", "reason_fr"}
        if not self._may_add_associations(request) or (obj and not may_change):
            hidden.add("new_associations")
        return [
            (name, options | {"fields": [one for one in options["fields"] if one not in hidden]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        step = self.get_object(request, object_id)
        if step and request.method == "GET" and self.has_change_permission(request, step):
            self._warn_of_notice(request, step)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if form.is_move:
            obj.move(
                by=Actor.of_account(request.user),
                reason_ar=form.cleaned_data["reason_ar"],
                reason_fr=form.cleaned_data["reason_fr"],
                **{name: form.cleaned_data[name] for name in Step.WHEN},
            )
        super().save_model(request, obj, form, change)
        if "_continue" not in request.POST:  # else the page that follows says it
            self._warn_of_notice(request, obj)

    def told_by_verbs(self, form, change):
        """A move has told of the dates and hours."""
        return {*Step.WHEN} if form.is_move else set()

    def told_besides(self, form):
        """The names of the associations that came."""
        names = form.cleaned_data.get("new_associations")
        return {"new_associations": names} if names else {}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if self._may_add_associations(request):
            for name in form.cleaned_data["new_associations"]:
                association, _created = Association.objects.get_or_create(name=name)
                form.instance.attendance.get_or_create(association=association)

    def _may_add_associations(self, request):
        rights = ["add_association", "add_stepattendance"]
        return request.user.has_perms([f"consultations.{right}" for right in rights])

    def _warn_of_notice(self, request, step):
        if step.phase == "done" or not step.notice_is_short:
            return
        days = {"days": step.days_of_notice, "promised": step.plan.notice_days}
        message = _(
            "No day of announcement is written for this window; the edition promises %(promised)s days of notice."
        )
        if step.announced_on:
            message = _(
                "This window opens %(days)s days after it was announced; the edition promises %(promised)s."
            )
        messages.warning(request, message % days)


@admin.register(Association)
class AssociationAdmin(LogsActs, admin.ModelAdmin):
    way_to_edition = None
    list_display = search_fields = ["name"]


@admin.register(StepDocument)
class StepDocumentAdmin(DocumentOptions, ClosesWithItsEdition, TranslationAdmin):
    way_to_edition = "step__plan"
    list_display = ["title", "kind", "date", "step"]
    list_filter = ["step__plan", "kind"]
    list_select_related = ["step"]
    fields = ["step", ("kind", "date"), "title", "file", ("shown_size", "link")]
