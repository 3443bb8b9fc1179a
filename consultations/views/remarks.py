"""The remarks card."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.forms import RemarksForm
from consultations.intake import stations, take, typed
from consultations.models import Project


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remark_card_new(request, pk, *, csrf_failed=False):
    """The remarks card of a project, beside its text, in the windows that accept remarks."""
    projects = Project.objects.public().with_lines().select_related("plan", "axis")
    project = get_object_or_404(projects, pk=pk)
    plan = project.plan
    form = RemarksForm(typed(request), project=project, headings=plan.headings.all())
    version = plan.versions.public().defer("data").first()
    context = {"project": project, "version": version}
    template = "consultations/remark_card_form.html"
    return take(request, plan, stations(plan), form, template, context, csrf_failed=csrf_failed)


remark_card_new.csrf_failed = partial(remark_card_new, csrf_failed=True)
