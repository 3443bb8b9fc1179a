"""The frozen versions of the plan and their documents."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from consultations.downloads import pdf_download
from consultations.models import PlanPdf, PlanVersion

from .sheets import ReadOnly


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
