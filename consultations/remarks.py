"""You said, the committee answered, the text became: the page of the remarks and its file."""

from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openmuni import clock
from openmuni.exports import csv_download

from .answers import NOT_ANSWERED, outcome_table, windows_for_remarks
from .became import Texts
from .editions import edition_or_404
from .models import Remark, Step

PAGE_SIZE = 40
# In the address, where an outcome may be named: the remarks that have none yet.
OPEN = "open"


@require_safe
def remarks(request, edition):
    """The published remarks by project and heading, their answers, and what the texts became.

    Of one project, of one outcome, or both, as the address asks.
    """
    plan = edition_or_404(edition)
    table = outcome_table(plan)
    row = _chosen(table, request.GET.get("project"))
    outcome = _outcome(request.GET.get("outcome"))
    published = _narrowed(_in_order(plan), row, outcome)
    page = Paginator(published, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "project": row and row.project,
        "outcome": outcome,
        "picks": _picks(table, row, outcome) if table.total else [],
        "windows": _windows(plan),
        "table": table,
        "page": page,
        "query": _query(row, outcome),
        "projects": _by_project(plan, page),
    }
    return render(request, "consultations/remarks.html", context)


def _chosen(table, number):
    """The row of the project of that number; None when none is named. Raises Http404 for an unknown one."""
    if not number:
        return None
    found = [row for row in table.rows if str(row.project.number) == number]
    if not found:
        raise Http404
    return found[0]


def _outcome(code):
    """The outcome of that code, OPEN for those without one; None when none is named. Raises Http404."""
    if code and code not in {OPEN, *Remark.Outcome.values}:
        raise Http404
    return code or None


def _narrowed(published, row, outcome):
    """Those of the project of `row` and of that outcome, either of which may be None."""
    if row:
        published = published.filter(card__project=row.project)
    if outcome:
        published = published.filter(outcome="" if outcome == OPEN else outcome)
    return published


def _query(row, outcome) -> str:
    """The parameters of the address for the project of `row` and that outcome, either of which may be None."""
    asked = {"project": row and row.project.number, "outcome": outcome}
    return urlencode({name: value for name, value in asked.items() if value})


def _picks(table, row, outcome) -> list[dict]:
    """The outcomes to choose from, all of them first, with how many remarks each has and its address."""
    cells, total = (row.cells, row.total) if row else (table.totals, table.total)
    named = zip(table.columns, cells, strict=True)
    choices = [(None, _("All the remarks"), total)]
    choices += [(code or OPEN, label, count) for (code, label), count in named]
    return [
        {
            "label": label,
            "count": count,
            "query": _query(row, code),
            "icon": "clock" if code == OPEN else code,
            "is_chosen": code == outcome,
        }
        for code, label, count in choices
        if count or code == outcome
    ]


def _in_order(plan):
    """The published remarks of `plan` by project, heading and day."""
    remarks = Remark.objects.public().filter(card__project__plan=plan)
    return (
        remarks.select_related("card__submission", "card__project", "card__version", "heading")
        # A version's data is large; `Texts` fetches what it needs of it.
        .defer("card__version__data")
        .order_by(
            "card__project__number",
            "heading__order",
            "heading",
            "card__submission__received_at",
            "pk",
        )
    )


def _windows(plan):
    """The windows of `plan` that take remarks, each with the day by which its report is expected."""
    reviews = [step for step in plan.steps.all() if step.kind == Step.Kind.COMMITTEE_REVIEW]
    windows = list(windows_for_remarks(plan=plan))
    for window in windows:
        later = [step.ends_on for step in reviews if step.ends_on > window.ends_on]
        window.report_due = min(later, default=None)
    return windows


def _by_project(plan, page):
    """The remarks of a page as projects with headings; under each heading its remarks and texts."""
    shown = list(page)
    texts = Texts(plan, {remark.card.version_id for remark in shown})
    return [
        {"project": project, "headings": [_heading(texts, group) for group in _groups(remarks)]}
        for project, remarks in groupby(shown, lambda remark: remark.card.project)
    ]


def _groups(remarks):
    return [list(group) for _heading, group in groupby(remarks, lambda remark: remark.heading_id)]


def _heading(texts, remarks):
    heading, project = remarks[0].heading, remarks[0].card.project
    became = {
        remark.card.version_id: texts.became(remark.card, heading)
        for remark in remarks
        if remark.card.version_id
    }
    return {
        "heading": heading,
        "remarks": remarks,
        "any_taken": any(remark.outcome == Remark.Outcome.TAKEN for remark in remarks),
        "became": [one for one in became.values() if one],
        "present": heading.text_of(project),
    }


_HEAD = [
    gettext_lazy("reference"),
    gettext_lazy("received on"),
    gettext_lazy("number of the project"),
    gettext_lazy("openness project"),
    gettext_lazy("heading"),
    gettext_lazy("remark"),
    gettext_lazy("what became of it"),
    gettext_lazy("answer of the committee"),
    gettext_lazy("version of the plan"),
    gettext_lazy("text before"),
    gettext_lazy("text now"),
]


@require_safe
def remarks_file(request, edition):
    """All published remarks of an edition as a file for spreadsheets: no author, no staff."""
    plan = edition_or_404(edition)
    published = _in_order(plan)
    texts = Texts(plan, set(published.order_by().values_list("card__version", flat=True)))
    rows = (_row(remark, texts) for remark in published.iterator(chunk_size=1000))
    name = f"{plan.slug}-remarks-{clock.today():%Y-%m-%d}.csv"
    return csv_download(name, _HEAD, rows)


def _row(remark, texts):
    card = remark.card
    became = texts.became(card, remark.heading)
    return [
        card.reference,
        clock.local(card.submission.received_at).date(),
        card.project.number,
        card.project,
        remark.heading,
        remark.text,
        remark.get_outcome_display() if remark.is_answered else NOT_ANSWERED,
        remark.answer,
        card.version.number if card.version else None,
        became.before if became else None,
        became.after if became else remark.heading.text_of(card.project)[0],
    ]
