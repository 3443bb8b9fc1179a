"""The document of the plan for staff: its preview, and the PDF for the desk."""

from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from committee.documents import (
    STYLESHEET,
    DocumentError,
    current_version,
    document_context,
    export_plan,
    latest_pdf,
)
from consultations.downloads import pdf_download
from consultations.models import ActionPlan


def reads_documents(view):
    """Staff who may read versions of the plan; others sign in first, or are refused."""
    may = permission_required("consultations.view_planversion", raise_exception=True)
    return never_cache(staff_member_required(may(view)))


@require_safe
@reads_documents
def plan_preview(request, edition):
    """The document as it would be now, on screen, from the very template of the PDF."""
    plan = get_object_or_404(ActionPlan, slug=edition)
    language = get_language()
    context = {
        **document_context(current_version(plan), language),
        "plan": plan,
        "stylesheet": static(STYLESHEET),
        "latest_pdf": latest_pdf(plan, language),
    }
    return render(request, "committee/plan_preview.html", context)


@require_http_methods(["GET", "POST"])
@reads_documents
def plan_pdf(request, edition):
    """POST, by who may freeze a version: the document as it is now. GET: the last one that was made."""
    plan = get_object_or_404(ActionPlan, slug=edition)
    language = get_language()
    if request.method == "GET":
        pdf = latest_pdf(plan, language)
        if pdf is None:
            raise Http404
        return pdf_download(pdf)
    if not request.user.has_perm("consultations.add_planversion"):
        raise PermissionDenied
    try:
        pdf = export_plan(plan, language)
    except DocumentError as error:
        messages.error(request, error)
        return redirect("plan_preview", edition)
    messages.success(request, _export_message(pdf))
    return pdf_download(pdf)


def _export_message(pdf) -> str:
    text = _("Version %(number)s is ready. Characters the print font lacks, replaced: %(count)s.")
    return text % {"number": pdf.version.number, "count": pdf.replaced_characters}
