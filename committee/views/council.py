"""The page of the way to the council."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from committee.way_to_council import way_of
from consultations.editions import edition_or_404


@require_safe
def council(request, edition):
    """The bureau, the council's session and its vote, the governor: dated, with what is not known yet."""
    plan = edition_or_404(edition)
    return render(request, "committee/council.html", {"plan": plan, "way": way_of(plan)})
