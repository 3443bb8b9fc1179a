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
_TURNOUT = {
    "participants": gettext_lazy("Participants"),
    "women": gettext_lazy("Women among them"),
    "associations": gettext_lazy("Associations"),
}


def file_rows(figures: Figures, plan, now):
    """The rows under HEAD, sums included. Each says when it was counted and from what."""
    for lines, counted, source in _parts(figures, now):
        for table, row, column, number in lines:
            labels = [words.plain(label) for label in (table, row, column)]
            yield [str(plan), *labels, number, counted, source]


def numbers(figures: Figures):
    """(table, row, column, number) of every number of the figures."""
    for lines, _counted, _source in _parts(figures):
        yield from lines


def _parts(figures: Figures, now=None):
    """(lines, when they were counted, their source) of each part of the figures."""
    if figures.decisions.reported:
        for line in _of_ideas(figures):
            _table, row, column, _number = line
            by = figures.reported_by.get(column) or figures.reported_by.get(row)
            yield [line], _("as published"), words.plain(by or _("published figures"))
    else:
        yield _of_ideas(figures), now, _("published ideas")
    for meeting in figures.participation.turnouts:
        source = words.plain(meeting.source) or _("figures of the station")
        yield _turnout(meeting), words.plain(meeting.days), source
    if len(figures.participation.turnouts) > 1:
        yield _turnouts(figures.participation), now, _("sum of the known figures")
    if figures.remarks:
        yield _spread(figures.remarks), now, _("published remarks and their answers")


def _of_ideas(figures):
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


def _turnout(meeting):
    name = f"{words.plain(meeting.title)} · {meeting.days}"
    return _known(name, {key: getattr(meeting, key) for key in _TURNOUT})


def _turnouts(participation):
    return _known(_("All the meetings"), participation.sums)


def _known(name, counts):
    for key, column in _TURNOUT.items():
        if (number := counts[key]) is not None:
            yield _("Participation"), name, column, number
