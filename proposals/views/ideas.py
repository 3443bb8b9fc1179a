"""The published ideas."""

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from consultations.editions import edition_or_404
from consultations.models import ActionPlan, ModerationAct, Remark
from openmuni import clock
from openmuni.exports import csv_download
from proposals.filters import IdeaFilterForm
from proposals.models import Proposal, Status
from proposals.open_file import HEAD, rows_of
from proposals.results import reported_table
from proposals.trail import trail_of

PAGE_SIZE = 20


@require_safe
@vary_on_headers("HX-Request")
def idea_list(request, edition):
    """The published ideas of an edition with search, filters and orders; to htmx the list alone."""
    plan, now = edition_or_404(edition), clock.now()
    prefetch_related_objects([plan], "steps")
    filters = IdeaFilterForm(request.GET, plan=plan)
    page = _page_of(filters, request.GET.get("page"))
    any_idea = bool(filters.total)
    context = {
        "plan": plan,
        "filters": filters,
        "page": page,
        "query": filters.query,
        "today": clock.today(),
        "any_idea": any_idea,
        "open_for_ideas": any(step.accepts_ideas and step.takes(now) for step in plan.steps.all()),
        # An edition whose cards were never typed in has figures only.
        "reported": None if any_idea else reported_table(plan),
    }
    part = "proposals/_idea_listing.html" if request.htmx else "proposals/idea_list.html"
    return render(request, part, context)


def _page_of(filters, number):
    """A page of what was found, by keys alone: to sort whole texts is slow far from the first."""
    keys = filters.found().values_list("pk", flat=True)
    if filters.is_search:
        keys = list(keys)  # a search reads every text: once, not again to count what it found
    pages = Paginator(keys, PAGE_SIZE)
    if not filters.chosen:
        pages.count = filters.total
    page = pages.get_page(number)
    places = {key: place for place, key in enumerate(page.object_list)}
    # What a row shows; the long texts stay where they are.
    rows = Proposal.objects.filter(pk__in=places).select_related("submission", "axis")
    rows = rows.defer("body", "folded")
    page.object_list = sorted(rows, key=lambda proposal: places[proposal.pk])
    return page


@require_safe
def idea_file(request, edition):
    """The published ideas, narrowed and ordered as on the page, as a file: no name of anybody."""
    plan = edition_or_404(edition)
    found = IdeaFilterForm(request.GET, plan=plan).found()
    return csv_download(f"{plan.slug}-ideas-{clock.today():%Y-%m-%d}.csv", HEAD, rows_of(found))


@require_safe
def idea_detail(request, reference):
    """A published idea with its trail; 410 for one that was public and is withheld.

    The reference of a published remarks card leads to where its remarks are read.
    """
    proposals = Proposal.objects.select_related("submission__step", "plan", "axis", "project")
    proposals = proposals.prefetch_related("parts", "plan__steps")
    proposals = proposals.filter(plan__in=ActionPlan.objects.public())
    proposal = proposals.filter(submission__reference=reference).first()
    if proposal is None:
        return redirect(_remarks_of(reference))
    if not proposal.submission.is_public:
        return _not_public(request, proposal)
    context = {"plan": proposal.plan, "proposal": proposal, "trail": trail_of(proposal)}
    context["status_words"] = dict(Status.choices)
    return render(request, "proposals/idea_detail.html", context)


def _remarks_of(reference) -> str:
    """The address of the remarks of the published card of that reference. Raises Http404 for any other."""
    remarks = Remark.objects.public().filter(card__submission__reference=reference)
    remarks = remarks.filter(card__project__plan__in=ActionPlan.objects.public())
    remark = remarks.select_related("card__project__plan").order_by("pk").first()
    if remark is None:
        raise Http404
    project = remark.card.project
    page = reverse("remarks", args=[project.plan.slug])
    return f"{page}?project={project.number}#remark-{remark.pk}"


def _not_public(request, proposal):
    showing = [ModerationAct.Act.PUBLISH, ModerationAct.Act.RESTORE]
    if not proposal.submission.moderation_acts.filter(act__in=showing).exists():
        raise Http404
    context = {"plan": proposal.plan, "submission": proposal.submission}
    return render(request, "proposals/idea_withheld.html", context, status=410)
