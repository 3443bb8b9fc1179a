"""What the text under a heading of a project's card was when a remark came, and what it became."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import get_language

from openmuni.compare import Run, compare, has_changed

from .models import ActionPlan, Project, RemarkCard, RemarkHeading


@dataclass(frozen=True)
class Became:
    """The text in the version that a card speaks of, and the text now, both in one language.

    `version` is the number of the former, `newer` that of the public version which has the latter;
    it is None for the present card of the project. `lines_changed` says whether the lines of the
    sheet under the heading, its funding or its indicators, differ between the two versions.
    """

    before: str
    after: str
    language: str
    version: int
    newer: int | None
    lines_changed: bool

    @cached_property
    def runs(self) -> list[Run]:
        return compare(self.before, self.after)

    @property
    def has_changed(self) -> bool:
        return has_changed(self.runs)


class Texts:
    """The texts of the projects of `plan` in the versions of these keys and in the newest public one.

    One query; each text is compared once, whatever the number of remarks on it.
    """

    def __init__(self, plan: ActionPlan, versions):
        newest = plan.versions.public().values("pk")[:1]
        rows = plan.versions.filter(Q(pk__in={*versions} - {None}) | Q(pk__in=newest))
        # Of a version's data only this part: ideas and rosters are much larger.
        self._versions = {
            pk: (number, projects)
            for pk, number, projects in rows.order_by("number").values_list(
                "pk", "number", "data__projects"
            )
        }
        self._newest = max(self._versions.values(), key=lambda version: version[0], default=None)
        self._found = {}

    def became(self, card: RemarkCard, heading: RemarkHeading) -> Became | None:
        """What became of the text under `heading` since `card`; None where there was no such text."""
        place = (card.version_id, card.project_id, heading.key)
        if place not in self._found:
            self._found[place] = self._compared(card, heading.key)
        return self._found[place]

    def _compared(self, card, key):
        if card.version_id is None or key == RemarkHeading.Key.OTHER:
            return None
        number, projects = self._versions[card.version_id]
        then = _frozen(projects, card.project)
        if then is None:
            return None
        now, newer = self._now(number, card.project)
        before, after = then["headings"][key], now["headings"][key]
        language = get_language()
        others = (code for code in before if before[code] or after[code])
        if not (before[language] or after[language]):
            language = next(others, language)
        lines_changed = _have_other_lines(then, now, key)
        return Became(before[language], after[language], language, number, newer, lines_changed)

    def _now(self, number, project):
        newest, projects = self._newest
        if newest > number and (frozen := _frozen(projects, project)):
            return frozen, newest
        return {"headings": _present_headings(project)}, None


def has_changed_since(projects: list, project: Project) -> bool:
    """Whether a heading of `project` reads otherwise today than among the frozen `projects`; not if it is not there."""
    then = _frozen(projects, project)
    if then is None:
        return False
    return any(then["headings"].get(key) != now for key, now in _present_headings(project).items())


def _frozen(projects, project: Project) -> dict | None:
    """`project` among the frozen ones, with its headings as {key: {language: text}}."""
    for frozen in projects:
        # The first format knew a project by its number alone.
        if frozen["id"] == project.pk if "id" in frozen else frozen["number"] == project.number:
            return frozen
    return None


def _present_headings(project: Project) -> dict:
    return {
        key.value: {code: getattr(project, f"{key}_{code}") or "" for code in ("ar", "fr")}
        for key in RemarkHeading.Key.of_card()
    }


def _have_other_lines(then, now, key) -> bool:
    """Whether the lines under `key` differ; where no sheet was frozen there is nothing to compare."""
    sheets = [frozen.get("sheet") for frozen in (then, now)]
    return None not in sheets and _lines(sheets[0], key) != _lines(sheets[1], key)


def _lines(sheet, key) -> list:
    """The lines of a frozen sheet under the heading `key`."""
    if key == RemarkHeading.Key.FUNDING_SOURCE:
        return sheet["funding"]["lines"]
    return [line for line in sheet["indicators"] if line["kind"] == key]
