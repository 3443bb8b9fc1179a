"""The openness projects, with the ideas merged into them and the remarks on their cards."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.editions import edition_or_404
from consultations.models import Moderation, Project, Remark, RemarkHeading
from proposals.models import Proposal

_MERGED = Count(
    "proposals", Q(proposals__submission__moderation=Moderation.PUBLISHED), distinct=True
)
_REMARKS = Count(
    "remark_cards__remarks",
    Q(remark_cards__submission__moderation=Moderation.PUBLISHED),
    distinct=True,
)


@require_safe
def project_list(request, edition):
    """The projects of an edition."""
    plan = edition_or_404(edition)
    projects = plan.projects.select_related("axis").annotate(
        merged_count=_MERGED, remark_count=_REMARKS
    )
    return render(request, "proposals/project_list.html", {"plan": plan, "projects": projects})


@require_safe
def project_detail(request, pk):
    """A project's card, heading by heading; an empty heading is said to be empty."""
    project = get_object_or_404(Project.objects.select_related("plan", "axis"), pk=pk)
    headings = RemarkHeading.objects.filter(plan=project.plan)
    remarks = Remark.objects.filter(
        card__project=project, card__submission__moderation=Moderation.PUBLISHED
    ).select_related("card__submission")
    sections = [
        {
            "heading": heading,
            "text": text,
            "language": language,
            "remarks": [remark for remark in remarks if remark.heading_id == heading.pk],
        }
        for heading in headings
        for text, language in [heading.text_of(project)]
    ]
    # Their titles only: there may be hundreds.
    merged = Proposal.objects.public().filter(project=project).newest_first()
    merged = merged.defer("body", "folded")
    context = {"plan": project.plan, "project": project, "sections": sections, "merged": merged}
    return render(request, "proposals/project_detail.html", context)
