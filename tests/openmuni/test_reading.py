"""Spreadsheets are read as other programs wrote them; what is hostile or damaged is refused in time."""

import datetime
import io
import time
import tracemalloc
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook

from openmuni.reading import Unusable, rows_of
from tests.importing import a_file, archive, csv_file, xlsx_file

SECONDS = 2
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)


def rows(content, sheet=0):
    return list(rows_of(content)[1][sheet])


def cells(content, sheet=0):
    return [row.cells for row in rows(content, sheet)]


def ods(table):
    content = f"{ODS_HEAD}{table}</office:spreadsheet></office:body></office:document-content>"
    return archive(mimetype=ODS_TYPE, content_xml=content)


def refused(content):
    """The words of the refusal, and the seconds it took."""
    begun = time.perf_counter()
    with pytest.raises(ValidationError) as caught:
        [list(sheet) for sheet in rows_of(content)[1]]
    return caught.value.messages[0], time.perf_counter() - begun


@pytest.mark.parametrize("ending", ["ods", "xlsx"])
def test_a_sheet_of_libreoffice_is_read_as_it_was_written(ending):
    first, _headings, _below, *data = rows(a_file(f"ideas-libreoffice.{ending}"))
    assert first.cells == ("لائحة أفكار اللقاء التشاركي بدار الشباب",)
    assert [row.number for row in data] == [5, 7, 8]
    assert data[0].cells == (
        1,
        "إنارة الأزقة المؤدية إلى المدرسة",
        "الأزقة مظلمة مساء.\nنقترح مصابيح مقتصدة في الطاقة.",
        "بطاقة ورقية",
        datetime.date(2030, 5, 10),
        "ياسين",
        "٠٦١٢٣٤٥٦٧٨",
        "للتتبع",
    )


def test_a_text_that_looks_like_a_formula_is_text():
    assert cells(a_file("ideas-libreoffice.ods"))[4][1] == "=فضاء أخضر قرب السوق"


def test_a_formula_is_no_value():
    (row,) = cells(xlsx_file(["=1+1", '=HYPERLINK("http://example.org")', "a"]))
    assert [type(cell) for cell in row] == [Unusable, Unusable, str]


def test_a_formula_of_libreoffice_is_no_value():
    cell = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
    (row,) = cells(ods(f"<table:table><table:table-row>{cell}</table:table-row></table:table>"))
    assert isinstance(row[0], Unusable)


def test_notes_beside_a_cell_are_no_text_of_it():
    note = "<office:annotation><text:p>سر</text:p></office:annotation>"
    cell = f'<table:table-cell office:value-type="string">{note}<text:p>كتاب<text:s/>أول</text:p></table:table-cell>'
    assert cells(ods(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")) == [
        ("كتاب أول",)
    ]


def test_blank_rows_are_left_out_and_counted():
    assert [row.number for row in rows(xlsx_file(["a"], [], [None, " "], ["b"]))] == [1, 4]


def test_a_hidden_sheet_is_not_read():
    book = Workbook()
    book.active["A1"] = "seen"
    hidden = book.create_sheet("x")
    hidden["A1"], hidden.sheet_state = "unseen", "hidden"
    file = io.BytesIO()
    book.save(file)
    assert len(rows_of(file.getvalue())[1]) == 1


@pytest.mark.parametrize(("separator", "sheet"), [(",", 0), (";", 1), ("\t", 2)])
def test_a_csv_text_is_parted_by(separator, sheet):
    content = csv_file(["الفكرة", "الحي"], ["سطر\nوسطر", "السوق"], separator=separator)
    assert cells(content, sheet) == [("الفكرة", "الحي"), ("سطر\nوسطر", "السوق")]


# --- Hostile files ---------------------------------------------------------------------------------


def bomb():
    """A workbook of 3 MB at most that unpacks to a gigabyte."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        target.writestr("xl/workbook.xml", "<workbook/>")
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(200):
                member.write(b"0" * 1_000_000)
    return file.getvalue()


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def xlsx_with(member, change):
    """A workbook of LibreOffice's with one member changed."""
    file = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(a_file("ideas-libreoffice.xlsx")))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, change(content) if name == member else content)
    return file.getvalue()


def with_entities(text, declaration=ENTITIES):
    head, rest = text.split("?>", 1)
    return f"{head}?>{declaration}{rest}".replace("</t>", "&c;&a;</t>")


HOSTILE = {
    "a bomb": bomb,
    "eleven megabytes": lambda: b"a" * 11_000_000,
    "entities in XLSX": lambda: xlsx_with("xl/sharedStrings.xml", with_entities),
    "entities in a sheet": lambda: xlsx_with("xl/worksheets/sheet1.xml", with_entities),
    "an entity from outside": lambda: xlsx_with(
        "xl/worksheets/sheet1.xml", lambda text: with_entities(text, OUTSIDE)
    ),
    "entities in ODS": lambda: archive(mimetype=ODS_TYPE, content_xml=f"{ENTITIES}{ODS_HEAD}</x>"),
    "half a workbook": lambda: xlsx_file(["a"])[:2000],
    "half an ODS": lambda: a_file("ideas-libreoffice.ods")[:9000],
    "a PDF": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 1000,
    "an old Excel file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "a web page": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    "another archive": lambda: archive(readme_txt="hello"),
    "a text document": lambda: archive(
        mimetype="application/vnd.oasis.opendocument.text", content_xml="<a/>"
    ),
    "four million tags": lambda: ods(f"<table:table>{'<a/>' * 4_000_000}</table:table>"),
    "a row without end": lambda: xlsx_with(
        "xl/worksheets/sheet1.xml", lambda text: text.replace('<row r="1"', '<row r="99999999999"')
    ),
    "too many columns": lambda: xlsx_file(["a"] * 60),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_a_hostile_file_is_refused_in_time(which):
    content = HOSTILE[which]()
    words, seconds = refused(content)
    assert words
    assert seconds < SECONDS


def test_a_cell_that_repeats_without_end_is_refused():
    cell = (
        '<table:table-cell table:number-columns-repeated="999999999" office:value-type="string">'
        "<text:p>a</text:p></table:table-cell>"
    )
    words, seconds = refused(
        ods(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")
    )
    assert words
    assert seconds < SECONDS


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_refusal_speaks_the_language_of_the_reader(language):
    with translation.override(language):
        words, _seconds = refused(b"%PDF-1.7")
    assert ("جدولا" in words) == (language == "ar")
    assert ("classeur" in words) == (language == "fr")


def test_no_zero_bytes_of_a_bomb_are_kept_in_memory():
    content = bomb()
    tracemalloc.start()
    refused(content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000
