"""Spreadsheets handed to the person who imports: a blank one to fill in, one with its faults to mend.

Imports none of the apps.
"""

import datetime
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .columns import NamedChoice, in_each_language, plain
from .exports import cell
from .headings import FAULT_HEADING
from .imports import REFUSED, Preview
from .workbooks import Sheet


def blank_sheet(form) -> Sheet:
    """A sheet with the columns of `form` and, where it has some, their choices."""
    # That the row belongs to the edition is said beside the file.
    columns = [column for name, column in form.fields.items() if name != "plan"]
    choices = {
        at: [cell(str(words)) for words in column.names()]
        for at, column in enumerate(columns)
        if isinstance(column, NamedChoice) and column.names()
    }
    headings = [capfirst(str(column.label)) for column in columns]
    return Sheet(_("Data"), headings, (), choices, _("Choices"))


def faults_sheet(preview: Preview) -> Sheet:
    """The rows of a file as they stood, with what is wrong with them; the faulty ones first.

    All rows are there, so that the mended sheet can be sent in again whole.
    """
    table = preview.table
    ours = {plain(heading) for heading in in_each_language([FAULT_HEADING])}
    kept = [at for at, heading in sorted(table.headings.items()) if plain(heading) not in ours]
    of_line = dict(zip((row.number for row in table.rows), table.rows, strict=True))
    lines = sorted(preview.lines, key=lambda line: line.verdict != REFUSED)
    rows = [
        [*(_as_it_stood(of_line[line.number].cells, at) for at in kept), cell(_faults(line))]
        for line in lines
    ]
    return Sheet(_("Data"), [cell(table.headings[at]) for at in kept] + [str(FAULT_HEADING)], rows)


def _faults(line):
    return "\n".join(f"{heading}: {words}" if heading else words for heading, words in line.faults)


def _as_it_stood(cells, at):
    value = cells[at] if at < len(cells) else None
    if isinstance(value, float):
        return Decimal(f"{value:.12g}")
    if isinstance(value, datetime.datetime):
        return value.replace(microsecond=0)
    return cell(value)
