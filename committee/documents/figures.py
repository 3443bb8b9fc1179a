"""The figures of a frozen version: those of the site, worked out of what was frozen; and their bars."""

import datetime
from collections import Counter

from django.utils.translation import gettext as _

from consultations.models import Accepts, Step
from openmuni import dates
from openmuni.drawing import places
from openmuni.tags import direction
from proposals.models import Status
from proposals.results import (
    DecisionTable,
    Figures,
    Idea,
    Meeting,
    Source,
    decisions_of,
    figures_of,
)
from proposals.results.tables import Bar, column_bars, reported_name

from .sheets import date

# A drawing inside the page takes no colour from the style sheet, so the fills stand here.
COLOURS = {
    Status.ACCEPTED: "#1f7a4d",
    Status.MERGED: "#5b4bb0",
    Status.IN_PROGRESS: "#a86400",
    Status.REJECTED: "#a3323b",
    "in_time": "#1f7a4d",
    "late": "#a86400",
    "waiting": "#0a4d68",
    "overdue": "#a3323b",
}
_NODE = "#0a4d68"


def frozen_figures(data: dict, today: datetime.date) -> Figures:
    """The figures of `data` (a spoken structure of the present format) as they stood on the day `today`."""
    return figures_of(frozen_source(data, today))


def frozen_table(data: dict) -> DecisionTable:
    """Statuses × channels of the ideas in `data` (a spoken structure), else the reported figures."""
    return decisions_of(frozen_source(data))


def frozen_source(data: dict, today=None) -> Source:
    """What the figures need of `data`, as the site gathers it from the rows."""
    steps = dict(enumerate(data["steps"]))
    return Source(
        ideas=[_idea(idea) for idea in data["ideas"]],
        axes={axis["key"]: str(axis["name"]) for axis in data["axes"]},
        stations={place: str(step["title"]) for place, step in steps.items()},
        projects={each["number"]: str(each["title"]) for each in data["projects"]},
        windows={
            place: _days(step)
            for place, step in steps.items()
            if step["accepts"] in Accepts.with_ideas()
        },
        reported=[
            (reported_name(step["title"], step["tally_label"]), step["reported"])
            for step in data["steps"]
            if step["reported"]
        ],
        turnouts=[_meeting(step) for step in data["steps"] if step["participants"] is not None],
        remarks=Counter((remark["project"], remark["outcome"]) for remark in data["remarks"]),
        answer_days=data["answer_days"],
        counted_on=today,
    )


def _idea(idea) -> Idea:
    return Idea(
        channel=idea["channel"],
        status=idea["status"],
        kind=idea["kind"],
        axis=idea["axis"],
        station=idea["station"],
        project=idea["project"],
        received_on=date(idea["received_on"]),
        decided_on=date(idea["first_decided_on"]),
    )


def _days(step) -> tuple:
    return (
        date(step["held_from"] or step["starts_on"]),
        date(step["held_until"] or step["held_from"] or step["ends_on"]),
    )


def _meeting(step) -> Meeting:
    days = _days(step)
    as_planned = days == (date(step["starts_on"]), date(step["ends_on"]))
    only_month = as_planned and step["precision"] == Step.Precision.MONTH
    return Meeting(
        title=step["title"],
        days=dates.period(*days, only_month=only_month),
        participants=step["participants"],
        women=step["women"],
        associations=step["associations_count"],
        source=step["figures_source"],
    )


def bars(table: DecisionTable, language: str) -> list[dict]:
    """One stacked bar a column and one for the total, all on one scale: the total is the full width."""
    return [drawn(bar, language) for bar in column_bars(table)]


def drawn(bar: Bar, language: str) -> dict:
    """A bar with the place `x` and the width of each part, in ideas; it grows from where reading begins.

    `words` say what is drawn: «accepted 15, merged 6».
    """
    rtl = direction(language) == "rtl"
    spots = places([part.total for part in bar.parts], bar.scale, rtl=rtl)
    # A hair of white tells the parts apart on paper without colours.
    hair = bar.scale / 400
    parts = [
        {
            "label": part.label,
            "count": part.total,
            "x": x,
            "width": f"{max(part.total - hair, hair):.3f}",
            "fill": COLOURS[part.status],
        }
        for part, x in zip(bar.parts, spots, strict=True)
        if part.total
    ]
    words = _(", ").join(f"{part['label']} {part['count']}" for part in parts)
    return {
        "label": bar.label,
        "total": bar.total,
        "scale": bar.scale,
        "parts": parts,
        "words": words,
    }


def way(figures: Figures, language: str) -> dict | None:
    """The way of the ideas, drawn, with the fills of its nodes and ribbons."""
    if not figures.way:
        return None
    flow = figures.way.drawn(rtl=direction(language) == "rtl")
    return {
        "height": flow["height"],
        "ribbons": [[(COLOURS[status], path) for status, path in gap] for gap in flow["ribbons"]],
        "stops": [
            [(COLOURS.get(stop.status, _NODE), stop) for stop in column] for column in flow["stops"]
        ],
    }
