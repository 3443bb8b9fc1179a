"""The figures of a frozen version: the decision table and its bars."""

from collections import Counter

from django.utils.translation import gettext as _

from openmuni.tags import direction
from proposals.models import Status
from proposals.results import TOTAL_LABEL, DecisionTable
from proposals.results.tables import by_channel, cross_table

# A drawing inside the page takes no colour from the style sheet, so the fills stand here.
COLOURS = {
    Status.ACCEPTED: "#1f7a4d",
    Status.MERGED: "#5b4bb0",
    Status.IN_PROGRESS: "#a86400",
    Status.REJECTED: "#a3323b",
}


def frozen_table(data: dict) -> DecisionTable:
    """Statuses × channels of the ideas in `data` (a spoken structure), else the reported figures."""
    if data["ideas"]:
        return by_channel(Counter((idea["channel"], idea["status"]) for idea in data["ideas"]))
    steps = [step for step in data["steps"] if step["reported"]]
    labels = [step["tally_label"] or step["title"] for step in steps]
    return cross_table(labels, [step["reported"] for step in steps], reported=True)


def bars(table: DecisionTable, language: str) -> list[dict]:
    """One stacked bar a column and one for the total, all on one scale: the total is the full width.

    A part has its place `x` and its width in ideas; the bar grows from the side where reading begins.
    """
    columns = [*zip(*(row.cells for row in table.rows), strict=True)]
    if len(columns) != 1:
        columns.append([row.total for row in table.rows])
    labels = [*table.columns, TOTAL_LABEL]
    return [
        _bar(label, _parts(table, cells, language))
        for label, cells in zip(labels, columns, strict=False)
    ]


def _bar(label, parts) -> dict:
    """`words` say what is drawn: «accepted 15, merged 6»."""
    words = _(", ").join(f"{part['label']} {part['count']}" for part in parts)
    return {
        "label": label,
        "total": sum(part["count"] for part in parts),
        "parts": parts,
        "words": words,
    }


def _parts(table, cells, language) -> list[dict]:
    parts, drawn = [], 0
    for row, count in zip(table.rows, cells, strict=True):
        x = drawn if direction(language) == "ltr" else table.total - drawn - count
        drawn += count
        if count:
            parts.append({"label": row.label, "count": count, "x": x, "fill": COLOURS[row.status]})
    return parts
