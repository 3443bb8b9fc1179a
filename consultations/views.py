"""Pages of the timeline."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .editions import edition_or_404
from .models import StepDocument


@require_safe
def timeline(request, edition):
    """The stations of an edition, in order, with their dates, figures and documents."""
    plan = edition_or_404(edition)
    steps = plan.steps.prefetch_related("documents")
    return render(request, "consultations/timeline.html", {"plan": plan, "steps": steps})


@require_safe
def step_document(request, pk):
    """A station's document, always as a download."""
    document = get_object_or_404(StepDocument, pk=pk)
    try:
        content = document.file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(content, as_attachment=True, content_type="application/pdf")
