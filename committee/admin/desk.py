"""The page of one proposal: everything there is to read, and the acts beside it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from committee.forms import ACTS
from committee.models import CommitteeMember
from consultations.models import Contact, IllegalModeration
from proposals.models import IllegalMove, StaleVersion
from proposals.trail import trail_of


class Desk:
    """Replaces an admin's change page. The stock form is gone, so no field of it can be posted."""

    change_form_template = "admin/proposals/proposal/change_form.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        # The token was refused already: asked for again, the refusal would turn in a circle.
        view.csrf_failed = self.admin_site.admin_view(csrf_exempt(self.give_back))
        acts = [
            path(f"<int:pk>/{name}/", view, {"name": name}, f"proposals_proposal_{name}")
            for name in ACTS
        ]
        return acts + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the desk. Every act has an address of its own, so nothing is posted here."""
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        return self.desk(request, self.readable(request, object_id))

    def act_view(self, request, pk, name):
        """Do one act; on any refusal give the desk back with all that was typed."""
        proposal = self.readable(request, pk)
        form = self._sent(request, proposal, name)
        if request.method != "POST":
            return redirect("admin:proposals_proposal_change", pk)
        if not form.is_valid():
            return self.desk(request, proposal, form)
        try:
            form.act(CommitteeMember.objects.actor(request.user, proposal.plan))
        except (StaleVersion, IllegalMove, IllegalModeration) as conflict:
            now = self.readable(request, pk)
            return self.desk(request, now, form.again(now), conflict=str(conflict))
        messages.success(request, self._done(form))
        return redirect("admin:proposals_proposal_change", pk)

    def give_back(self, request, pk, name):
        """The desk with all that was typed, when the security token of the POST was refused."""
        proposal = self.readable(request, pk)
        return self.desk(request, proposal, self._sent(request, proposal, name), csrf_failed=True)

    def _sent(self, request, proposal, name):
        act = ACTS[name]
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        return act(request.POST, proposal=proposal, user=request.user)

    def readable(self, request, pk):
        """The proposal as the person may read it."""
        proposal = self.get_object(request, str(pk))
        if proposal is None:
            raise Http404
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        return proposal

    def desk(self, request, proposal, sent=None, *, conflict="", csrf_failed=False):
        """The page, with the form that was sent in its place; 409 when another act came between."""
        forms = {
            name: act(proposal=proposal, user=request.user)
            for name, act in ACTS.items()
            if request.user.has_perm(act.permission)
        }
        forms = {name: form for name, form in forms.items() if form.is_possible}
        if sent:
            forms[sent.name] = sent
        trail = trail_of(proposal)
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # the width goes to the text and the acts
            "title": proposal.title,
            "opts": self.opts,
            "proposal": proposal,
            "trail": trail,
            "latest": trail[-1],
            "opinions": self._opinions(request, proposal),
            "contact": self._contact(request, proposal),
            "forms": forms,
            "sent": sent,
            "conflict": conflict,
            "csrf_failed": csrf_failed,
            "following": self._following(forms),
        }
        request.current_app = self.admin_site.name
        status = 409 if conflict else 403 if csrf_failed else 200
        return TemplateResponse(request, self.change_form_template, context, status=status)

    def _opinions(self, request, proposal):
        if not request.user.has_perm("committee.view_opinion"):
            return None
        return proposal.opinions.select_related("member")

    def _contact(self, request, proposal):
        if not request.user.has_perm("consultations.view_contact"):
            return None
        return Contact.objects.filter(submission=proposal.submission).first()

    def _following(self, forms):
        """The next proposal that waits for what this person may do here."""
        queues = (form.queue.exclude(pk=form.proposal.pk) for form in forms.values())
        return next((found for queue in queues if (found := queue.first())), None)

    def _done(self, form):
        following = form.queue.exclude(pk=form.proposal.pk).first()
        if following is None:
            return form.done
        address = reverse("admin:proposals_proposal_change", args=[following.pk])
        link = format_html('<a href="{}">{}</a>', address, _("Next one waiting"))
        return format_html("{} {}", form.done, link)
