"""The sheets of an edition in the admin, and what came in, to read."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from modeltranslation.admin import TranslationAdmin

from openmuni.exports import ExportAdmin

from .downloads import pdf_download
from .exports import ProjectResource, RemarkResource
from .models import (
    ActionPlan,
    Commune,
    Contact,
    Holiday,
    ModerationAct,
    PlanPdf,
    PlanVersion,
    PriorityAxis,
    Project,
    Remark,
    RemarkCard,
    RemarkHeading,
    Statement,
    Step,
    StepDocument,
    Submission,
)


def yes_or_no(value):
    """The word for a truth. Django's picture of it says True or False to a screen reader."""
    return _("Yes") if value else _("No")


class ReadOnly:
    """An admin or inline that shows and never writes: what happened is not edited."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class KeepsItsEdition:
    """An admin whose sheets stay in the edition they were made for: what hangs on them belongs to it."""

    def get_form(self, request, obj=None, **kwargs):
        """The form, whose edition is shown and not taken from what is posted."""
        form = super().get_form(request, obj, **kwargs)
        if obj and "plan" in form.base_fields:
            # As a read-only field it would not be validated, nor would the numbers unique within it.
            form.base_fields["plan"].disabled = True
        return form


class KeepsWhatHangsOnIt:
    """An admin whose sheets are deleted only while nothing hangs on them; the form says so."""

    change_form_template = "admin/consultations/kept_form.html"

    def is_kept(self, sheet) -> bool:
        """Whether a row of any other table points at `sheet`."""
        hangs = models.Q()
        for relation in self.opts.related_objects:
            hangs |= models.Q((f"{relation.name}__isnull", False))
        return self.model._base_manager.filter(hangs, pk=sheet.pk).exists()

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not (obj and self.is_kept(obj))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say besides why there is no button to those who miss it."""
        answer = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        shown = answer.context_data
        may = super().has_delete_permission(request, obj)
        shown["is_kept"] = bool(obj) and may and not shown["has_delete_permission"]
        return answer


# --- The commune and its editions ----------------------------------------------------------------


@admin.register(Commune)
class CommuneAdmin(TranslationAdmin):
    list_display = ["name", "reference_prefix", "contact_post", "cndp_number"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Commune.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Holiday)
class HolidayAdmin(TranslationAdmin):
    list_display = ["date", "name"]
    date_hierarchy = "date"


@admin.register(ActionPlan)
class ActionPlanAdmin(TranslationAdmin):
    list_display = ["title", "address", "start_year", "end_year", "rehearsal"]
    readonly_fields = ["rehearsal"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        # Two years and a hyphen would change places among Arabic words.
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug":
            field.widget.attrs["dir"] = "ltr"
        return field

    @admin.display(description=ActionPlan._meta.get_field("slug").verbose_name, ordering="slug")
    def address(self, plan):
        return format_html('<bdi dir="ltr">{}</bdi>', plan.slug)

    @admin.display(description=ActionPlan._meta.get_field("is_rehearsal").verbose_name)
    def rehearsal(self, plan):
        return yes_or_no(plan.is_rehearsal)

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say besides in which languages the plan has been printed."""
        pdfs = PlanPdf.objects.filter(version__plan=obj)
        context["pdf_languages"] = set(pdfs.values_list("language", flat=True))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


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
class StepDocumentAdmin(TranslationAdmin):
    list_display = ["title", "date", "step"]
    list_filter = ["step__plan"]
    list_select_related = ["step"]


# --- Projects and remarks --------------------------------------------------------------------------


@admin.register(Project)
class ProjectAdmin(KeepsWhatHangsOnIt, KeepsItsEdition, ExportAdmin, TranslationAdmin):
    list_display = ["number", "title", "axis", "plan"]
    list_display_links = ["number", "title"]
    list_filter = ["plan"]
    list_select_related = ["axis", "plan"]
    search_fields = ["title_ar", "title_fr"]
    resource_classes = [ProjectResource]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # Editions may share the names of their axes; the edition tells them apart.
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "axis":
            project = request.resolver_match.kwargs.get("object_id")
            own = {"plan__projects": project} if project else {}
            field.queryset = PriorityAxis.objects.filter(**own).select_related("plan")
            field.label_from_instance = lambda axis: f"{axis} · {axis.plan}"
        return field


@admin.register(RemarkHeading)
class RemarkHeadingAdmin(KeepsItsEdition, TranslationAdmin):
    list_display = ["name", "key", "order", "plan"]
    list_filter = ["plan"]
    list_select_related = ["plan"]


class RemarkInline(ReadOnly, admin.TabularInline):
    model = Remark
    fields = ["heading", "text", "answer"]


@admin.register(RemarkCard)
class RemarkCardAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["submission", "project", "plan"]
    list_filter = ["project__plan"]
    list_select_related = ["submission", "project__plan"]
    search_fields = ["submission__reference"]
    fields = ["submission", "project"]
    inlines = [RemarkInline]

    @admin.display(description=ActionPlan._meta.verbose_name)
    def plan(self, card):
        return card.project.plan


@admin.register(Remark)
class RemarkAdmin(ExportAdmin, admin.ModelAdmin):
    """The public's words are read, the committee's answer is written."""

    list_display = ["__str__", "card", "project", "heading", "is_answered"]
    list_filter = ["card__project__plan", "heading__key", ("answer", admin.EmptyFieldListFilter)]
    list_select_related = ["card__submission", "card__project", "heading"]
    search_fields = ["text", "answer", "card__submission__reference"]
    fields = ["card", "project", "heading", "text", "answer"]
    readonly_fields = ["card", "project", "heading", "text"]
    resource_classes = [RemarkResource]

    @admin.display(description=Project._meta.verbose_name)
    def project(self, remark):
        return remark.card.project

    @admin.display(description=Remark._meta.get_field("answer").verbose_name)
    def is_answered(self, remark):
        return yes_or_no(remark.answer)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


# --- What came in ----------------------------------------------------------------------------------


class ModerationActInline(ReadOnly, admin.TabularInline):
    model = ModerationAct
    fields = ["act", "category", "reason", "by_name", "by_function", "at"]


@admin.register(Submission)
class SubmissionAdmin(ReadOnly, admin.ModelAdmin):
    """Moderation is done where the content is read; here is what holds for any kind of content."""

    list_display = ["reference", "channel", "step", "received_at", "moderation"]
    list_filter = ["moderation", "channel", "step__plan"]
    list_select_related = ["step"]
    search_fields = ["reference", "shown_name"]
    fields = [
        "reference",
        "step",
        "channel",
        "received_at",
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
class ContactAdmin(admin.ModelAdmin):
    """What is private of an author. Deleting the row erases it and leaves the public act."""

    list_display = ["submission", "consented_at"]
    list_select_related = ["submission"]
    search_fields = ["submission__reference"]
    fields = ["submission", "name", "association", "phone", "email", "consented_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


# --- Frozen versions ---------------------------------------------------------------------------------


@admin.display(description=PlanPdf._meta.get_field("language").verbose_name)
def language_name(pdf):
    """The name a language gives itself."""
    return get_language_info(pdf.language)["name_local"]


@admin.display(description=gettext_lazy("file"))
def download_link(pdf):
    """The way to the bytes that are kept."""
    address = reverse("admin:consultations_planpdf_download", args=[pdf.pk])
    return format_html('<a href="{}">{}</a>', address, _("Download the PDF"))


class PlanPdfInline(ReadOnly, admin.TabularInline):
    model = PlanPdf
    fields = readonly_fields = [language_name, download_link, "sha256", "replaced_characters"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["plan", "number", "kind", "frozen_at"]
    list_display_links = ["plan", "number"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan"]
    fields = ["plan", "number", "kind", "frozen_at", "data_sha256"]
    inlines = [PlanPdfInline]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data")


@admin.register(PlanPdf)
class PlanPdfAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["version", language_name, "replaced_characters"]
    list_filter = ["version__plan"]
    list_select_related = ["version__plan"]
    fields = readonly_fields = [
        "version",
        language_name,
        download_link,
        "sha256",
        "replaced_characters",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content", "version__data")

    def get_urls(self):
        download = self.admin_site.admin_view(self.download_view)
        name = "consultations_planpdf_download"
        return [path("<int:pk>/download/", download, name=name), *super().get_urls()]

    def download_view(self, request, pk):
        """The document as it was made, for those who may read versions."""
        if not request.user.has_perm("consultations.view_planversion"):
            raise PermissionDenied
        pdfs = PlanPdf.objects.select_related("version__plan").defer("version__data")
        return pdf_download(get_object_or_404(pdfs, pk=pk))
