"""The pages that compose all the apps: home, about, privacy."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.editions import current_plan, edition_or_404
from consultations.models import ActionPlan, Statement
from proposals.models import Proposal
from proposals.results import decision_table

from . import clock


@require_safe
def home(request, edition=None):
    """What is open, until when, how to take part, what became of the ideas, what comes next."""
    plan = edition_or_404(edition) if edition else current_plan()
    if plan is None:
        return render(request, "openmuni/empty.html")
    now = clock.now()
    steps = list(plan.steps.prefetch_related("moves"))
    open_steps = list(plan.steps.open(now))
    context = {
        "plan": plan,
        "other_plans": ActionPlan.objects.public().exclude(pk=plan.pk).latest_first(),
        "steps": steps,
        "open_steps": open_steps,
        "open_for_ideas": any(step.accepts_ideas for step in open_steps),
        "next_step": next((step for step in steps if step.phase == "next"), None),
        "tally": decision_table(plan),
        "projects": plan.projects.with_lines().select_related("axis"),
        "latest_ideas": Proposal.objects.public().filter(plan=plan).newest_first()[:3],
    }
    return render(request, "openmuni/home.html", context)


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
