"""Pages of the committee."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.models import ActionPlan
from openmuni import clock

from .models import CommitteeMember


@require_safe
def roster(request, edition):
    """The seats of an edition's committee, the chair first, then by college."""
    plan = get_object_or_404(ActionPlan, slug=edition)
    sitting = plan.members.sitting(clock.today())
    return render(request, "committee/roster.html", {"plan": plan, "colleges": by_college(sitting)})


def by_college(members) -> list[dict]:
    """`members` as [{label, members}]: the chair apart, as the act of appointment lists them."""
    members = list(members)
    chair = [member for member in members if member.role == CommitteeMember.Role.CHAIR]
    groups = [{"label": _("Committee chair"), "members": chair}]
    for college in CommitteeMember.College:
        others = [member for member in members if member.college == college and member not in chair]
        groups.append({"label": college.label, "members": others})
    return [group for group in groups if group["members"]]
