"""The pages that compose all the apps: home, about, privacy, and what is shown when something fails."""

from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.csrf import csrf_failure as stock_csrf_failure
from django.views.decorators.http import require_safe

from consultations.editions import current_plan, edition_or_404
from consultations.forms import HEADING_PREFIX
from consultations.models import ActionPlan, Statement
from proposals.models import Proposal
from proposals.results import decision_table

from . import clock

# The fields, of citizens and of staff, whose text is given back when something fails; the boxes of
# a card beside them.
TYPED_AT_LENGTH = ("title", "body", "neighbourhood", "reason", "kept_part", "comment")


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


def csrf_failure(request, reason=""):
    """Give a form back with its text when its security token was refused.

    A view says how by an attribute `csrf_failed(request, *args, **kwargs)`.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return forbidden(request)
    give_back = getattr(match.func, "csrf_failed", None)
    if give_back is None:
        return stock_csrf_failure(request, reason, template_name="403.html")
    return give_back(request, *match.args, **match.kwargs)


def bad_request(request, exception=None):
    """The request could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    """The visitor may not do this."""
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    """There is no such page."""
    return render(request, "404.html", status=404)


def _is_at_length(name):
    return name in TYPED_AT_LENGTH or name.startswith(HEADING_PREFIX)


def server_error(request):
    """Something failed on our side: whoever was sending a text gets it back."""
    typed = [text for name, text in request.POST.items() if text and _is_at_length(name)]
    # No context processor: the database may be the very thing that failed.
    return render(None, "500.html", {"typed": typed}, status=500)
