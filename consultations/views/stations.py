"""The stations of the timeline, their documents and photographs, and the sheet to sign in on."""

import io

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.calendar import calendar_of
from consultations.editions import edition_or_404
from consultations.models import RemarkCard, Step, StepAttendance, StepDocument, Submission
from consultations.stations import what_stands
from openmuni import uploads

# As many as fit on two sheets of A4, unless asked otherwise.
ROWS, FEWEST_ROWS, MOST_ROWS = 34, 10, 200


@require_safe
def timeline(request, edition):
    """The stations of an edition, in order, with their dates, figures and documents."""
    plan = edition_or_404(edition)
    attendance = Prefetch("attendance", StepAttendance.objects.select_related("association"))
    steps = list(plan.steps.prefetch_related("documents", "moves", attendance))
    cards = RemarkCard.objects.filter(submission=OuterRef("pk"))
    came_in = Submission.objects.public().filter(~Exists(cards), step__in=steps)
    ideas = dict(came_in.order_by().values_list("step").annotate(Count("pk")))
    for step in steps:
        step.ideas = ideas.get(step.pk, 0)
    stands = what_stands(plan, steps)
    context = {"plan": plan, "steps": steps, "projects": plan.projects.all(), **stands}
    return render(request, "consultations/timeline.html", context)


@require_safe
def timeline_calendar(request, edition):
    """The days and hours of the stations, for the calendar of a telephone."""
    plan = edition_or_404(edition)
    page = request.build_absolute_uri(reverse("timeline", args=[plan.slug]))
    content = calendar_of(plan, plan.steps.all(), request.get_host(), page)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plan.slug}.ics"'
    return response


@require_safe
def step_document(request, pk):
    """A station's document, always as a download."""
    document = _readable(request, pk)
    name, kind = document.download_name, uploads.CONTENT_TYPES.get(document.extension)
    return FileResponse(_opened(document), as_attachment=True, filename=name, content_type=kind)


@require_safe
def step_photograph(request, pk):
    """A photograph, to be seen in the browser."""
    photograph = _photograph(request, pk)
    kind = uploads.CONTENT_TYPES[photograph.extension]
    return FileResponse(_opened(photograph), content_type=kind)


@require_safe
def step_photograph_small(request, pk):
    """A photograph as it stands on the page of the stations; kept by no shared cache before it is public."""
    photograph = _photograph(request, pk)
    with _opened(photograph) as content:
        response = FileResponse(io.BytesIO(uploads.small(content)), content_type="image/jpeg")
    is_public = photograph.step.plan.is_public
    patch_cache_control(response, max_age=3600, **({} if is_public else {"private": True}))
    return response


@never_cache
@staff_member_required
@permission_required("consultations.view_step", raise_exception=True)
@require_safe
def sign_in_sheet(request, pk):
    """A sheet of paper to sign at a station; `rows` says how many may sign."""
    step = get_object_or_404(Step.objects.select_related("plan"), pk=pk)
    asked = request.GET.get("rows", "")
    rows = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else ROWS
    rows = min(max(rows, FEWEST_ROWS), MOST_ROWS)
    context = {"step": step, "plan": step.plan, "rows": range(1, rows + 1), "row_count": rows}
    context |= {"fewest_rows": FEWEST_ROWS, "most_rows": MOST_ROWS}
    return render(request, "consultations/sign_in_sheet.html", context)


def _readable(request, pk):
    """The document, if the public may see its edition or this member of staff its documents."""
    document = get_object_or_404(StepDocument.objects.select_related("step__plan"), pk=pk)
    if document.step.plan.is_public or request.user.has_perm("consultations.view_stepdocument"):
        return document
    raise Http404


def _photograph(request, pk):
    document = _readable(request, pk)
    if not document.is_photograph:
        raise Http404
    return document


def _opened(document):
    try:
        return document.file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
