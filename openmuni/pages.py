"""The pages that compose all the apps: home, about, what the law asks to say."""

import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from committee.models import Deliberation
from consultations.editions import current_plan, edition_or_404
from consultations.models import ActionPlan, Commune, Moderation, Statement
from consultations.stations import what_stands
from proposals.models import Decision, Proposal, ReportedTally, Status
from proposals.results import decision_table

from . import clock

DECIDED_SHOWN = 3
# When the statement was last compared with the tests that it tells of.
ACCESSIBILITY_STATED_ON = datetime.date(2026, 11, 23)


@require_safe
def home(request, edition=None):
    """What is open, until when, how to take part, what became of the ideas, what comes next."""
    plan = edition_or_404(edition) if edition else current_plan()
    if plan is None:
        return render(request, "openmuni/empty.html")
    steps = list(plan.steps.prefetch_related("moves"))
    decided_in = _edition_with_decisions(plan)
    decided = _latest_decisions(decided_in) if decided_in else []
    ideas = Proposal.objects.public().filter(plan=plan)
    context = {
        "plan": plan,
        "other_plans": ActionPlan.objects.public().exclude(pk=plan.pk).latest_first(),
        "steps": steps,
        **what_stands(plan, steps),
        "has_vote": Deliberation.objects.filter(sitting__session__plan=plan).exists(),
        "decided_in": decided_in or plan,
        "tally": decision_table(decided_in or plan),
        "decided": decided,
        "came": ideas.count() if decided_in != plan else 0,
        "projects": plan.projects.with_lines().select_related("axis"),
        "latest_ideas": [] if decided else ideas.newest_first()[:DECIDED_SHOWN],
    }
    return render(request, "openmuni/home.html", context)


def _edition_with_decisions(plan) -> ActionPlan | None:
    """`plan` if one of its ideas is decided, else the latest edition before it of which that is true.

    What a rehearsal decided is told of itself alone.
    """
    decided = Proposal.objects.public().exclude(status=Status.IN_PROGRESS)
    reported = ReportedTally.objects.filter(step__plan=OuterRef("pk"))
    earlier = Q(is_rehearsal=False, start_year__lte=plan.start_year)
    plans = ActionPlan.objects.public().filter(Q(pk=plan.pk) | earlier)
    plans = plans.filter(Exists(decided.filter(plan=OuterRef("pk"))) | Exists(reported))
    found = list(plans.latest_first())
    return plan if plan in found else next(iter(found), None)


def _latest_decisions(plan) -> list[Decision]:
    """The outcomes reached last that still stand, each of another idea."""
    outcomes = Decision.objects.filter(
        proposal__plan=plan,
        proposal__submission__moderation=Moderation.PUBLISHED,
        to_status=F("proposal__status"),
    ).exclude(to_status=Status.IN_PROGRESS)
    # Twice as many and more: an idea that was decided anew has two.
    newest = outcomes.select_related("proposal__submission", "project").order_by("-pk")
    of_ideas = {}
    for decision in newest[: 3 * DECIDED_SHOWN]:
        of_ideas.setdefault(decision.proposal_id, decision)
    return [*of_ideas.values()][:DECIDED_SHOWN]


@require_safe
def about(request, edition):
    """The objectives, principles, method, consultation, next steps and work file of an edition."""
    plan = edition_or_404(edition)
    by_kind = {kind: [] for kind in Statement.Kind.values}
    for statement in plan.statements.all():
        by_kind[statement.kind].append(statement)
    context = {
        "plan": plan,
        "objectives": by_kind[Statement.Kind.OBJECTIVE],
        "development": by_kind[Statement.Kind.DEVELOPMENT],
        "axes": plan.axes.all(),
        "principles": by_kind[Statement.Kind.PRINCIPLE],
        "method_steps": by_kind[Statement.Kind.METHOD_STEP],
        "consultation_steps": by_kind[Statement.Kind.CONSULTATION_STEP],
        "cards": by_kind[Statement.Kind.CARD],
        "next_steps": by_kind[Statement.Kind.NEXT_STEP],
        "work_file": by_kind[Statement.Kind.WORK_FILE],
    }
    return render(request, "openmuni/about.html", context)


@require_safe
def privacy(request):
    """What becomes of personal data, as law 09-08 asks."""
    return render(request, "openmuni/privacy.html", {"plan": current_plan()})


@require_safe
def accessibility(request):
    """How far the site is open to everybody, how that was tested, and how to say what is not."""
    context = {"plan": current_plan(), "stated_on": ACCESSIBILITY_STATED_ON}
    return render(request, "openmuni/accessibility.html", context)


@require_safe
def legal(request):
    """Who publishes the site, under which licences, and what it is not."""
    return render(request, "openmuni/legal.html", {"plan": current_plan()})


@require_safe
def robots(request):
    """What machines that read the web may open, and where the list of pages is."""
    return render(request, "openmuni/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def humans(request):
    """What the site is made of, and for whom."""
    return render(request, "openmuni/humans.txt", content_type="text/plain; charset=utf-8")


@require_safe
def security(request):
    """Whom to tell of a hole in the site (RFC 9116); 404 while the commune has no contact."""
    commune = Commune.objects.first()
    if commune is None or not commune.contact_email:
        raise Http404
    context = {"commune": commune, "expires": clock.now() + datetime.timedelta(days=180)}
    template = "openmuni/security.txt"
    return render(request, template, context, content_type="text/plain; charset=utf-8")
