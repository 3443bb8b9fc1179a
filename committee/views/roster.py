"""The seats of the committee and its meetings."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from committee.colleges import by_college
from committee.meeting_figures import meetings_of
from consultations.editions import edition_or_404
from openmuni import clock


@require_safe
def roster(request, edition):
    """The seats of an edition's committee, the chair first, then by college; its meetings in figures."""
    plan = edition_or_404(edition)
    seats = plan.members.seats(clock.today())
    context = {"plan": plan, "colleges": by_college(seats), "meetings": meetings_of(plan)}
    return render(request, "committee/roster.html", context)
