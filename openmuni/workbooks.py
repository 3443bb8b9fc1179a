"""Writes workbooks and CSV texts from inert cells (see `exports.cell`). Imports none of the apps.

The two kinds of workbook are written as text: ten thousand rows by a library take longer than a
person waits.
"""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils.translation import get_language_bidi

_WIDTH = 24  # characters of a column
_LISTED_ROWS = 5000  # of a blank sheet, in which choices are offered
_FIRST_DAY = datetime.date(1899, 12, 30)  # of the calendar of spreadsheets
_FIRST_INSTANT = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - the commune's clock
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# At the head of a CSV text it tells spreadsheets that this is UTF-8.
MARK = "\ufeff"
# Where a comma parts francs from centimes, spreadsheets open a file of commas as one column.
SEPARATOR = ";"


@dataclass
class Sheet:
    """A sheet of a workbook: its name, its headings, its rows of inert cells.

    `choices` are the words offered in a column, by the column's number; they stand on a sheet of
    their own, named `choices_title`.
    """

    title: str
    headings: list
    rows: Iterable = ()
    choices: dict[int, list] = field(default_factory=dict)
    choices_title: str = ""

    def __post_init__(self):
        self.headings = [str(heading) for heading in self.headings]

    def sheet_of_choices(self) -> "Sheet":
        """The words that its columns offer, a column for each."""
        longest = max(map(len, self.choices.values()))
        rows = [
            [names[at] if at < len(names) else "" for names in self.choices.values()]
            for at in range(longest)
        ]
        return Sheet(self.choices_title, [self.headings[at] for at in self.choices], rows)

    def ranges(self, pattern: str) -> dict[int, str]:
        """Where the words of each column stand, as `pattern` writes it."""
        title = self.choices_title.replace("'", "''")
        return {
            at: pattern.format(title=title, letter=_letter(number), last=len(names) + 1)
            for number, (at, names) in enumerate(self.choices.items())
        }


def _letter(number: int) -> str:
    """The name of a column: A to Z, then AA…"""
    if number < 26:
        return chr(ord("A") + number)
    return _letter(number // 26 - 1) + _letter(number % 26)


def csv_text(sheet: Sheet) -> str:
    """The sheet as separated values in UTF-8."""
    file = io.StringIO(newline="")
    file.write(MARK)
    writer = csv.writer(file, delimiter=SEPARATOR)
    writer.writerow(sheet.headings)
    writer.writerows(sheet.rows)
    return file.getvalue()


def _archive(parts: dict[str, str], stored=()) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, kind)
    return file.getvalue()


# --- XLSX ----------------------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PLAIN, _BOLD, _DAY, _INSTANT = range(4)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def xlsx_bytes(sheet: Sheet) -> bytes:
    """The sheet as a workbook; it reads from the right in a language that does."""
    sheets = [sheet, sheet.sheet_of_choices()] if sheet.choices else [sheet]
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{_quoted(each.title)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, each in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId0" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
    for number, each in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = _xlsx_sheet(each)
    return _archive(parts)


def _xlsx_sheet(sheet):
    side = ' rightToLeft="1"' if get_language_bidi() else ""
    letters = [_letter(number) for number in range(len(sheet.headings))]
    lines = [
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{side} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(len(letters), 1)}" width="{_WIDTH}" customWidth="1"/></cols>'
        "<sheetData>"
    ]
    for number, row in enumerate([sheet.headings, *sheet.rows], 1):
        cells = "".join(
            _xlsx_cell(f"{letter}{number}", value, _BOLD if number == 1 else _PLAIN)
            for letter, value in zip(letters, row, strict=True)
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    lines.append(f"</sheetData>{_xlsx_choices(sheet)}</worksheet>")
    return "".join(lines)


def _xlsx_cell(place, value, style):
    if isinstance(value, str):
        if not value:
            return f'<c r="{place}" s="{style}"/>'
        text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        return f'<c r="{place}" s="{style}" t="inlineStr">{text}</c>'
    if isinstance(value, datetime.datetime):
        days = (value - _FIRST_INSTANT) / datetime.timedelta(days=1)
        return f'<c r="{place}" s="{_INSTANT}"><v>{days:.10f}</v></c>'
    if isinstance(value, datetime.date):
        return f'<c r="{place}" s="{_DAY}"><v>{(value - _FIRST_DAY).days}</v></c>'
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def _xlsx_choices(sheet):
    if not sheet.choices:
        return ""
    lists = "".join(
        f'<dataValidation type="list" allowBlank="1" sqref="{_letter(at)}2:{_letter(at)}{_LISTED_ROWS + 1}">'
        f"<formula1>{escape(place)}</formula1></dataValidation>"
        for at, place in sheet.ranges("'{title}'!${letter}$2:${letter}${last}").items()
    )
    return f'<dataValidations count="{len(sheet.choices)}">{lists}</dataValidations>'


def _quoted(text):
    return escape(str(text), {'"': "&quot;"})


# --- ODS -----------------------------------------------------------------------------------------

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    [
        *(f'xmlns:{n}="{_OPEN_DOCUMENT}:{n}:1.0"' for n in ("office", "table", "text", "style")),
        f'xmlns:number="{_OPEN_DOCUMENT}:datastyle:1.0"',
        f'xmlns:fo="{_OPEN_DOCUMENT}:xsl-fo-compatible:1.0"',
        f'xmlns:of="{_OPEN_DOCUMENT}:of:1.2"',
    ]
)
_DATE = (
    '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)
_ODS_STYLES = (
    '<style:style style:name="column" style:family="table-column">'
    '<style:table-column-properties style:column-width="4.5cm"/></style:style>'
    '<style:style style:name="sheet" style:family="table">'
    '<style:table-properties table:display="true" style:writing-mode="{side}"/></style:style>'
    '<style:style style:name="bold" style:family="table-cell"><style:text-properties '
    'fo:font-weight="bold" style:font-weight-complex="bold"/></style:style>'
    f'<number:date-style style:name="N1">{_DATE}</number:date-style>'
    f'<number:date-style style:name="N2">{_DATE}{_TIME}</number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="instant" style:family="table-cell" style:data-style-name="N2"/>'
)


def ods_bytes(sheet: Sheet) -> bytes:
    """The sheet as an OpenDocument workbook; it reads from the right in a language that does."""
    sheets = [sheet, sheet.sheet_of_choices()] if sheet.choices else [sheet]
    styles = _ODS_STYLES.format(side="rl-tb" if get_language_bidi() else "lr-tb")
    tables = "".join(map(_ods_table, sheets))
    content = (
        f'{_HEAD}<office:document-content {_NAMES} office:version="1.2"><office:automatic-styles>'
        f"{styles}</office:automatic-styles><office:body><office:spreadsheet>{_ods_choices(sheet)}"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_OPEN_DOCUMENT}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    parts = {"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
    return _archive(parts, stored={"mimetype"})


def _ods_choices(sheet):
    if not sheet.choices:
        return ""
    lists = "".join(
        f'<table:content-validation table:name="list{at}" table:allow-empty-cell="true" '
        f'table:condition="of:cell-content-is-in-list({_quoted(place)})">'
        '<table:error-message table:display="false"/></table:content-validation>'
        for at, place in sheet.ranges("[$'{title}'.${letter}$2:.${letter}${last}]").items()
    )
    return f"<table:content-validations>{lists}</table:content-validations>"


def _ods_table(sheet):
    width = max(len(sheet.headings), 1)
    lines = [
        f'<table:table table:name="{_quoted(sheet.title)}" table:style-name="sheet">'
        f'<table:table-column table:style-name="column" table:number-columns-repeated="{width}"/>',
        _ods_row([_ods_cell(heading, ' table:style-name="bold"') for heading in sheet.headings]),
    ]
    lines += [_ods_row([_ods_cell(value) for value in row]) for row in sheet.rows]
    if sheet.choices:
        offered = [
            f'<table:table-cell table:content-validation-name="list{at}"/>'
            if at in sheet.choices
            else "<table:table-cell/>"
            for at in range(width)
        ]
        lines.append(_ods_row(offered, f' table:number-rows-repeated="{_LISTED_ROWS}"'))
    return "".join([*lines, "</table:table>"])


def _ods_row(cells, repeated=""):
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def _ods_cell(value, style=""):
    if isinstance(value, str):
        if not value:
            return "<table:table-cell/>"
        return f'<table:table-cell{style} office:value-type="string">{_paragraphs(value)}</table:table-cell>'
    if isinstance(value, datetime.date):
        name = "instant" if isinstance(value, datetime.datetime) else "day"
        return (
            f'<table:table-cell table:style-name="{name}" office:value-type="date" '
            f'office:date-value="{value.isoformat()}"/>'
        )
    if isinstance(value, int | float | Decimal):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell{style} office:value-type="string">{_paragraphs(str(value))}</table:table-cell>'


def _paragraphs(text):
    """Text as it stands: spaces in a row and tabs would be one space otherwise."""
    text = escape(text).replace("\t", "<text:tab/>")
    if "  " in text or text.startswith(" ") or text.endswith(" ") or "\n " in text or " \n" in text:
        text = text.replace(" ", "<text:s/>")
    return "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
