"""What the tests of imports share: files made by other programs than ours, and the way through the pages."""

import csv
import io
import re
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from .factories import make_user

FILES = Path(__file__).parent / "data/spreadsheets"
IDEAS = "proposals/proposal"
REMARKS = "consultations/remark"
PROJECTS = "consultations/project"
MEMBERS = "committee/committeemember"


def coordinator() -> Client:
    """Najat's browser: the coordinator, signed in."""
    client = Client()
    client.force_login(make_user("najat", group="coordinator"))
    return client


def a_file(name) -> bytes:
    """A file that another program wrote."""
    return (FILES / name).read_bytes()


def csv_file(*rows, encoding="utf-8", separator=",") -> bytes:
    """Rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(*rows) -> bytes:
    """Rows as a workbook of openpyxl's."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(**members) -> bytes:
    """A ZIP archive of `members` (a name's slashes and dots written as __ and _)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def rows_in(answer) -> list[list]:
    """The rows of a workbook that was downloaded."""
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def send(client, to, content, *, language="ar", **fields):
    """Send a file in; return the page that follows: its preview, or the form with what is wrong."""
    address = f"/{language}/admin/{to}/import/"
    fields = {"file": SimpleUploadedFile("file.bin", content), **fields}
    return client.post(address, fields, follow=True)


def confirm(client, page):
    """Press the button of a preview; return the page that follows."""
    form = re.search(r'action="([^"]+process_import/)"', page.content.decode())
    sent = {"draft": page.context["draft"].pk, "fingerprint": page.context["preview"].fingerprint}
    return client.post(form[1], sent, follow=True)


def faults(page) -> list[tuple]:
    """The faults of a preview as (row, heading, words)."""
    return page.context["faults"]


def counts(page) -> dict[str, int]:
    """The rows of a preview by what they would do."""
    return page.context["preview"].counts


def refusal(page) -> str:
    """Why the form did not take a file."""
    return " ".join(page.context["form"].errors["file"])
