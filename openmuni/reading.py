"""Spreadsheets as people send them, in XLSX, ODS or CSV, read within limits. Imports none of the apps.

What a file is, its content says; its name is not asked. Nothing in it is computed or fetched.
"""

import csv
import datetime
import io
import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from defusedxml import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from . import opendocument
from .encodings import decode

MAX_BYTES = 10_000_000
MAX_UNPACKED = 100_000_000
MAX_RATIO = 100
MAX_TAGS = 3_000_000  # more take too long to read
MAX_COLUMNS = 50
MAX_CELLS = 3_000_000  # blank ones too
LAST_ROW = 1_048_576  # of a sheet, in any program

XLSX, ODS, CSV = "xlsx", "ods", "csv"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
TOO_LARGE = _("This file is larger than 10 MB, or unpacks to more than 100 MB.")
_DAMAGED = _("This file is damaged and cannot be read.")
_NOT_A_SHEET = _("This file is neither an XLSX or ODS workbook nor a CSV text.")
# The libraries fail in their own ways on what is not quite a workbook.
_UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    DefusedXmlException,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
)


@dataclass(frozen=True)
class Unusable:
    """A cell whose value the file does not give: a formula, or an error of one."""

    text: str

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Row:
    """A row as the program that wrote it numbers it: text, numbers, days, None; no blanks at its end."""

    number: int
    cells: tuple


def rows_of(content: bytes) -> tuple[str, list[Iterator[Row]]]:
    """The format of a file and its sheets, each an iterator over the rows that are not blank.

    A CSV file has a sheet for each character that may stand between its columns. Raises
    ValidationError, in words for staff, at once or while the rows are read.
    """
    if len(content) > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    if content.startswith(_OLD_EXCEL):
        raise ValidationError(
            _("This is an old Excel file (.xls), or one locked by a password: save it as XLSX.")
        )
    with _words_for_damage():
        if content.startswith(b"PK"):
            kind = _kind_of_archive(content)
            sheets = _xlsx(content) if kind == XLSX else opendocument.sheets(content, Unusable)
        elif content.startswith((b"%PDF", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")):
            raise ValidationError(_NOT_A_SHEET)
        else:
            kind, sheets = CSV, _csv(decode(content))
        return kind, [_rows(cells) for cells in sheets]


class _words_for_damage:  # noqa: N801 - reads as a statement
    """A context in which any failure of a library says that the file is damaged."""

    def __enter__(self):
        return self

    def __exit__(self, kind, fault, trace):
        if isinstance(fault, _UNREADABLE) and not isinstance(fault, ValidationError):
            raise ValidationError(_DAMAGED) from fault


def _rows(lines):
    """The rows of `lines` (number, cells), cleaned; blank ones left out."""
    looked_at = 0
    with _words_for_damage():
        for number, cells in lines:
            looked_at += 1 + len(cells)
            if number > LAST_ROW or looked_at > MAX_CELLS:
                raise ValidationError(TOO_LARGE)
            values = [_value(cell) for cell in cells]
            while values and values[-1] is None:
                values.pop()
            if len(values) > MAX_COLUMNS:
                raise ValidationError(
                    _("This sheet has more than %(count)s columns."), params={"count": MAX_COLUMNS}
                )
            if values:
                yield Row(number, tuple(values))


def _value(cell):
    """A cell as text, number, day or None: no blanks, no float that is whole, no midnight."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time(0):
        return cell.date()
    return cell


# --- Archives ------------------------------------------------------------------------------------


def _kind_of_archive(content):
    """XLSX or ODS, once it is known that unpacking it does no harm."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        unpacked = sum(member.file_size for member in members)
        # A small file packs well by nature: a blank sheet must not be taken for a bomb.
        if unpacked > MAX_UNPACKED or unpacked > max(len(content), 50_000) * MAX_RATIO:
            raise ValidationError(TOO_LARGE)
        if any(member.flag_bits & 1 for member in members):
            raise ValidationError(_("This file is locked by a password: save it without one."))
        names = {member.filename for member in members}
        if len(names) != len(members):
            raise ValidationError(_DAMAGED)
        if "xl/workbook.xml" in names:
            kind = XLSX
        elif "content.xml" in names and archive.read("mimetype").strip() == _ODS_TYPE:
            kind = ODS
        else:
            raise ValidationError(_NOT_A_SHEET)
        _count_tags(archive, members)
    return kind


def _count_tags(archive, members):
    """Refuse, before anything is parsed, what would keep the parser busy; every checksum is proved."""
    tags = 0
    for member in members:
        with archive.open(member) as file:
            while piece := file.read(1 << 20):
                tags += piece.count(b"<")
                if tags > MAX_TAGS:
                    raise ValidationError(TOO_LARGE)


# --- XLSX ----------------------------------------------------------------------------------------


def _xlsx(content):
    # The library parses with defusedxml: no entities, nothing from outside.
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    return [_xlsx_lines(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _xlsx_lines(sheet):
    # What a file says of its own size is not believed.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [_xlsx_value(cell) for cell in cells]


def _xlsx_value(cell):
    if cell.data_type in ("f", "e"):
        return Unusable(str(cell.value))
    return cell.value


# --- CSV -----------------------------------------------------------------------------------------


def _csv(text):
    return [_csv_lines(text, separator) for separator in ",;\t"]


def _csv_lines(text, separator):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise ValidationError(_DAMAGED) from None
        # A sheet counts rows, whatever lines a cell has; the reader counts lines.
        yield number, cells
        number += 1


def head_of(rows: Iterator[Row], count: int) -> tuple[list[Row], Iterator[Row]]:
    """The rows numbered up to `count`, and all rows."""
    head = []
    for row in rows:
        head.append(row)
        if row.number >= count:
            break
    return [row for row in head if row.number <= count], itertools.chain(head, rows)
