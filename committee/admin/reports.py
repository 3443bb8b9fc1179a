"""The reports of the windows that take remarks: what each still waits for, and its publication."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from committee.forms import ReportForm
from committee.models import CommitteeMember
from consultations.answers import windows_for_remarks
from consultations.models import ActionPlan, ReportNotReady

# The coordinator's own.
_PUBLISHES = "consultations.change_step"


class ReportsOfWindows:
    """Names above the list of remarks the windows they came in at; each report has a page of its own."""

    change_list_template = "admin/consultations/remark/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.report_view)
        report = path("reports/<int:pk>/", view, name="consultations_remark_report")
        return [report, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        windows = windows_for_remarks(plan__state=ActionPlan.State.OPEN)
        context = {"is_nav_sidebar_enabled": False, "windows": windows}
        return super().changelist_view(request, context | (extra_context or {}))

    def report_view(self, request, pk):
        """What the report of a window waits for; POST, by the coordinator, publishes it."""
        window = get_object_or_404(windows_for_remarks(), pk=pk)
        may_publish = request.user.has_perm(_PUBLISHES)
        if not self.has_view_permission(request) or (request.method == "POST" and not may_publish):
            raise PermissionDenied
        form, status = ReportForm(request.POST if request.method == "POST" else None), 200
        if form.is_valid():
            try:
                window.publish_report(by=CommitteeMember.objects.actor(request.user, window.plan))
            except ReportNotReady:
                status = 409
            else:
                messages.success(request, _("The report is published."))
                return redirect("admin:consultations_remark_report", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Report of a window"),
            "opts": self.opts,
            "window": window,
            "reasons": window.report_waits_for,
            "form": form if may_publish else None,
        }
        request.current_app = self.admin_site.name
        template = "admin/consultations/remark/report.html"
        return TemplateResponse(request, template, context, status=status)
