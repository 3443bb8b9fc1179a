"""What became of the remarks of an edition, in figures: by window and by project."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from openmuni.tables import CountRow, CountTable

from .models import Accepts, ActionPlan, Moderation, Project, Remark, Step

NOT_ANSWERED = _("not answered yet")

_REMARKS = "submissions__remark_card__remarks"
_PUBLISHED = Q(submissions__moderation=Moderation.PUBLISHED)
_PENDING = Q(submissions__moderation=Moderation.PENDING)


def windows_for_remarks(**lookup):
    """The stations that take remarks, or took some, with the counts of what came in.

    `came` and `answered` count remarks of published cards, `unread` cards nobody has read.
    """
    counted = Step.objects.filter(**lookup).annotate(
        came=Count(_REMARKS, filter=_PUBLISHED),
        answered=Count(_REMARKS, filter=_PUBLISHED & Q(**{f"{_REMARKS}__outcome__gt": ""})),
        unread=Count("submissions__remark_card", filter=_PENDING, distinct=True),
    )
    taking = Q(accepts__in=Accepts.with_remarks()) | Q(came__gt=0) | Q(unread__gt=0)
    return counted.filter(taking).select_related("plan").order_by("plan", "order")


@dataclass(frozen=True)
class Row(CountRow):
    """One project with the number of its remarks in each column."""

    project: Project
    cells: list[int]


@dataclass(frozen=True)
class OutcomeTable(CountTable):
    """Projects × outcomes of their published remarks; always adds up.

    The last column is of those without an answer, and left out when there are none.
    """

    columns: list[tuple[str, str]]
    rows: list[Row]


def outcome_table(plan: ActionPlan) -> OutcomeTable:
    """What became of the published remarks on each project of `plan`. Two queries."""
    remarks = Remark.objects.public().filter(card__project__plan=plan).order_by()
    found = remarks.values_list("card__project", "outcome").annotate(Count("pk"))
    counts = Counter({(project, outcome): number for project, outcome, number in found})
    columns = [*Remark.Outcome.choices]
    if any(outcome == "" for _project, outcome in counts):
        columns.append(("", NOT_ANSWERED))
    rows = [
        Row(project, [counts[project.pk, outcome] for outcome, _label in columns])
        for project in plan.projects.all()
    ]
    return OutcomeTable(columns, rows)
