"""Sending an idea or a new project card, and following what was sent: the pages whose purpose is a POST."""

from functools import partial

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.editions import current_plan, edition_or_404
from consultations.intake import stations, take, typed
from consultations.models import RemarkCard, Submission
from consultations.promises import promised
from consultations.trail import events_of
from proposals.forms import IdeaForm, NewProjectForm, TrackForm
from proposals.models import Proposal, Status
from proposals.trail import trail_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_new(request, edition, *, csrf_failed=False):
    """The form of an idea."""
    plan = edition_or_404(edition)
    form = IdeaForm(typed(request), plan=plan)
    template = "proposals/idea_form.html"
    return take(request, plan, stations(plan), form, template, {}, csrf_failed=csrf_failed)


idea_new.csrf_failed = partial(idea_new, csrf_failed=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_project(request, edition, *, csrf_failed=False):
    """The new project card, in the windows that accept remarks."""
    plan = edition_or_404(edition)
    form = NewProjectForm(typed(request), plan=plan, headings=plan.headings.all())
    template = "proposals/new_project_form.html"
    return take(request, plan, stations(plan), form, template, {}, csrf_failed=csrf_failed)


new_project.csrf_failed = partial(new_project, csrf_failed=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request):
    """What became of an idea or of remarks, by their tracking code. Every miss gets the same answer."""
    form = TrackForm(typed(request))
    if not form.is_valid():
        return _code_form(request, form)
    found = Submission.objects.with_code(*form.cleaned_data["code"])
    proposals = Proposal.objects.select_related("submission", "project", "plan")
    if proposal := proposals.filter(submission__in=found).first():
        context = {"plan": proposal.plan, "proposal": proposal, "trail": trail_of(proposal)}
        waits = proposal.status == Status.IN_PROGRESS
        context |= promised(proposal.submission, proposal.plan, waits=waits)
        return render(request, "proposals/tracked.html", context)
    cards = RemarkCard.objects.select_related("submission", "project__plan", "version").defer(
        "version__data"
    )
    if card := cards.filter(submission__in=found).first():
        return _tracked_card(request, card)
    return _code_form(request, form, missed=True)


def _tracked_card(request, card):
    plan, remarks = card.project.plan, card.remarks.select_related("heading")
    context = {
        "plan": plan,
        "card": card,
        "remarks": remarks,
        "trail": events_of(card.submission, _("The remarks were received")),
    }
    waits = not all(remark.is_answered for remark in remarks)
    context |= promised(card.submission, plan, waits=waits)
    return render(request, "consultations/tracked_card.html", context)


def _code_form(request, form, *, missed=False, status=200):
    context = {"plan": current_plan(), "form": form, "missed": missed}
    return render(request, "proposals/track.html", context, status=status)


@never_cache
def _give_code_back(request):
    """The form with its code, when the security token of the POST was refused."""
    return _code_form(request, TrackForm(request.POST), status=403)


track.csrf_failed = _give_code_back
