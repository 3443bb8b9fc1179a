"""Pages of the timeline, and the remarks card."""

from functools import partial

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .editions import edition_or_404
from .forms import RemarksForm
from .intake import stations, take, typed
from .models import Project, StepDocument


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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remark_card_new(request, pk, *, csrf_failed=False):
    """The remarks card of a project, beside its text, in the windows that accept remarks."""
    projects = Project.objects.public().select_related("plan", "axis")
    project = get_object_or_404(projects, pk=pk)
    plan = project.plan
    form = RemarksForm(typed(request), project=project, headings=plan.headings.all())
    version = plan.versions.public().defer("data").first()
    context = {"project": project, "version": version}
    template = "consultations/remark_card_form.html"
    return take(
        request, plan, stations(plan=plan), form, template, context, csrf_failed=csrf_failed
    )


remark_card_new.csrf_failed = partial(remark_card_new, csrf_failed=True)
