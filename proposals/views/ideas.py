"""The published ideas."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.editions import edition_or_404
from consultations.models import ActionPlan, ModerationAct
from openmuni import clock
from proposals.forms import IdeaFilterForm
from proposals.models import Proposal
from proposals.results import reported_table
from proposals.trail import trail_of

PAGE_SIZE = 20


@require_safe
def idea_list(request, edition):
    """The published ideas of an edition, the newest first, with search and filters."""
    plan = edition_or_404(edition)
    filters = IdeaFilterForm(request.GET, plan=plan)
    published = Proposal.objects.public().filter(plan=plan)
    page = _page_of(filters.apply(published), request.GET.get("page"))
    any_idea = bool(page.paginator.count) or published.exists()
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "plan": plan,
        "filters": filters,
        "page": page,
        "total": page.paginator.count,
        "query": query.urlencode(),
        "any_idea": any_idea,
        "open_for_ideas": plan.steps.accepting_ideas(clock.now()).exists(),
        # An edition whose cards were never typed in has figures only.
        "reported": None if any_idea else reported_table(plan),
    }
    return render(request, "proposals/idea_list.html", context)


def _page_of(proposals, number):
    """A page of `proposals`, found by keys alone: to sort whole texts is slow far from the first."""
    keys = proposals.newest_first().values_list("pk", flat=True)
    page = Paginator(keys, PAGE_SIZE).get_page(number)
    rows = Proposal.objects.filter(pk__in=[*page.object_list]).newest_first()
    # What a row shows; the long texts stay where they are.
    page.object_list = rows.select_related("submission", "axis").defer("body", "folded")
    return page


@require_safe
def idea_detail(request, reference):
    """A published idea with its trail; 410 for one that was public and is withheld."""
    proposals = Proposal.objects.select_related("submission__step", "plan", "axis", "project")
    proposals = proposals.filter(plan__in=ActionPlan.objects.public())
    proposal = get_object_or_404(proposals, submission__reference=reference)
    if not proposal.submission.is_public:
        return _not_public(request, proposal)
    context = {"plan": proposal.plan, "proposal": proposal, "trail": trail_of(proposal)}
    return render(request, "proposals/idea_detail.html", context)


def _not_public(request, proposal):
    showing = [ModerationAct.Act.PUBLISH, ModerationAct.Act.RESTORE]
    if not proposal.submission.moderation_acts.filter(act__in=showing).exists():
        raise Http404
    context = {"plan": proposal.plan, "submission": proposal.submission}
    return render(request, "proposals/idea_withheld.html", context, status=410)
