"""A project's sheet as its page shows it: heading by heading, with the lines and the remarks."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from consultations.models import Project, Remark, RemarkHeading

REMARKS_A_PAGE = 50  # under each heading


@dataclass(frozen=True)
class Section:
    """A heading of the card: its text and the text's language, its lines, the remarks on it.

    `anchor` is its place on the page, the same for as long as the card keeps its headings.
    """

    heading: RemarkHeading
    anchor: str
    text: str
    language: str
    lines: list
    remarks: list[Remark]
    first: int  # the place of the first of `remarks` among the `count` on this heading
    count: int

    @property
    def is_shown(self) -> bool:
        """Whether the page has it: always what belongs to the card, else once there are remarks."""
        return self.heading.key != RemarkHeading.Key.OTHER or self.count > 0

    @property
    def is_written(self) -> bool:
        return bool(self.text or self.lines)

    @property
    def is_cut(self) -> bool:
        """Whether there are more remarks than are shown."""
        return self.count > len(self.remarks)

    @property
    def has_further(self) -> bool:
        """Whether there are remarks after those that are shown."""
        return self.first - 1 + len(self.remarks) < self.count


class Sheet:
    """The sections of a project's card, with one page of the remarks on each, in a fixed number of queries."""

    def __init__(self, project: Project, page_number=1):
        self.project = project
        self.remarks = Remark.objects.public().filter(card__project=project)
        self.page_number = page_number

    @cached_property
    def headings(self) -> list[RemarkHeading]:
        """The headings of the edition, each with the `count` of its published remarks on this project.

        After them any part of the card that the edition has no heading for, under its own word.
        """
        published = self.remarks.filter(heading=OuterRef("pk")).order_by().values("heading")
        count = Subquery(published.annotate(number=Count("pk")).values("number"))
        headings = list(self.project.plan.headings.annotate(count=count))
        named = {heading.key for heading in headings}
        return headings + [
            RemarkHeading(plan=self.project.plan, key=key, name=str(key.label))
            for key in RemarkHeading.Key.of_card()
            if key not in named
        ]

    @property
    def counts(self) -> dict[int, int]:
        """How many published remarks there are on each heading that has any."""
        counted = [heading for heading in self.headings if heading.pk]
        return {heading.pk: heading.count for heading in counted if heading.count}

    @property
    def remark_count(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def page(self) -> Page:
        """The page of remarks: the same for all headings, as long as the longest of them asks for."""
        longest = max(self.counts.values(), default=0)
        return Paginator(range(longest), REMARKS_A_PAGE).get_page(self.page_number)

    @property
    def _first(self) -> int:
        return (self.page.number - 1) * REMARKS_A_PAGE + 1

    @cached_property
    def shown_remarks(self) -> dict[int, list[Remark]]:
        """The remarks of the page by their heading, in the order they came."""
        if not self.remark_count:
            return {}
        place = Window(RowNumber(), partition_by=F("heading"), order_by=F("pk").asc())
        numbered = self.remarks.annotate(place=place).order_by("pk")
        shown = numbered.filter(place__gte=self._first, place__lt=self._first + REMARKS_A_PAGE)
        by_heading = {}
        for remark in shown.select_related("card__submission"):
            by_heading.setdefault(remark.heading_id, []).append(remark)
        return by_heading

    @cached_property
    def sections(self) -> list[Section]:
        """Every heading that has a place on the page, in the order of the card."""
        lines, found, taken = self.project.lines(), [], set()
        for heading in self.headings:
            # Two headings may speak of the same part of the card.
            anchor = f"{heading.key}-{heading.order}" if heading.key in taken else heading.key
            taken.add(heading.key)
            found.append(self._section(heading, anchor, lines))
        return [section for section in found if section.is_shown]

    @property
    def lead(self) -> str:
        """What the card says first: its problem, else its solutions; empty while neither is written."""
        keys = (RemarkHeading.Key.PROBLEM, RemarkHeading.Key.SOLUTION)
        texts = [section.text for section in self.sections if section.heading.key in keys]
        return next(filter(None, texts), "")

    def _section(self, heading, anchor, lines) -> Section:
        text, language = heading.text_of(self.project)
        return Section(
            heading=heading,
            anchor=anchor,
            text=text,
            language=language,
            lines=lines.get(heading.key, []),
            remarks=self.shown_remarks.get(heading.pk, []),
            first=self._first,
            count=self.counts.get(heading.pk, 0),
        )
