"""The openness projects, with the ideas merged into them and the remarks on their cards."""

from django.db.models import Count, OuterRef, Subquery
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.editions import edition_or_404
from consultations.models import FundingLine, Moderation, Project, Remark
from openmuni import clock
from proposals.models import Decision, Proposal
from proposals.sheet import Sheet


def _count(rows, project_of_row):
    """How many of `rows` hang on each project: a query within the query, as joins would multiply them."""
    of_project = rows.filter(**{project_of_row: OuterRef("pk")}).order_by().values(project_of_row)
    return Subquery(of_project.annotate(number=Count("pk")).values("number"))


@require_safe
def project_list(request, edition):
    """The projects of an edition, with what each and all of them cost."""
    plan = edition_or_404(edition)
    published = Proposal.objects.filter(submission__moderation=Moderation.PUBLISHED)
    projects = plan.projects.with_lines().select_related("axis")
    context = {
        "plan": plan,
        "projects": projects.annotate(
            merged_count=_count(published, "project"),
            remark_count=_count(Remark.objects.public(), "card__project"),
        ),
        "sums": FundingLine.objects.filter(project__plan=plan).sums(),
        "remarks_step": plan.steps.accepting_remarks(clock.now()).first(),
    }
    return render(request, "proposals/project_list.html", context)


@require_safe
def project_detail(request, pk):
    """A project's sheet, heading by heading; what is empty is said to be empty."""
    projects = Project.objects.public().with_lines()
    projects = projects.select_related("plan", "axis", "carried_from__plan").prefetch_related(
        "expected_results", "principles__principle", "milestones"
    )
    project = get_object_or_404(projects, pk=pk)
    # Their titles, and what is kept of each, only: there may be hundreds.
    decided = Decision.objects.filter(proposal=OuterRef("pk")).order_by("-pk")
    merged = Proposal.objects.public().filter(project=project).newest_first()
    merged = merged.annotate(kept_part=Subquery(decided.values("kept_part")[:1]))
    context = {
        "plan": project.plan,
        "project": project,
        "sheet": Sheet(project, request.GET.get("page")),
        "merged": merged.defer("body", "folded"),
        "remarks_step": project.plan.steps.accepting_remarks(clock.now()).first(),
        "version": project.plan.versions.public().defer("data").first(),
    }
    return render(request, "proposals/project_detail.html", context)
