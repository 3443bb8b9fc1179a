"""The figures as the rows of one file: a line for each number of each table."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from . import words
from .counting import Figures, Spread
from .delays import Delay
from .tables import TOTAL_LABEL, CountTable

HEAD = (
    gettext_lazy("edition"),
    gettext_lazy("table"),
    gettext_lazy("row"),
    gettext_lazy("column"),
    pgettext_lazy("how many", "number"),
    gettext_lazy("counted at"),
    gettext_lazy("source"),
)
NUMBER = 4


def file_rows(figures: Figures, plan, now):
    """The rows under HEAD, sums included. Each says when it was counted and from what."""
    reported = figures.decisions.reported
    source = _("published figures") if reported else _("published ideas")
    for table, row, column, number in numbers(figures):
        labels = [words.plain(label) for label in (table, row, column)]
        yield [str(plan), *labels, number, None if reported else now, source]


def numbers(figures: Figures):
    """(table, row, column, number) of every number of the figures."""
    table = figures.decisions
    heads = [(row.label, row) for row in table.rows]
    yield from _cells(_("Decisions by channel"), table.columns, heads, table, TOTAL_LABEL)
    if figures.way:
        for link in (*figures.way.to_decisions, *figures.way.to_projects):
            yield _("The way of the ideas"), link.origin, link.target, link.count
    for spread in figures.spreads:
        yield from _spread(spread)
    for span in figures.weeks:
        yield _("When the ideas came"), span.label, TOTAL_LABEL, span.count
    if figures.delay:
        yield from _delay(figures.delay)
    yield from _participation(figures.participation)
    if figures.remarks:
        yield from _spread(figures.remarks)


def _cells(title, columns, rows, table: CountTable, total_label):
    for label, row in rows:
        for column, number in zip(columns, row.cells, strict=True):
            yield title, label, column, number
        yield title, label, total_label, row.total
    for column, number in zip(columns, table.totals, strict=True):
        yield title, total_label, column, number
    yield title, total_label, total_label, table.total


def _spread(spread: Spread):
    table = spread.table
    columns = [label for _key, label in table.columns]
    rows = [(row.label, row) for row in table.rows]
    return _cells(spread.title, columns, rows, table, spread.total_label)


def _delay(delay: Delay):
    title = _("Time to the first answer")
    for part in delay.bar.parts:
        yield title, part.label, TOTAL_LABEL, part.total
    for label, days in delay.spread:
        yield title, label, pgettext("how many", "days"), days


def _participation(participation):
    title = _("Participation")
    columns = [
        ("participants", _("Participants")),
        ("women", _("Women among them")),
        ("associations", _("Associations")),
    ]
    for meeting in participation.turnouts:
        for name, column in columns:
            if (number := getattr(meeting, name)) is not None:
                yield title, f"{words.plain(meeting.title)} · {meeting.days}", column, number
    if len(participation.turnouts) > 1:
        for name, column in columns:
            if (number := participation.sums[name]) is not None:
                yield title, _("All the meetings"), column, number
