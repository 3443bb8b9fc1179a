"""What became of the ideas, in figures."""

from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from consultations.editions import edition_or_404
from openmuni import clock
from openmuni.exports import csv_download
from proposals.models import Status
from proposals.results import TOTAL_LABEL, edition_figures
from proposals.results.file import HEAD, file_rows


@require_safe
def results(request, edition):
    """The figures of an edition, each as a sentence, a plot and a table."""
    plan, now = edition_or_404(edition), clock.now()
    figures = edition_figures(plan, now)
    context = {
        "plan": plan,
        "now": now,
        "figures": figures,
        "table": figures.decisions,
        "way": figures.way and figures.way.drawn(rtl=get_language_bidi()),
        "total_label": TOTAL_LABEL,
        "status_words": dict(Status.choices),
    }
    return render(request, "proposals/results.html", context)


@require_safe
def results_file(request, edition):
    """The same figures as a file: a line a number."""
    plan, now = edition_or_404(edition), clock.now()
    rows = list(file_rows(edition_figures(plan, now), plan, now))
    return csv_download(f"{plan.slug}-results.csv", HEAD, rows)
