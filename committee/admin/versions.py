"""The frozen versions of the plan: the acts that make them, their documents, their errata."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from modeltranslation.admin import TranslationAdmin

from committee.documents import (
    DocumentError,
    IllegalAct,
    current_version,
    newest_public,
    standing_versions,
)
from committee.forms.versions import FORMS
from committee.models import CommitteeMember
from consultations.admin import ClosesWithItsEdition, ReadOnly, yes_or_no
from consultations.downloads import pdf_download
from consultations.models import ActionPlan, Erratum, PlanPdf, PlanVersion

MAY_FREEZE = "consultations.add_planversion"


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


class ErratumInline(ReadOnly, admin.TabularInline):
    model = Erratum
    fields = readonly_fields = ["number", "place", "text", "at"]


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnly, admin.ModelAdmin):
    change_list_template = "admin/consultations/planversion/change_list.html"
    change_form_template = "admin/consultations/planversion/change_form.html"
    list_display = ["plan", "number", "kind", "frozen_at", "acted_on", "public"]
    list_display_links = ["plan", "number"]
    list_filter = ["plan", "kind"]
    list_select_related = ["plan"]
    fields = [
        "plan",
        "number",
        "kind",
        "frozen_at",
        "published_at",
        "acted_on",
        ("note_ar", "note_fr"),
        ("frozen_by_name", "frozen_by_function"),
        "data_sha256",
    ]
    inlines = [PlanPdfInline, ErratumInline]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data")

    @admin.display(description=gettext_lazy("before the public"))
    def public(self, version):
        return yes_or_no(version.published_at)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say besides whether it takes errata."""
        context["stands"] = obj is not None and standing_versions().filter(pk=obj.pk).exists()
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        # The token was refused already: asked for again, the refusal would turn in a circle.
        view.csrf_failed = self.admin_site.admin_view(csrf_exempt(self.give_back))
        act = path("acts/<int:pk>/<slug:name>/", view, name="consultations_planversion_act")
        return [act, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """The versions, with the acts that make another."""
        plans = ActionPlan.objects.filter(state=ActionPlan.State.OPEN).latest_first()
        if asked := request.GET.get("plan__id__exact", ""):
            plans = plans.filter(pk=asked) if asked.isdecimal() else plans.none()
        acts = [(name, form.label) for name, form in FORMS.items()]
        context = {"acts": acts, "open_plans": plans if request.user.has_perm(MAY_FREEZE) else []}
        return super().changelist_view(request, context | (extra_context or {}))

    def act_view(self, request, pk, name):
        """The form of one act; a good POST freezes the version and leads to it."""
        form = self._form(request, pk, name)
        if request.method != "POST" or not form.is_valid():
            return self._page(request, form)
        try:
            version = form.act(CommitteeMember.objects.actor(request.user, form.plan))
        except (IllegalAct, DocumentError) as refusal:
            return self._page(request, form, refusal=str(refusal))
        self.log_addition(request, version, str(form.label))
        messages.success(request, form.done % {"number": version.number})
        return redirect("admin:consultations_planversion_change", version.pk)

    def give_back(self, request, pk, name):
        """The form with all that was typed, when the security token of the POST was refused."""
        return self._page(request, self._form(request, pk, name), csrf_failed=True)

    def _form(self, request, pk, name):
        if not request.user.has_perm(MAY_FREEZE):
            raise PermissionDenied
        if name not in FORMS:
            raise Http404
        plan = get_object_or_404(ActionPlan, pk=pk)
        return FORMS[name](request.POST if request.method == "POST" else None, plan=plan)

    def _page(self, request, form, *, refusal="", csrf_failed=False):
        present, newest = current_version(form.plan), newest_public(form.plan)
        is_same = bool(newest) and newest.data_sha256 == present.data_sha256
        missing = form.missing
        context = {
            **self.admin_site.each_context(request),
            "title": form.label,
            "opts": self.opts,
            "plan": form.plan,
            "form": form,
            "data": present.data,
            "newest": newest,
            "missing": missing,
            "warnings": form.warnings(newest, is_same),
            # Said once, where it is what stands in the way anyhow.
            "refusal": refusal if refusal != missing else "",
            "csrf_failed": csrf_failed,
        }
        request.current_app = self.admin_site.name
        status = 409 if refusal else 403 if csrf_failed else 200
        template = "admin/consultations/planversion/act.html"
        return TemplateResponse(request, template, context, status=status)


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


@admin.register(Erratum)
class ErratumAdmin(ClosesWithItsEdition, TranslationAdmin):
    way_to_edition = "version__plan"
    list_display = ["version", "number", "place", "at"]
    list_display_links = ["number", "place"]
    list_filter = ["version__plan"]
    list_select_related = ["version__plan"]
    fields = ["version", "place", "text"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("version__data")

    def get_changeform_initial_data(self, request):
        standing = standing_versions().values_list("pk", flat=True)[:2]
        return {"version": standing[0]} if len(standing) == 1 else {}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # Only what stands adopted is corrected: anything else is made anew.
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "version":
            standing = standing_versions().values("pk")
            field.queryset = field.queryset.filter(pk__in=standing)
            field.queryset = field.queryset.select_related("plan").defer("data")
        return field

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def told_by_verbs(self, form, change):
        """All of it is written by a verb."""
        return {*form.fields}

    def save_model(self, request, obj, form, change):
        """Number and sign the erratum."""
        by = CommitteeMember.objects.actor(request.user, obj.version.plan)
        texts = {name: getattr(obj, name) or "" for name in form.cleaned_data if name != "version"}
        made = obj.version.correct(by=by, **texts)
        obj.pk, obj.number = made.pk, made.number
