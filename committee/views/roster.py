"""The seats of the committee and its meetings."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from committee.colleges import by_college, changes_of
from committee.meeting_figures import meetings_of
from consultations.editions import edition_or_404
from openmuni import clock


@require_safe
def roster(request, edition):
    """The seats of an edition's committee, the chair first, then by college; who came and went; its meetings."""
    plan = edition_or_404(edition)
    seats = list(plan.members.seats(clock.today()))
    meetings = meetings_of(plan)
    context = {
        "plan": plan,
        "colleges": by_college(seats),
        "seat_count": len(seats),
        "vacant_count": sum(seat.is_vacant for seat in seats),
        "changes": changes_of(plan.members.all()),
        "meetings": meetings,
        "held_count": sum(figures.meeting.is_held for figures in meetings),
    }
    return render(request, "committee/roster.html", context)
