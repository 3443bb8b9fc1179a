"""What became of the ideas, in figures."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.editions import edition_or_404
from proposals.results import TOTAL_LABEL, decision_table


@require_safe
def results(request, edition):
    """Decisions by channel as in the deck, and who took part in the meetings."""
    plan = edition_or_404(edition)
    context = {
        "plan": plan,
        "table": decision_table(plan),
        "total_label": TOTAL_LABEL,
        "meetings": plan.steps.exclude(participants=None),
    }
    return render(request, "proposals/results.html", context)
