"""A version of the plan as a page in one language: what its template is given."""

from types import SimpleNamespace

from django.utils.html import format_html
from django.utils.translation import gettext as _

from committee.colleges import by_college
from consultations.models import Channel, PlanVersion, Step
from openmuni import clock, dates
from openmuni.tags import direction
from proposals.models import Proposal, Status
from proposals.results import TOTAL_LABEL

from .answers import answers, outcomes
from .figures import COLOURS, bars, drawn, frozen_figures, way
from .reading import read
from .sheets import date, shown_project, sums_of
from .stamp import stamp
from .wording import isolated, official, spoken


def document_context(version: PlanVersion, language: str) -> dict:
    """What `committee/plan_document.html` shows of `version`. The language must be the active one."""
    frozen = read(version.data)
    data = spoken(frozen, language)
    counted_on = clock.local(version.frozen_at or clock.now()).date()
    figures = frozen_figures(data, counted_on)
    axes = {axis["key"]: axis for axis in data["axes"]}
    ideas = [_idea(idea, axes) for idea in data["ideas"]]
    said = stamp(version)
    return {
        **data,
        "language": language,
        "titles": _titles(),
        "stamp": {
            **said,
            "note": official(said["note"], language),
            "decision": isolated(said["decision"], direction(language)),
        },
        "page_of": _page_of(),
        "steps": [_station(step, version) for step in data["steps"]],
        **_figures(figures, language),
        "counted_on": counted_on,
        "axes": [_axis(axis, data["ideas"]) for axis in data["axes"]],
        "without_axis": sum(idea["axis"] is None for idea in data["ideas"]),
        "projects": [shown_project(project, axes, ideas) for project in data["projects"]],
        "sums": sums_of(frozen["projects"]),
        "answers": answers(frozen, data, language),
        "outcomes": outcomes(data),
        # Before the consultation there is nothing to say of them.
        "with_remarks": bool(data["remarks"]) or version.kind != PlanVersion.Kind.DRAFT,
        "colleges": _colleges(data["members"]),
        "appointed_on": date(data["appointment"]["date"]),
        "groups": _groups(data, ideas),
    }


def _figures(figures, language) -> dict:
    """The figures with their drawings."""
    delay = figures.delay
    return {
        "figures": figures,
        "table": figures.decisions,
        "total_label": TOTAL_LABEL,
        "bars": bars(figures.decisions, language),
        "way": way(figures, language),
        "spreads": [
            (spread, [drawn(bar, language) for bar in spread.bars]) for spread in figures.spreads
        ],
        "delay_bar": delay and drawn(delay.bar, language),
    }


def _titles() -> dict:
    """The chapters in their order: the contents and the headings say the same words."""
    return {
        "objectives": _("Objectives and principles"),
        "timeline": _("Method and timeline"),
        "figures": _("What became of the ideas, in figures"),
        "axes": _("Priority axes"),
        "projects": _("Openness projects"),
        "remarks": _("Remarks and answers"),
        "committee": _("The committee"),
        "next_steps": _("Next steps"),
        "annex": _("Annex: the ideas by decision"),
    }


def _page_of():
    """«page x of y» with two empty elements, which the style sheet fills with its counters."""
    return format_html(
        _("page {page} of {pages}"),
        page=format_html('<span class="{}"></span>', "page-number"),
        pages=format_html('<span class="{}"></span>', "page-count"),
    )


def _station(step, version) -> dict:
    """A station with its days in words, and how it stood on the day of the version."""
    first = date(step["held_from"] or step["starts_on"])
    last = date(step["held_until"] or step["held_from"] or step["ends_on"])
    phase, label = _phase(step["kind"], first, last, version)
    return {
        "title": step["title"],
        "place": step["place"],
        "days": dates.period(first, last, only_month=step["precision"] == Step.Precision.MONTH),
        "phase": phase,
        "phase_label": label,
    }


def _phase(kind, first, last, version) -> tuple[str, str]:
    day = clock.local(version.frozen_at or clock.now()).date()
    if day < first:
        return "next", _("to come")
    if day <= last:
        return "now", _("under way")
    if kind == Step.Kind.COUNCIL_ADOPTION:  # a date gone by is no vote
        return "next", _("awaited")
    return "done", _("done")


def _axis(axis, ideas) -> dict:
    return {**axis, "count": sum(idea["axis"] == axis["key"] for idea in ideas)}


def _idea(idea, axes) -> dict:
    decision = idea["decision"]
    return {
        **idea,
        "axis": axes.get(idea["axis"]),
        "is_card": idea["kind"] == Proposal.Kind.NEW_PROJECT,
        "channel": Channel(idea["channel"]).label,
        "received_on": date(idea["received_on"]),
        "decision": decision and {**decision, "on": date(decision["on"])},
    }


def _colleges(members) -> list[dict]:
    return by_college(SimpleNamespace(**member) for member in members)


def _groups(data, ideas) -> list[dict]:
    """The ideas by status, in the order of every table, the oldest first."""
    titles = {project["number"]: project["title"] for project in data["projects"]}
    groups = []
    for status in Status:
        found = [
            {**idea, "project_title": titles.get(idea["project"], "")}
            for idea in ideas
            if idea["status"] == status
        ]
        if found:
            group = {"status": status.value, "label": status.label, "fill": COLOURS[status]}
            groups.append({**group, "ideas": found})
    return groups
