"""The projects of a version as a page shows them: cards with their headings, sheets with their lines."""

import datetime
from decimal import Decimal

from consultations.models import FundingLine, Indicator, RemarkHeading
from openmuni import dates, figures

_SUMS = [*FundingLine.Certainty.values, "total"]


def shown_project(project: dict, axes: dict, ideas: list[dict]) -> dict:
    """A project of a spoken version: its headings in order, filled or not, its sheet, its merged ideas."""
    with_lines = _headings_with_lines(project["sheet"])
    headings = [
        {
            "key": key.value,
            "label": key.label,
            "text": project["headings"][key],
            "has_lines": key in with_lines,
        }
        for key in RemarkHeading.Key.of_card()
    ]
    return {
        "id": project["id"],
        "number": project["number"],
        "title": project["title"],
        "axis": axes.get(project["axis"]),
        "headings": headings,
        "filled": sum(bool(each["text"] or each["has_lines"]) for each in headings),
        "keeps_a_sheet": project["sheet"] is not None,
        "sheet": project["sheet"] and shown_sheet(project["sheet"]),
        "ideas": [idea for idea in ideas if idea["project"] == project["number"]],
    }


def _headings_with_lines(sheet: dict | None) -> set[str]:
    """The headings under which the sheet has lines, whatever the card says."""
    if not sheet:
        return set()
    found = {indicator["kind"] for indicator in sheet["indicators"]}
    return found | ({RemarkHeading.Key.FUNDING_SOURCE} if sheet["funding"]["lines"] else set())


def shown_sheet(sheet: dict) -> dict:
    """The sheet of a spoken version with codes, dates and numbers in words; false when it is empty."""
    filled = [value for key, value in sheet.items() if key != "funding"]
    if not any(filled) and not sheet["funding"]["lines"]:
        return {}
    indicators = [_indicator(each) for each in sheet["indicators"]]
    return {
        **sheet,
        "funding": [funding_line(line) for line in sheet["funding"]["lines"]],
        "sums": shown_sums(sheet["funding"]["sums"]),
        "indicators": [
            {"label": kind.label, "lines": [each for each in indicators if each["kind"] == kind]}
            for kind in Indicator.Kind
        ],
        "milestones": [
            {**each, "days": days(each["starts_on"], each["ends_on"])}
            for each in sheet["milestones"]
        ],
        "days": days(sheet["starts_on"], sheet["ends_on"]),
    }


def funding_line(line: dict) -> dict:
    """A funding line with its codes in words and its amount in dirhams, empty when it is not set."""
    return {
        **line,
        "source": FundingLine.Source(line["source"]).label,
        "certainty": FundingLine.Certainty(line["certainty"]).label,
        "amount": figures.dirhams(decimal(line["amount"])),
    }


def shown_sums(sums: dict) -> dict:
    """The sums in dirhams; false when there is nothing to add up."""
    if not Decimal(sums["total"]):
        return {}
    return {key: figures.dirhams(Decimal(sums[key])) for key in _SUMS}


def sums_of(projects: list[dict]) -> dict:
    """The sums of all the projects of a version, in dirhams."""
    sheets = [project["sheet"] for project in projects if project["sheet"]]
    return shown_sums(
        {key: sum(Decimal(sheet["funding"]["sums"][key]) for sheet in sheets) for key in _SUMS}
    )


def days(first: str | None, last: str | None) -> str:
    """Two days of a version, either of which may be missing, in words."""
    return dates.span(date(first), date(last))


def date(iso: str | None) -> datetime.date | None:
    """A day of a version as a date."""
    return datetime.date.fromisoformat(iso) if iso else None


def _indicator(indicator) -> dict:
    return {
        **indicator,
        "baseline": figures.number(decimal(indicator["baseline"])),
        "target": figures.number(decimal(indicator["target"])),
        "due_on": dates.day(date(indicator["due_on"])),
    }


def decimal(text: str | None) -> Decimal | None:
    """A number of a version."""
    return None if text is None else Decimal(text)
