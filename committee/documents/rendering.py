"""A version of the plan as a page in one language: what its template is given."""

import datetime
from types import SimpleNamespace

from django.utils.html import format_html
from django.utils.translation import gettext as _

from committee.colleges import by_college
from consultations.models import Channel, PlanVersion, RemarkHeading, Step
from openmuni import clock, dates
from proposals.models import Status
from proposals.results import TOTAL_LABEL

from .figures import COLOURS, bars, frozen_table
from .wording import spoken


def document_context(version: PlanVersion, language: str) -> dict:
    """What `committee/plan_document.html` shows of `version`. The language must be the active one."""
    data = spoken(version.data, language)
    table = frozen_table(data)
    axes = {axis["key"]: axis for axis in data["axes"]}
    return {
        **data,
        "language": language,
        "titles": _titles(),
        "stamp": _stamp(version),
        "page_of": _page_of(),
        "steps": [_station(step, version) for step in data["steps"]],
        "meetings": [step for step in data["steps"] if step["participants"] is not None],
        "table": table,
        "total_label": TOTAL_LABEL,
        "bars": bars(table, language),
        "axes": [_axis(axis, data["ideas"]) for axis in data["axes"]],
        "without_axis": sum(idea["axis"] is None for idea in data["ideas"]),
        "projects": [_project(project, axes, data["ideas"]) for project in data["projects"]],
        "colleges": _colleges(data["members"]),
        "appointed_on": _date(data["appointment"]["date"]),
        "groups": _groups(data, axes),
    }


def _titles() -> dict:
    """The chapters in their order: the contents and the headings say the same words."""
    return {
        "objectives": _("Objectives and principles"),
        "timeline": _("Method and timeline"),
        "figures": _("What became of the ideas, in figures"),
        "axes": _("Priority axes"),
        "projects": _("Openness projects"),
        "committee": _("The committee"),
        "next_steps": _("Next steps"),
        "annex": _("Annex: the ideas by decision"),
    }


def _stamp(version) -> dict:
    return {
        "state": version.get_kind_display(),
        "number": version.number,
        "frozen_at": version.frozen_at,
        # Enough of it to compare by eye, in groups of four.
        "fingerprint": " ".join(version.data_sha256[at : at + 4] for at in range(0, 16, 4)),
    }


def _page_of():
    """«page x of y» with two empty elements, which the style sheet fills with its counters."""
    return format_html(
        _("page {page} of {pages}"),
        page=format_html('<span class="{}"></span>', "page-number"),
        pages=format_html('<span class="{}"></span>', "page-count"),
    )


def _date(iso) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


def _station(step, version) -> dict:
    """A station with its days in words, and how it stood on the day of the version."""
    first, last = _date(step["starts_on"]), _date(step["ends_on"])
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


def _project(project, axes, ideas) -> dict:
    """A project's sheet: its headings in order, filled or not, and the ideas merged into it."""
    headings = [
        {"label": key.label, "text": project["headings"][key]}
        for key in RemarkHeading.Key.of_card()
    ]
    return {
        "number": project["number"],
        "title": project["title"],
        "axis": axes.get(project["axis"]),
        "headings": headings,
        "filled": sum(bool(heading["text"]) for heading in headings),
        "ideas": [_idea(idea) for idea in ideas if idea["project"] == project["number"]],
    }


def _idea(idea) -> dict:
    decision = idea["decision"]
    return {
        **idea,
        "channel": Channel(idea["channel"]).label,
        "received_on": _date(idea["received_on"]),
        "decision": decision and {**decision, "on": _date(decision["on"])},
    }


def _colleges(members) -> list[dict]:
    return by_college(SimpleNamespace(**member) for member in members)


def _groups(data, axes) -> list[dict]:
    """The ideas by status, in the order of every table, the oldest first."""
    titles = {project["number"]: project["title"] for project in data["projects"]}
    groups = []
    for status in Status:
        ideas = [
            {
                **_idea(idea),
                "axis": axes.get(idea["axis"]),
                "project_title": titles.get(idea["project"], ""),
            }
            for idea in data["ideas"]
            if idea["status"] == status
        ]
        if ideas:
            group = {"status": status.value, "label": status.label, "fill": COLOURS[status]}
            groups.append({**group, "ideas": ideas})
    return groups
