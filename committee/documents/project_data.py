"""The projects of an edition, each with its card and its sheet, as plain data."""

from consultations.models import ActionPlan, RemarkHeading

from .plain import day, number, pair

_LINES = ("expected_results", "principles__principle", "funding_lines", "indicators", "milestones")


def projects_data(plan: ActionPlan, axis_keys: dict) -> list[dict]:
    """The projects in their order. A fixed number of queries."""
    return [_project(each, axis_keys) for each in plan.projects.prefetch_related(*_LINES)]


def _project(project, axis_keys) -> dict:
    return {
        # The number may change; this is the project's for good.
        "id": project.pk,
        "number": project.number,
        "title": pair(project, "title"),
        "axis": axis_keys.get(project.axis_id),
        "headings": {key.value: pair(project, key) for key in RemarkHeading.Key.of_card()},
        "sheet": _sheet(project),
    }


def _sheet(project) -> dict:
    lines = project.funding_lines.all()
    sums = {key: number(value) for key, value in lines.sums().items()}
    return {
        "expected_results": [pair(result, "text") for result in project.expected_results.all()],
        "principles": [
            {"principle": pair(each.principle, "text"), "sentence": pair(each, "sentence")}
            for each in project.principles.all()
        ],
        "funding": {"lines": [_funding_line(line) for line in lines], "sums": sums},
        "indicators": [_indicator(each) for each in project.indicators.all()],
        "milestones": [_milestone(each) for each in project.milestones.all()],
        "lead": pair(project, "lead"),
        "partners": pair(project, "partners"),
        "starts_on": day(project.starts_on),
        "ends_on": day(project.ends_on),
        "platform_url": project.platform_url,
    }


def _funding_line(line) -> dict:
    return {
        "source": line.source,
        "name": pair(line, "name"),
        "amount": number(line.amount),
        "certainty": line.certainty,
    }


def _indicator(indicator) -> dict:
    return {
        "kind": indicator.kind,
        "name": pair(indicator, "name"),
        "unit": pair(indicator, "unit"),
        "baseline": number(indicator.baseline),
        "target": number(indicator.target),
        "due_on": day(indicator.due_on),
    }


def _milestone(milestone) -> dict:
    return {
        "activity": pair(milestone, "activity"),
        "starts_on": day(milestone.starts_on),
        "ends_on": day(milestone.ends_on),
        "owner": pair(milestone, "owner"),
        "output": pair(milestone, "output"),
    }
