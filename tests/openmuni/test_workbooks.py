"""The files that leave the portal: inert cells that any program opens, with every text in them."""

import csv
import datetime
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from openmuni.exports import CsvFile, ExportResource, OdsFile, XlsxFile, cell, model_column, uncell
from openmuni.reading import rows_of
from proposals.models import Proposal

FORMULAS = [
    "=1+1",
    "+212600000000",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1",
    " =1",
    "'=1",
    "''+1",
    '=HYPERLINK("http://example.org";"x")',
    "=cmd|'/C calc'!A0",
]
PLAIN = ["إنارة الحي", "'مقتبس'", "a=b", "1-2", "#REF!", "TRUE", "", "x" * 5000, "🌳 شجرة", "٥٠٪"]


def open_xlsx(content):
    """The rows of a workbook as cells."""
    return list(load_workbook(io.BytesIO(content)).active.iter_rows())


def open_csv(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


class TitleResource(ExportResource):
    """One column, for texts of every kind."""

    title = model_column(Proposal, "title")


def exported(texts, file_format):
    """The file of `texts`, one a row."""
    rows = [Proposal(title=text) for text in texts]
    return file_format.export_data(TitleResource().export(rows))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_could_open_a_formula_gets_a_quote(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_any_other_text_stays_as_it_is(text):
    assert cell(text) == text


def test_a_workbook_holds_no_formula_and_every_text():
    rows = open_xlsx(exported(FORMULAS + PLAIN, XlsxFile()))[1:]
    assert "f" not in {row[0].data_type for row in rows}
    assert [uncell(row[0].value or "") for row in rows] == FORMULAS + PLAIN


def test_an_opendocument_holds_no_formula_and_every_text():
    content = exported(FORMULAS + PLAIN, OdsFile())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"table:formula" not in archive.read("content.xml")
    texts = [text for text in FORMULAS + PLAIN if text]
    rows = list(rows_of(content)[1][0])[1:]
    assert [uncell(row.cells[0]) for row in rows] == texts


@given(st.text(max_size=40).filter(lambda text: cell(text).strip()))
def test_no_text_keeps_an_opendocument_from_opening_again(text):
    rows = list(rows_of(exported([text], OdsFile()))[1][0])
    assert rows[1].cells == (cell(text),)


def test_a_csv_file_gives_every_text_back():
    rows = open_csv(exported(FORMULAS + PLAIN, CsvFile()))[1:]
    assert [uncell(row[0]) if row else "" for row in rows] == FORMULAS + PLAIN


def test_a_csv_file_says_that_it_is_utf_8():
    assert exported(PLAIN, CsvFile()).startswith("\ufeff")


@given(st.text(max_size=40))
def test_no_text_keeps_a_file_from_opening_again(text):
    kept = uncell(cell(text))
    cells = open_xlsx(exported([text], XlsxFile()))[1]
    assert cells[0].data_type != "f"
    assert uncell(cells[0].value or "") == kept


@given(st.text(alphabet="'=+-@ \t\nا", max_size=6))
def test_taking_the_quote_away_always_gives_the_text_back(text):
    assert uncell(cell(text)) == text


def test_numbers_days_and_instants_are_no_text():
    noon = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
    assert cell(-5) == -5
    assert cell(noon) == datetime.datetime(2026, 11, 23, 12)  # noqa: DTZ001 - the commune's clock
    assert cell(datetime.date(2026, 11, 23)) == datetime.date(2026, 11, 23)
