"""The pages of one meeting beside its form: the sheet to print, the entry of what was decided, the agenda filled."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from committee.decision_sheet import EntrySheet, printed_items
from committee.models import CommitteeMember

ENTRY = ("proposals.decide_proposal", "consultations.answer_remark")


class DecisionSheet:
    """Adds to the admin of the meetings the pages of a meeting's decisions."""

    def get_urls(self):
        entry = self.admin_site.admin_view(self.entry_view)
        # The token was refused already: asked for again, the refusal would turn in a circle.
        entry.csrf_failed = self.admin_site.admin_view(csrf_exempt(self.give_entry_back))
        sheet = self.admin_site.admin_view(self.sheet_view)
        fill = self.admin_site.admin_view(self.fill_view)
        own = [
            path("<int:pk>/sheet/", sheet, name="committee_committeemeeting_sheet"),
            path("<int:pk>/decisions/", entry, name="committee_committeemeeting_decisions"),
            path("<int:pk>/agenda/", fill, name="committee_committeemeeting_agenda"),
        ]
        return own + super().get_urls()

    def sheet_view(self, request, pk):
        """The decision sheet on A4: boxes and lines to fill in, or what was decided."""
        meeting = self._meeting(request, pk)
        attendance = {row.member_id: row.present for row in meeting.attendance.all()}
        seats = [(member, attendance.get(member.pk, False)) for member in meeting.seats]
        context = {
            **self.admin_site.each_context(request),
            "meeting": meeting,
            "seats": seats,
            "items": printed_items(meeting),
        }
        return TemplateResponse(request, "admin/committee/committeemeeting/sheet.html", context)

    def fill_view(self, request, pk):
        """Put on the agenda all that waits. Only a button sends here."""
        meeting = self._meeting(request, pk)
        back = redirect("admin:committee_committeemeeting_change", pk)
        if request.method != "POST":
            return back
        if not self.has_change_permission(request, meeting):
            raise PermissionDenied
        by = CommitteeMember.objects.actor(request.user, meeting.plan)
        added = meeting.put_on_agenda(by=by)
        text = ngettext(
            "%(count)s item was put on the agenda.",
            "%(count)s items were put on the agenda.",
            added,
        )
        messages.success(request, text % {"count": added})
        if left := sum(waiting.count() for waiting in meeting.waiting):
            text = _("The agenda is full. Still waiting: %(count)s.")
            messages.warning(request, text % {"count": left})
        return back

    def entry_view(self, request, pk):
        """Type in what the meeting decided; each row is recorded for itself."""
        meeting = self._meeting(request, pk, ENTRY)
        if request.method != "POST":
            return self._entry(request, EntrySheet(meeting, request.user))
        sheet = EntrySheet(meeting, request.user, request.POST)
        sheet.save()
        if sheet.faulty:
            conflict = any(row.conflict for row in sheet.rows)
            return self._entry(request, sheet, status=409 if conflict else 200)
        messages.success(request, self._done(sheet))
        return redirect("admin:committee_committeemeeting_decisions", pk)

    @staticmethod
    def _done(sheet):
        """What became of the rows: published, or waiting to be."""
        text = ngettext(
            "%(count)s item was recorded and published.",
            "%(count)s items were recorded and published.",
            sheet.saved,
        )
        if sheet.is_held_back or sheet.meeting.plan.four_eyes:
            text = ngettext(
                "%(count)s item was recorded; its decision waits to be published.",
                "%(count)s items were recorded; their decisions wait to be published.",
                sheet.saved,
            )
        return text % {"count": sheet.saved}

    def give_entry_back(self, request, pk):
        """All that was typed, when the security token of the POST was refused."""
        meeting = self._meeting(request, pk, ENTRY)
        sheet = EntrySheet(meeting, request.user, request.POST)
        return self._entry(request, sheet, status=403, csrf_failed=True)

    def _meeting(self, request, pk, permissions=()):
        """The meeting, for who may read it and has `permissions`."""
        meeting = self.get_object(request, str(pk))
        if meeting is None:
            raise Http404
        if not self.has_view_permission(request, meeting) or not request.user.has_perms(
            permissions
        ):
            raise PermissionDenied
        return meeting

    def _entry(self, request, sheet, status=200, csrf_failed=False):
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # the width goes to the rows
            "title": _("Enter the decisions"),
            "opts": self.opts,
            "meeting": sheet.meeting,
            "sheet": sheet,
            "csrf_failed": csrf_failed,
        }
        request.current_app = self.admin_site.name
        template = "admin/committee/committeemeeting/decisions.html"
        return TemplateResponse(request, template, context, status=status)
