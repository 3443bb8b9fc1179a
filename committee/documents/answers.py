"""The remarks of a version as a page shows them: what was said, the answer, what the text became."""

from collections import Counter
from itertools import groupby

from django.utils.translation import gettext as _

from consultations.models import Remark, RemarkHeading
from openmuni.compare import compare, has_changed
from openmuni.tags import direction

from .sheets import date
from .wording import isolated


def answers(data: dict, spoken: dict, language: str) -> list[dict]:
    """The remarks by project and heading: of `spoken`, the version's `data` made ready for a page."""
    headings = {project["number"]: project["headings"] for project in data["projects"]}
    titles = {project["number"]: project["title"] for project in spoken["projects"]}
    found = []
    for number, remarks in groupby(spoken["remarks"], lambda remark: remark["project"]):
        sections = [
            _section(list(group), headings[number], data["earlier"], language)
            for _key, group in groupby(remarks, lambda remark: remark["heading"]["key"])
        ]
        found.append({"number": number, "title": titles[number], "sections": sections})
    return found


def _section(remarks, headings, earlier, language) -> dict:
    heading = remarks[0]["heading"]
    return {
        "name": heading["name"],
        "remarks": [_remark(remark) for remark in remarks],
        "became": _became(remarks, headings, earlier, language),
    }


def _remark(remark) -> dict:
    outcome = remark["outcome"]
    return {
        **remark,
        "received_on": date(remark["received_on"]),
        "label": Remark.Outcome(outcome).label if outcome else _("not answered yet"),
    }


def _became(remarks, headings, earlier, language) -> list[dict]:
    """What the heading's text was in each version that the remarks speak of, against the present one."""
    key = remarks[0]["heading"]["key"]
    if key == RemarkHeading.Key.OTHER:
        return []
    found = []
    for number in sorted({remark["version"] for remark in remarks if remark["version"]}):
        then = earlier.get(str(number), {}).get(str(remarks[0]["project"]))
        if then is not None:
            found.append({"version": number, **compared(then[key], headings[key], language)})
    return found


def compared(before: dict, after: dict, language: str) -> dict:
    """Two pairs of an official text, word by word, in `language` or in the one they exist in."""
    others = (code for code in after if before[code] or after[code])
    code = language if before[language] or after[language] else next(others, language)
    runs, way = compare(before[code], after[code]), direction(code)
    return {
        "lang": code,
        "dir": way,
        "changed": has_changed(runs),
        "runs": [
            {"kind": run.kind, "html": isolated(run.text, way), "text": run.text, "gap": run.gap}
            for run in runs
        ],
    }


def outcomes(spoken: dict) -> dict:
    """How many remarks were answered how: columns, a row a project that has any, and the totals."""
    columns = [*Remark.Outcome.values, ""]
    counts = Counter((remark["project"], remark["outcome"]) for remark in spoken["remarks"])
    rows = []
    for project in spoken["projects"]:
        cells = [counts[project["number"], outcome] for outcome in columns]
        if any(cells):
            rows.append({"project": project, "cells": cells, "total": sum(cells)})
    totals = [sum(column) for column in zip(*(row["cells"] for row in rows), strict=True)]
    return {
        "columns": [*Remark.Outcome.labels, _("not answered yet")],
        "rows": rows,
        "totals": totals,
        "total": sum(totals),
    }
