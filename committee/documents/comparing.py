"""What changed between two versions of the plan, as a page in one language shows it."""

from collections import Counter

from django.utils.translation import gettext as _

from consultations.models import Indicator, RemarkHeading
from openmuni import dates, figures
from proposals.models import Status
from proposals.results import TOTAL_LABEL

from .answers import compared
from .figures import frozen_table
from .reading import read
from .sheets import days, decimal, funding_line
from .wording import spoken


def compare_versions(before: dict, after: dict, language: str) -> dict:
    """The data of two versions, of any format: projects, texts, lines, figures and members.

    The texts are compared word by word in a bounded time (see openmuni.compare); lists of lines as
    sets of what is read, so that a change in the other language alone is none here.
    """
    before, after = read(before), read(after)
    pairs, removed, added = _matched(before["projects"], after["projects"])
    projects = [_project(*pair, language) for pair in pairs]
    changed = [project for project in projects if project["changes"]]
    gone, come = _lines(before["members"], after["members"], language, _member)
    return {
        "added": [_named(project, language) for project in added],
        "removed": [_named(project, language) for project in removed],
        "changed": changed,
        "unchanged": len(projects) - len(changed),
        "lists": _lists(before, after, language),
        "members_in": come,
        "members_out": gone,
        "figures": _figures(spoken(before, language), spoken(after, language)),
    }


def _matched(before, after) -> tuple[list, list, list]:
    """Pairs of the same project, those that went, those that came; by number where no key was kept."""
    key = "id" if all(project["id"] for project in [*before, *after]) else "number"
    old = {project[key]: project for project in before}
    pairs = [(old.pop(each[key]), each) for each in after if each[key] in old]
    known = {project[key] for project in before}
    return pairs, list(old.values()), [each for each in after if each[key] not in known]


def _named(project, language) -> dict:
    return {"number": project["number"], "title": _in(project["title"], language)}


def _project(before, after, language) -> dict:
    title = compared(before["title"], after["title"], language)
    texts = [
        {"label": key.label, **compared(before["headings"][key], after["headings"][key], language)}
        for key in RemarkHeading.Key.of_card()
    ]
    texts = [text for text in texts if text["changed"]]
    lists = _sheet_lists(before["sheet"], after["sheet"], language)
    renumbered = before["number"] if before["number"] != after["number"] else None
    return {
        **_named(after, language),
        "retitled": title if title["changed"] else None,
        "renumbered": renumbered,
        "texts": texts,
        "lists": lists,
        "changes": bool(title["changed"] or renumbered or texts or lists),
    }


# --- Lists of lines ---------------------------------------------------------------------------


def _lists(before, after, language) -> list[dict]:
    """The lists of the plan that changed: axes, stations, the official texts around them."""
    kinds = after["statements"].keys() | before["statements"].keys()
    texts = [
        [text for kind in sorted(kinds) for text in version["statements"].get(kind, [])]
        for version in (before, after)
    ]
    return _changed(
        (_("Priority axes"), before["axes"], after["axes"], _axis),
        (_("Stations"), before["steps"], after["steps"], _step),
        (_("Official texts"), *texts, _statement),
        language=language,
    )


def _sheet_lists(before, after, language) -> list[dict]:
    """The lists of a sheet that changed; of a version that kept none, there is nothing to compare."""
    if before is None or after is None:
        return []
    both = (before, after)
    kinds = [
        (
            kind.label,
            *([line for line in each["indicators"] if line["kind"] == kind] for each in both),
        )
        for kind in Indicator.Kind
    ]
    return _changed(
        (_("Expected result"), *(each["expected_results"] for each in both), _text),
        (_("Principles"), *(each["principles"] for each in both), _principle),
        (_("Funding"), *(each["funding"]["lines"] for each in both), _funding),
        *((*kind, _indicator) for kind in kinds),
        (_("Milestones"), *(each["milestones"] for each in both), _milestone),
        (_("Lead service"), *([each["lead"]] for each in both), _text),
        (_("Partners"), *([each["partners"]] for each in both), _text),
        (_("Start and end"), *([each] for each in both), _days),
        language=language,
    )


def _changed(*lists, language) -> list[dict]:
    found = []
    for label, before, after, show in lists:
        removed, added = _lines(before, after, language, show)
        if removed or added:
            found.append({"label": label, "removed": removed, "added": added})
    return found


def _lines(before, after, language, show) -> tuple[list, list]:
    """The lines that went and those that came, each as it is read."""
    old, new = (
        [" · ".join(str(word) for word in show(line, language) if word) for line in lines]
        for lines in (before, after)
    )
    return _without(old, new), _without(new, old)


def _without(lines, others) -> list:
    left = Counter(others)
    found = []
    for line in filter(None, lines):
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return found


def _in(pair, language) -> str:
    return pair[language] or next(filter(None, pair.values()), "")


def _text(pair, language):
    return [_in(pair, language)]


def _axis(axis, language):
    return [_in(axis["name"], language)]


def _step(step, language):
    return [_in(step["title"], language), days(step["starts_on"], step["ends_on"])]


def _statement(statement, language):
    return [_in(statement["text"], language), _in(statement["detail"], language)]


def _principle(each, language):
    return [_in(each["principle"], language), _in(each["sentence"], language)]


def _funding(line, language):
    shown = funding_line(line)
    return [shown["source"], _in(line["name"], language), shown["certainty"], shown["amount"]]


def _indicator(line, language):
    return [
        _in(line["name"], language),
        _in(line["unit"], language),
        line["baseline"]
        and _("baseline %(number)s") % {"number": figures.number(decimal(line["baseline"]))},
        line["target"]
        and _("target %(number)s") % {"number": figures.number(decimal(line["target"]))},
        days(line["due_on"], line["due_on"]),
    ]


def _milestone(line, language):
    texts = [_in(line[name], language) for name in ("activity", "output", "owner")]
    return [*texts, days(line["starts_on"], line["ends_on"])]


def _days(sheet, _language):
    return [days(sheet["starts_on"], sheet["ends_on"])]


def _member(member, language):
    name = _in(member["name"], language) or _("vacant seat")
    return [name, _in(member["function"], language)]


# --- Figures ----------------------------------------------------------------------------------


def _figures(before, after) -> list[dict]:
    """The figures of both versions side by side."""
    return [
        {"label": label, "before": old, "after": new, "changed": old != new}
        for (label, old), (_label, new) in zip(_counts(before), _counts(after), strict=True)
    ]


def _counts(version) -> list[tuple]:
    """The figures of a spoken version: (label, number in words)."""
    by_status = {row.status: row.total for row in frozen_table(version).rows}
    answered = sum(bool(remark["outcome"]) for remark in version["remarks"])
    counts = [
        *((status.label, by_status.get(status, 0)) for status in Status),
        (TOTAL_LABEL, sum(by_status.values())),
        (_("Openness projects"), len(version["projects"])),
        (_("Published remarks"), len(version["remarks"])),
        (_("Answered remarks"), answered),
        (_("Committee members"), sum(bool(member["name"]) for member in version["members"])),
    ]
    total = sum(
        decimal(project["sheet"]["funding"]["sums"]["total"])
        for project in version["projects"]
        if project["sheet"]
    )
    return [
        *((label, dates.group(count)) for label, count in counts),
        (_("Funding in dirhams"), figures.amount(total)),
    ]
