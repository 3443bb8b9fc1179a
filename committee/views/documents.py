"""All that can be kept of an edition: its versions, its cards, the papers of its stations, its data."""

from django.db.models.functions import Length
from django.shortcuts import render
from django.views.decorators.http import require_safe

from committee.documents import holds_any, withheld_references
from consultations.editions import edition_or_404
from consultations.models import PlanPdf


@require_safe
def documents(request, edition):
    """The files of an edition, each with its kind, its size and its day."""
    plan = edition_or_404(edition)
    withheld = withheld_references(plan)
    versions = plan.versions.public().prefetch_related("errata")
    # The data are long, and read only to find in them what is withheld since.
    versions = list(versions if withheld else versions.defer("data"))
    pdfs = _pdfs(versions)
    for version in versions:
        version.files = pdfs.get(version.pk, [])
        version.is_shut = bool(withheld) and holds_any(version, withheld)
    steps = plan.steps.prefetch_related("documents")
    context = {
        "plan": plan,
        "versions": versions,
        "steps": [step for step in steps if step.documents.all()],
        "has_projects": plan.projects.exists(),
        "logged_at": plan.log.order_by("-number").values_list("at", flat=True).first(),
    }
    return render(request, "committee/documents.html", context)


def _pdfs(versions) -> dict[int, list[PlanPdf]]:
    """The printed documents of `versions` by the key of their version, with their `size` in bytes."""
    found = PlanPdf.objects.filter(version__in=versions).order_by("language")
    by_version = {}
    for pdf in found.defer("content").annotate(size=Length("content")):
        by_version.setdefault(pdf.version_id, []).append(pdf)
    return by_version
