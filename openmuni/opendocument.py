"""Sheets of OpenDocument (ODS), read without running anything. Imports none of the apps."""

import datetime
import io
import zipfile

from defusedxml.ElementTree import iterparse

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# More columns than any sheet of ours has; the rest of a row is blanks.
_LAST_COLUMN = 51
_LONGEST_RUN = 1000  # of spaces


def sheets(content: bytes, unusable) -> list:
    """The sheets of an ODS file, each a list of (row number, values); `unusable` wraps a formula's text.

    A row that repeats is told once for each time, a blank one not at all.
    """
    found, rows, number, nesting = [], [], 0, 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if element.tag == f"{_TABLE}table":
                nesting += 1 if event == "start" else -1
                if event == "start" and nesting == 1:
                    rows, number = [], 0
                    found.append(rows)
            elif event == "end" and nesting == 1 and element.tag == f"{_TABLE}table-row":
                repeated = int(element.get(f"{_TABLE}number-rows-repeated", 1))
                values = _values(element, unusable)
                if any(value is not None for value in values):
                    rows.append((range(number + 1, number + repeated + 1), values))
                number += repeated
                element.clear()
    return [_each(rows) for rows in found]


def _each(rows):
    for numbers, values in rows:
        for number in numbers:
            yield number, values


def _values(row, unusable):
    values = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        values += [_value(cell, unusable)] * min(repeated, _LAST_COLUMN - len(values))
    return values


def _value(cell, unusable):
    formula = cell.get(f"{_TABLE}formula")
    if formula:
        return unusable(formula)
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{_OFFICE}value"))
    if kind == "date":
        return datetime.datetime.fromisoformat(cell.get(f"{_OFFICE}date-value"))
    # Beside the paragraphs a cell may hold a note of somebody's, which is no part of its text.
    paragraphs = [_words(part) for part in cell if part.tag == f"{_TEXT}p"]
    return "\n".join(paragraphs) or cell.get(f"{_OFFICE}string-value")


def _words(element):
    words = [element.text or ""]
    for part in element:
        if part.tag == f"{_TEXT}s":
            words.append(" " * min(int(part.get(f"{_TEXT}c", 1)), _LONGEST_RUN))
        elif part.tag == f"{_TEXT}tab":
            words.append("\t")
        elif part.tag == f"{_TEXT}line-break":
            words.append("\n")
        elif part.tag != f"{_OFFICE}annotation":
            words.append(_words(part))
        words.append(part.tail or "")
    return "".join(words)
