"""Where the headings of a spreadsheet stand, and which column is which. Imports none of the apps."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .columns import in_each_language, plain
from .reading import Row, head_of, rows_of

MAX_ROWS = 5_000
HEAD_ROWS = 10
FAULT_HEADING = _("fault")
# What no file may say: it is said by the people whose act it is, or by the portal itself.
NEVER_TAKEN = (
    _("status"),
    _("code"),
    _("tracking code"),
    _("moderation"),
    _("category"),
    _("reference"),
    _("decided at"),
    _("reason"),
    _("what became of it"),
    _("answer"),
    _("answered at"),
    _("account"),
    _("order"),
)


@dataclass
class Table:
    """A file as it was understood: which column is which field, and the rows below the headings."""

    format: str
    headings: dict[int, str]  # column → heading as it is written
    columns: dict[int, str]  # column → field
    rows: list[Row]
    never_taken: list[str]
    unknown: list[str]


def read_table(content: bytes, form, also) -> Table:
    """The rows of a file under the labels of `form`, or under the words `also` has for its fields.

    The headings may stand on any of the first ten rows, and over two of them where cells are
    merged. Raises ValidationError in words for staff.
    """
    known = _Headings(form, also)
    kind, sheets = rows_of(content)
    head, rows = _sheet_with_headings(sheets, known, form)
    written, last = _written(head, known)
    columns = {at: known.fields.get(plain(text)) for at, text in written.items()}
    _refuse_columns(columns, written, form)
    kept = [row for row in _limited(rows) if row.number > last]
    if not kept:
        raise ValidationError(_("There is nothing below the headings."))
    others = [text for at, text in written.items() if columns[at] is None]
    never = [text for text in others if plain(text) in known.never]
    return Table(
        format=kind,
        headings=written,
        columns={at: name for at, name in columns.items() if name},
        rows=kept,
        never_taken=never,
        unknown=[t for t in others if t not in never and plain(t) not in known.ours],
    )


class _Headings:
    """The headings of a form, in every language."""

    def __init__(self, form, also):
        self.fields = {}
        for name, column in form.fields.items():
            for label in in_each_language([column.label]):
                self.fields.setdefault(plain(label), name)
        # Other words come after: they take nothing from the columns' own.
        for name, labels in also.items():
            for label in in_each_language(labels):
                self.fields.setdefault(plain(label), name)
        self.never = {plain(label) for label in in_each_language(NEVER_TAKEN)} - {*self.fields}
        self.ours = {plain(label) for label in in_each_language([FAULT_HEADING])}

    def found_in(self, row) -> set[str]:
        """The fields that a row names."""
        names = {self.fields.get(plain(cell)) for _at, cell in _texts(row)}
        return names - {None}

    def knows(self, cell) -> bool:
        return plain(cell) in {*self.fields, *self.never, *self.ours}


def _texts(row):
    return [(at, cell) for at, cell in enumerate(row.cells) if isinstance(cell, str)]


def _sheet_with_headings(sheets, known, form):
    """The first rows, and all rows, of the sheet that names the most columns."""
    best, found, refusal = None, 0, None
    for sheet in sheets:
        try:
            head, rows = head_of(sheet, HEAD_ROWS)
        except ValidationError as fault:
            # Parted by another character, the same text may be in order.
            refusal = fault
            continue
        score = max((len(known.found_in(row)) for row in head), default=0)
        if score > found:
            best, found = (head, rows), score
    if best is None:
        raise refusal or ValidationError(
            _("No heading was found on the first %(count)s rows. There should be: %(names)s."),
            params={"count": HEAD_ROWS, "names": _listed(form.fields.values())},
        )
    return best


def _written(head, known):
    """The heading of each column as it is written, and the number of the last row of headings."""
    main = max(head, key=lambda row: len(known.found_in(row)))
    last = main.number
    for row in head:
        # Below merged headings stand others, and no data yet.
        if row.number == last + 1 and all(cell is None or known.knows(cell) for cell in row.cells):
            last = row.number
    # What stands above the row with the most headings is one of them only if it is known.
    above = [row for row in head if row.number < main.number]
    rows = [row for row in head if main.number <= row.number <= last]
    written = {at: cell for row in above for at, cell in _texts(row) if known.knows(cell)}
    return written | {at: cell for row in rows for at, cell in _texts(row)}, last


def _refuse_columns(columns, written, form):
    """Raise ValidationError when a column is missing, or named twice."""
    missing = [c for name, c in form.fields.items() if c.required and name not in columns.values()]
    if missing:
        raise ValidationError(
            _("These columns are missing: %(names)s."), params={"names": _listed(missing)}
        )
    times = Counter(columns.values())
    twice = [text for at, text in written.items() if columns[at] and times[columns[at]] > 1]
    if twice:
        raise ValidationError(
            _("Several columns say the same thing: %(names)s."), params={"names": " · ".join(twice)}
        )


def _listed(columns):
    return " · ".join(str(column.label) for column in columns)


def _limited(rows):
    """The rows, until there are too many."""
    for count, row in enumerate(rows, 1):
        if count > MAX_ROWS + HEAD_ROWS:
            raise_too_many()
        yield row


def raise_too_many():
    """Refuse a file for its length."""
    raise ValidationError(
        _("This file has more than %(count)s rows: divide it into several."),
        params={"count": MAX_ROWS},
    )
