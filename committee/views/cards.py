"""Blank cards to print, open to everybody: workshops are held by whoever wishes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from committee.documents import DocumentError
from committee.documents.cards import (
    cards_page,
    cards_pdf,
    fingerprint,
    idea_card,
    new_project_card,
    remarks_card,
)
from committee.documents.work_file import work_file_page
from consultations.editions import edition_or_404
from consultations.models import Project


@require_safe
def idea_card_pdf(request, edition):
    """The idea card, two on a page."""
    plan = edition_or_404(edition)
    return _download(request, plan, "idea", [idea_card(plan)])


@require_safe
def new_project_card_pdf(request, edition):
    """The new project card."""
    plan = edition_or_404(edition)
    return _download(request, plan, "new-project", [new_project_card(plan)])


@require_safe
def remarks_card_pdf(request, pk):
    """The remarks card of one project."""
    projects = Project.objects.public().with_lines().select_related("plan", "axis")
    project = get_object_or_404(projects, pk=pk)
    return _download(request, project.plan, f"remarks-{project.number}", [remarks_card(project)])


@require_safe
def work_file(request, edition):
    """The work file: the programme in brief, a remarks card for each project, a new project card."""
    plan = edition_or_404(edition)
    html = work_file_page(plan, get_language(), origin_of(request))
    return _answer(request, html, f"{plan.slug}-work-file-{get_language()}.pdf")


def _download(request, plan, name, cards):
    html = cards_page(plan, cards, get_language(), origin_of(request))
    return _answer(request, html, f"{plan.slug}-{name}-{get_language()}.pdf")


def origin_of(request) -> str:
    """The address of the site, without a path."""
    return request.build_absolute_uri("/").rstrip("/")


def _answer(request, html, name):
    """The PDF of `html`; not even looked up for whoever has it already."""
    etag = f'"{fingerprint(html)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = pdf_answer(cards_pdf(html), name)
        except DocumentError as error:
            context = {"message": error}
            return render(request, "committee/cards/failed.html", context, status=503)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=300)
    return response


def pdf_answer(content, name) -> HttpResponse:
    """A PDF shown in the browser, under `name` when it is kept."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
