"""The pages that compose all the apps: home, about, what the law asks to say."""

import datetime

from django.db.models import Exists, F, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from committee.models import Deliberation
from consultations.editions import current_plan, edition_or_404
from consultations.models import ActionPlan, Commune, Moderation, Statement
from consultations.stations import what_stands
from proposals.models import Decision, Proposal, ReportedTally, Status
from proposals.results import decision_table

from . import clock

DECIDED_SHOWN = IDEAS_SHOWN = 3
# When the statement was last compared with the tests that it tells of.
ACCESSIBILITY_STATED_ON = datetime.date(2026, 11, 23)


@require_safe
def home(request, edition=None):
    """What is open, until when, how to take part, what became of the ideas, what comes next."""
    plan = edition_or_404(edition) if edition else current_plan()
    if plan is None:
        return render(request, "openmuni/empty.html")
    steps = list(plan.steps.prefetch_related("moves"))
    editions = _editions()
    context = {
        "plan": plan,
        "other_plans": [other for other in editions if other != plan],
        "steps": steps,
        **what_stands(plan, steps),
        "has_vote": next(each.has_vote for each in editions if each == plan),
        **_what_became(plan, _edition_with_decisions(plan, editions)),
        "projects": plan.projects.select_related("axis"),
    }
    return render(request, "openmuni/home.html", context)


def _what_became(plan, decided_in) -> dict:
    """The figures and the last decisions of `decided_in`; while `plan` has none of its own, its latest ideas."""
    decided = _latest_decisions(decided_in) if decided_in else []
    own = decided if decided_in == plan else []
    ideas = Proposal.objects.public().filter(plan=plan)
    latest_ideas = [] if own else list(ideas.newest_first()[:IDEAS_SHOWN])
    return {
        "decided_in": decided_in or plan,
        "tally": decision_table(decided_in or plan),
        "decided": decided,
        "came": ideas.count() if latest_ideas and decided_in != plan else 0,
        "latest_ideas": latest_ideas,
        "any_idea": bool(own or latest_ideas),
    }


def _editions() -> list[ActionPlan]:
    """The public editions, the latest first, each with whether an idea of it is decided and the council voted."""
    here = OuterRef("pk")
    decided = Proposal.objects.public().exclude(status=Status.IN_PROGRESS).filter(plan=here)
    reported = ReportedTally.objects.filter(step__plan=here)
    votes = Deliberation.objects.filter(sitting__session__plan=here)
    plans = ActionPlan.objects.public().latest_first()
    return list(
        plans.annotate(
            has_decisions=Exists(decided) | Exists(reported),
            has_vote=Exists(votes),
        )
    )


def _edition_with_decisions(plan, editions) -> ActionPlan | None:
    """`plan` if one of its ideas is decided, else the latest edition before it of which that is true.

    What a rehearsal decided is told of itself alone.
    """
    decided = [each for each in editions if each.has_decisions]
    if plan in decided:
        return plan
    real = (each for each in decided if not each.is_rehearsal)
    return next((each for each in real if each.start_year <= plan.start_year), None)


def _latest_decisions(plan) -> list[Decision]:
    """The outcomes reached last that still stand, each of another idea."""
    outcomes = Decision.objects.filter(
        proposal__plan=plan,
        proposal__submission__moderation=Moderation.PUBLISHED,
        to_status=F("proposal__status"),
    ).exclude(to_status=Status.IN_PROGRESS)
    # Twice as many and more: an idea that was decided anew has two.
    newest = (
        outcomes.select_related("proposal__submission")
        .order_by("-pk")
        .defer("proposal__body", "proposal__folded")
    )
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
def favicon(request):
    """The icon, where programs ask for it that read no page."""
    return redirect(static("img/favicon-32.png"))


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
    expires = clock.now().replace(microsecond=0) + datetime.timedelta(days=180)
    context = {"commune": commune, "expires": expires.isoformat()}
    template = "openmuni/security.txt"
    return render(request, template, context, content_type="text/plain; charset=utf-8")
