"""The page of one act on several proposals, the actions of the list that lead to it, and its results."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from committee.forms.together import ACTS_TOGETHER, TOGETHER_LIMIT, Together
from committee.opinions import views_on


class ActsTogether:
    """Adds to the admin of the proposals the acts on several of them."""

    actions = ["decide_together", "confirm_together", "publish_together", "withhold_together"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.together_view)
        # The token was refused already: asked for again, the refusal would turn in a circle.
        view.csrf_failed = self.admin_site.admin_view(csrf_exempt(self.give_together_back))
        own = path("together/<slug:name>/", view, name="proposals_proposal_together")
        return [own, *super().get_urls()]

    def has_decide_permission(self, request):
        return request.user.has_perm("proposals.decide_proposal")

    def has_moderate_permission(self, request):
        return request.user.has_perm("consultations.moderate_submission")

    @admin.action(permissions=["decide"], description=gettext_lazy("Decide on the ticked ones"))
    def decide_together(self, request, queryset):
        return self._lead_to(request, "decide", queryset)

    @admin.action(permissions=["decide"], description=gettext_lazy("Confirm what waits on them"))
    def confirm_together(self, request, queryset):
        return self._lead_to(request, "confirm", queryset)

    @admin.action(permissions=["moderate"], description=gettext_lazy("Publish the ticked ones"))
    def publish_together(self, request, queryset):
        return self._lead_to(request, "publish", queryset)

    @admin.action(permissions=["moderate"], description=gettext_lazy("Withhold the ticked ones"))
    def withhold_together(self, request, queryset):
        return self._lead_to(request, "withhold", queryset)

    def _lead_to(self, request, name, queryset):
        """The page of the act, when those are not too many."""
        pks = list(queryset.values_list("pk", flat=True)[: TOGETHER_LIMIT + 1])
        if len(pks) > TOGETHER_LIMIT:
            text = _("Tick %(most)s at most: that is what one person can read.")
            messages.error(request, text % {"most": TOGETHER_LIMIT})
            return None
        address = reverse("admin:proposals_proposal_together", args=[name])
        return redirect(f"{address}?{urlencode({'pk': pks}, doseq=True)}")

    def together_view(self, request, name):
        """Show them with one form; do the act on each that is ticked, with its result beside it."""
        together = self._together(request, name)
        if together is None:
            return redirect("admin:proposals_proposal_changelist")
        if request.method == "POST":
            together.do()
        return self._show(request, together, status=409 if together.faults else 200)

    def give_together_back(self, request, name):
        """All that was typed and ticked, when the security token of the POST was refused."""
        together = self._together(request, name)
        if together is None:
            return redirect("admin:proposals_proposal_changelist")
        return self._show(request, together, status=403, csrf_failed=True)

    def _together(self, request, name) -> Together | None:
        """What was asked for, with what was sent; None, and a message, when it cannot be."""
        act = ACTS_TOGETHER.get(name)
        if act is None:
            raise Http404
        if not request.user.has_perm(act.form.permission) or not self.has_view_permission(request):
            raise PermissionDenied
        proposals = self._asked_for(request, name)
        if refusal := self._refusal(proposals):
            messages.error(request, refusal)
            return None
        return Together(act, proposals, request.user, request.POST or None)

    def _asked_for(self, request, name):
        """The proposals named in the address, or listed in the form; or those of a meeting that wait."""
        sent = request.POST.getlist("listed") or request.GET.getlist("pk")
        pks = [int(pk) for pk in sent[: TOGETHER_LIMIT + 1] if pk.isdecimal() and len(pk) < 16]
        rows = self.get_queryset(request).select_related("draft_decision__project")
        rows = rows.prefetch_related("parts__heading")
        meeting = request.GET.get("meeting", "")
        if name == "confirm" and request.method != "POST" and meeting.isdecimal():
            found = rows.filter(draft_decision__meeting=meeting[:15])
        else:
            found = rows.filter(pk__in=pks)
        return found.order_by("submission__received_at", "pk")

    def _refusal(self, proposals) -> str:
        """Why these cannot be acted on together; empty when they can."""
        plans = {each.plan_id for each in proposals}
        if not plans:
            return _("Nothing was ticked, or nothing of it waits any more.")
        if len(proposals) > TOGETHER_LIMIT:
            text = _("Tick %(most)s at most: that is what one person can read.")
            return text % {"most": TOGETHER_LIMIT}
        return _("Tick proposals of one edition only.") if len(plans) > 1 else ""

    def _show(self, request, together, status, csrf_failed=False):
        if request.user.has_perm("committee.view_opinion"):
            views = views_on([row.proposal for row in together.rows])
            for row in together.rows:
                row.views = views.get(row.proposal.pk, [])
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # the width goes to the rows
            "title": together.act.title,
            "opts": self.opts,
            "together": together,
            "csrf_failed": csrf_failed,
        }
        request.current_app = self.admin_site.name
        template = "admin/proposals/proposal/together.html"
        return TemplateResponse(request, template, context, status=status)
