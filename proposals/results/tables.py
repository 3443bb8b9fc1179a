"""Tables of ideas by what became of them, and the bars that draw them."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from consultations.models import Channel
from openmuni.tables import CountRow, CountTable
from proposals.status import Status

TOTAL_LABEL = _("Total of ideas")


@dataclass(frozen=True)
class Row(CountRow):
    """One status with its count in each column."""

    status: str
    label: str
    cells: list[int]


@dataclass(frozen=True)
class DecisionTable(CountTable):
    """Statuses × columns (channels, or the steps of reported figures); always adds up."""

    columns: list[str]
    rows: list[Row]
    reported: bool = False


def by_channel(counts) -> DecisionTable:
    """Statuses × channels from {(channel, status): number}; a channel without any has no column."""
    columns = {}
    for (channel, status), number in counts.items():
        columns.setdefault(channel, {})[status] = number
    channels = [channel for channel in Channel if channel in columns]
    return cross_table([channel.label for channel in channels], [columns[key] for key in channels])


def cross_table(labels, columns, *, reported=False) -> DecisionTable:
    """The table of `columns`, each {status: number} and named by the label at its place."""
    rows = [
        Row(status, status.label, [counts.get(status, 0) for counts in columns])
        for status in Status
    ]
    return DecisionTable([str(label) for label in labels], rows, reported)


def reported_decisions(reported) -> DecisionTable:
    """The table of figures published elsewhere: pairs of a name and {status: number}."""
    labels = [label for label, _counts in reported]
    return cross_table(labels, [counts for _label, counts in reported], reported=True)


def reported_name(title, label):
    """The station that figures were reported for, with the word they were published under."""
    return format_html("{} ({})", title, label) if label and label != title else title


@dataclass(frozen=True)
class Line(CountRow):
    """One thing (an axis, a station…) with the count of each outcome."""

    label: str
    cells: list[int]


@dataclass(frozen=True)
class LineTable(CountTable):
    """Things × outcomes, each outcome with its key and its words; always adds up."""

    columns: list[tuple[str, str]]
    rows: list[Line]


def line_table(names: dict, counts, columns=None) -> LineTable:
    """The table of {(key, outcome): number}, a row for each key of `names`; by status unless told."""
    columns = columns or Status.choices
    rows = [
        Line(label, [counts.get((key, outcome), 0) for outcome, _label in columns])
        for key, label in names.items()
    ]
    return LineTable(columns, rows)


@dataclass(frozen=True)
class Part:
    """A part of a bar: the status that gives it its colour and texture, its words and its count."""

    status: str
    label: str
    total: int


@dataclass(frozen=True)
class Bar:
    """A stacked bar with its name; one of `scale` would fill the width."""

    label: str
    parts: list[Part]
    scale: int

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def rest(self) -> int:
        """What is left empty of the width."""
        return self.scale - self.total


def column_bars(table: DecisionTable) -> list[Bar]:
    """A bar a column and, where there are several, one for all of them, which fills the width."""
    columns = [*zip(*(row.cells for row in table.rows), strict=True)]
    labels = list(table.columns)
    if len(columns) != 1:
        columns.append([row.total for row in table.rows])
        labels.append(TOTAL_LABEL)
    outcomes = [(row.status, row.label) for row in table.rows]
    return [
        _bar(label, outcomes, cells, table.total)
        for label, cells in zip(labels, columns, strict=True)
    ]


def row_bars(table: LineTable, most: int) -> list[Bar]:
    """A bar a row, the longest of which fills the width; of more than `most` rows the fullest, in their order."""
    rows = table.rows
    longest = max((row.total for row in rows), default=0)
    fullest = sorted(range(len(rows)), key=lambda place: -rows[place].total)[:most]
    return [
        _bar(rows[place].label, table.columns, rows[place].cells, longest)
        for place in sorted(fullest)
    ]


def _bar(label, outcomes, cells, scale) -> Bar:
    pairs = zip(outcomes, cells, strict=True)
    return Bar(label, [Part(status, words, count) for (status, words), count in pairs], scale)
