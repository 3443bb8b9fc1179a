"""What a spreadsheet would change, row by row, before it changes anything. Imports none of the apps.

A resource names its columns by the fields of a form, judges every row of a file, and writes all of
them or none.
"""

import datetime
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from import_export import resources

from .columns import NamedChoice
from .encodings import was_garbled
from .exports import uncell
from .headings import MAX_ROWS, Table, raise_too_many, read_table
from .reading import Unusable

NEW, SAME, CHANGED, REFUSED = "new", "same", "changed", "refused"


class StalePreview(Exception):
    """What the file would do is not what its preview showed any more; nothing was written."""


@dataclass
class Line:
    """A row of the file: what it says, what is wrong with it, what it would change."""

    number: int
    cells: dict  # by field, as they stand in the file
    said: dict = field(default_factory=dict)  # by field, as they were understood
    faults: list[tuple] = field(default_factory=list)  # (heading, message)
    verdict: str = NEW
    changes: list[tuple] = field(default_factory=list)  # (field, before, after)
    thing: object = None  # what it is written to
    name: str = ""  # what that was called before

    def refuse(self, message, heading=""):
        """The row cannot be taken, because of the column under `heading` or as a whole."""
        self.faults.append((heading, str(message)))
        self.verdict = REFUSED


@dataclass
class Preview:
    """All the rows of a file with what they would do."""

    table: Table
    lines: list[Line]

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows by what they would do."""
        found = Counter(line.verdict for line in self.lines)
        return {verdict: found[verdict] for verdict in (NEW, CHANGED, SAME, REFUSED)}

    def of(self, verdict) -> list[Line]:
        """The rows that would do this."""
        return [line for line in self.lines if line.verdict == verdict]

    @property
    def to_do(self) -> list[Line]:
        """The rows that would write something."""
        return [line for line in self.lines if line.verdict in (NEW, CHANGED)]

    @property
    def fingerprint(self) -> str:
        """The same for two previews that would do the same."""
        seen = [[line.number, line.verdict, line.changes, line.cells] for line in self.lines]
        text = json.dumps(seen, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


class ImportResource(resources.Resource):
    """Reads the rows of one kind of thing. `Meta.name` and `Meta.file_stem` say of what.

    A subclass has `row_form` (the columns), `also` (other words for their headings), `target_form`
    (where the rows go: its fields are the arguments), and `lock`, `judge(lines)` and `write(lines)`.
    """

    row_form = target_form = None
    # What each row is, where it is one row of one table.
    model = None
    also = {}

    @classmethod
    def get_display_name(cls):
        return cls._meta.name

    def make_form(self) -> forms.Form:
        """A form whose fields are the columns, each with its choices."""
        return self.row_form({})

    def other_words(self) -> dict[str, list]:
        """By column the words that mean it too."""
        return self.also

    def label(self, name) -> str:
        """The heading of a column."""
        return str(self.row_form.base_fields[name].label)

    def shown(self, form, name, value) -> str:
        """A value of a column of `form` as a person reads it."""
        column = form.fields[name]
        if isinstance(column, NamedChoice):
            value = column.shown.get(value, value)
        if isinstance(value, datetime.date):
            value = f"{value:%d/%m/%Y}"
        return "" if value is None else str(value)

    def read(self, content: bytes) -> Table:
        """The file under our headings; raises ValidationError."""
        table = read_table(content, self.make_form(), self.other_words())
        if len(table.rows) > MAX_ROWS:
            raise_too_many()
        return table

    def preview(self, table: Table) -> Preview:
        """What the file would do now; asks the database and writes nothing."""
        form = self.make_form()
        lines = [self._line(row, table, form) for row in table.rows]
        self.judge([line for line in lines if not line.faults])
        return Preview(table, lines)

    def carry_out(self, table: Table, fingerprint: str, tell) -> Preview:
        """Do all of what the preview of that fingerprint showed; else raise StalePreview, nothing done.

        `tell(lines)` is called within the transaction, with the rows that were written.
        """
        try:
            with transaction.atomic():
                self.lock()
                preview = self.preview(table)
                if preview.of(REFUSED) or preview.fingerprint != fingerprint:
                    raise StalePreview
                self.write(preview.to_do)
                tell(preview.to_do)
        except IntegrityError as fault:
            raise StalePreview from fault
        return preview

    def lock(self):
        """Keep others from changing what the rows are compared with; raise StalePreview if it is closed."""
        raise NotImplementedError

    def judge(self, lines):
        """Give each of the rows, which are well formed, its verdict."""
        raise NotImplementedError

    def write(self, lines):
        """Write rows that are new or changed."""
        raise NotImplementedError

    def _line(self, row, table, form):
        """A row as the form understands it."""
        cells = {
            name: row.cells[at] if at < len(row.cells) else None
            for at, name in table.columns.items()
        }
        line = Line(row.number, cells)
        # One form for all rows: to build one a row would take ten times as long.
        form.data = {name: _as_typed(cell, form.fields[name]) for name, cell in cells.items()}
        form.full_clean()
        line.said = form.cleaned_data
        labels = {name: str(column.label) for name, column in form.fields.items()}
        spoilt = {name: _why_unusable(cell) for name, cell in cells.items()}
        for name, messages in form.errors.items():
            if not spoilt.get(name):
                for message in messages:
                    line.refuse(message, labels.get(name, ""))
        for name, reason in spoilt.items():
            if reason:
                line.refuse(reason, labels[name])
        return line


def _why_unusable(cell):
    if isinstance(cell, Unusable):
        return _("This cell holds a formula: put its result there as a plain value.")
    if isinstance(cell, str) and was_garbled(cell):
        return _("The letters of this cell were spoilt when the file was saved: type them again.")
    return None


def _as_typed(cell, column):
    """A cell as somebody would have typed it into a form."""
    if isinstance(cell, str):
        return uncell(cell)
    if isinstance(cell, float):
        # Spreadsheets keep 0.3 as 0.30000000000000004.
        return Decimal(f"{cell:.12g}")
    if isinstance(cell, datetime.date) and not isinstance(column, forms.DateField):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Unusable):
        return None
    if isinstance(column, forms.DateField) and isinstance(cell, int):
        return str(cell)
    return cell
