"""The openness projects, with the ideas merged into them and the remarks on their cards."""

from django.db.models import Count, F, OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations.became import has_changed_since
from consultations.editions import edition_or_404
from consultations.models import FundingLine, Moderation, Project, ProjectPrinciple, Remark
from openmuni import clock
from proposals.models import Decision, Proposal
from proposals.sheet import Sheet


def _count(rows, project_of_row):
    """How many of `rows` hang on each project: a query within the query, as joins would multiply them."""
    of_project = rows.filter(**{project_of_row: OuterRef("pk")}).order_by().values(project_of_row)
    return Subquery(of_project.annotate(number=Count("pk")).values("number"))


def _step_for_remarks(plan):
    """The station of `plan` that takes remarks now, or None; of stations that were fetched."""
    now = clock.now()
    return next((one for one in plan.steps.all() if one.accepts_remarks and one.takes(now)), None)


@require_safe
def project_list(request, edition):
    """The projects of an edition, with what each and all of them cost; of one axis, if it is asked for."""
    plan = edition_or_404(edition)
    projects = _counted(plan.projects.with_lines().select_related("axis"))
    axes = list(plan.axes.annotate(project_count=Count("projects")))
    axis = _chosen(axes, request.GET.get("axis"))
    prefetch_related_objects([plan], "steps")
    shown = list(projects.filter(axis=axis) if axis else projects)
    sums = _sums(plan, axis)
    context = {
        "plan": plan,
        "axes": [one for one in axes if one.project_count],
        "axis": axis,
        "projects": shown,
        "sums": sums,
        "remarks_step": _step_for_remarks(plan),
        "next_window": _next_window(plan),
        "is_untold": plan.is_over and not sums["total"] and not any(map(_is_told, shown)),
    }
    return render(request, "proposals/project_list.html", context)


def _counted(projects):
    published = Proposal.objects.filter(submission__moderation=Moderation.PUBLISHED)
    return projects.annotate(
        merged_count=_count(published, "project"),
        remark_count=_count(Remark.objects.public(), "card__project"),
    )


def _is_told(project) -> bool:
    return project.count_of_headings_written > 0


def _sums(plan, axis):
    """What the projects of `plan` cost; of one axis, if there is one."""
    lines = FundingLine.objects.filter(project__plan=plan)
    return (lines.filter(project__axis=axis) if axis else lines).sums()


def _chosen(axes, key):
    """The axis of that key; None when none is named. Raises Http404 for an unknown one."""
    if not key:
        return None
    found = [axis for axis in axes if axis.key == key]
    if not found:
        raise Http404
    return found[0]


def _next_window(plan):
    """The next station of `plan` at which remarks may be written, or None."""
    ahead = [step for step in plan.steps.all() if step.accepts_remarks and step.phase == "next"]
    return min(ahead, key=lambda step: step.opening, default=None)


@require_safe
def project_detail(request, pk):
    """A project's sheet, heading by heading; what is empty is said to be empty."""
    principles = Prefetch("principles", ProjectPrinciple.objects.select_related("principle"))
    projects = Project.objects.public().with_lines()
    projects = projects.select_related("plan", "axis", "carried_from__plan").prefetch_related(
        "expected_results", principles, "milestones", "plan__steps"
    )
    project = get_object_or_404(projects, pk=pk)
    # Their titles, and what is kept of each, only: there may be hundreds.
    decided = Decision.objects.filter(proposal=OuterRef("pk")).order_by("-pk")
    merged = Proposal.objects.public().filter(project=project).newest_first()
    merged = merged.annotate(kept_part=Subquery(decided.values("kept_part")[:1]))
    # The newest one, and the one before it to be compared with; of their data the projects alone.
    versions = project.plan.versions.public().defer("data")
    versions = list(versions.annotate(projects=F("data__projects"))[:2])
    context = {
        "plan": project.plan,
        "project": project,
        "sheet": Sheet(project, request.GET.get("page")),
        "merged": merged.defer("body", "folded"),
        "remarks_step": _step_for_remarks(project.plan),
        "versions": versions,
        "has_changed": bool(versions) and has_changed_since(versions[0].projects or [], project),
    }
    return render(request, "proposals/project_detail.html", context)
