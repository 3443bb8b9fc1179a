"""Files that staff and the public download: inert cells, human words. Imports none of the apps."""

import csv
import datetime
import io
import re
import unicodedata
from decimal import Decimal
from itertools import chain

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.admin import ExportMixin
from import_export.formats import base_formats
from import_export.forms import ExportForm
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from . import clock

# What XML cannot hold: a file with one of these does not open again.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")
_QUOTES_AND_SPACES = re.compile(r"['\s]*")
_COLUMN_WIDTH = 24  # characters


def cell(value):
    """`value` as a cell that no spreadsheet takes for a formula: text, number, date or instant.

    Instants become the commune's time. Text that could open a formula gets one ' before it; taking
    that ' away gives the text back (line ends as \\n, characters that XML forbids dropped).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.datetime):
        return clock.local(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, int | Decimal | datetime.date):
        return value
    text = _LINE_END.sub("\n", _ILLEGAL.sub("", str(value)))
    return f"'{text}" if _opens_formula(text) else text


def _opens_formula(text: str) -> bool:
    # Quotes are passed over, so that a text that already has our prefix gets another one; NFKC
    # turns full-width and small signs into plain ones, as spreadsheets do.
    bare = text[_QUOTES_AND_SPACES.match(text).end() :]
    first = unicodedata.normalize("NFKC", bare[:1])
    return first.startswith(("=", "+", "-", "@")) or text.lstrip("'").startswith(("\t", "\n"))


class Column(fields.Field):
    """A column: where a row's value is found (`a__b`, a method or a property) and the words at its head."""

    def __init__(self, attribute, label):
        super().__init__(attribute, label, readonly=True)


def model_column(model, name) -> Column:
    """The column of a model's own field, under the model's own words."""
    return Column(name, model._meta.get_field(name).verbose_name)


class ExportResource(resources.Resource):
    """The columns of a file, each named; nothing else of a model gets out. `Meta.name` says of what."""

    @classmethod
    def get_display_name(cls):
        return cls._meta.name

    def iter_queryset(self, queryset):
        """The rows, a thousand at a time: the library would ask for each hundred anew."""
        return queryset.iterator(chunk_size=1000) if isinstance(queryset, QuerySet) else queryset

    def export_resource(self, instance, selected_fields=None, **kwargs):
        """The inert cells of a row; a method `dehydrate_<name>` may find a value."""
        return [cell(self._value(name, instance)) for name in self.fields]

    def _value(self, name, instance):
        find = getattr(self, f"dehydrate_{name}", self.fields[name].get_value)
        return find(instance)


class XlsxFile(base_formats.XLSX):
    """A sheet that reads from the right in Arabic."""

    def get_title(self):
        return "Excel (XLSX)"

    def can_import(self):
        return False

    def export_data(self, dataset, **kwargs):
        """The bytes of a workbook of one sheet."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_("Data"))
        sheet.sheet_view.rightToLeft = get_language_bidi()
        sheet.freeze_panes = "A2"
        for letter in map(_letter, range(dataset.width)):
            sheet.column_dimensions[letter].width = _COLUMN_WIDTH
        sheet.append([_xlsx_cell(sheet, heading, bold=True) for heading in dataset.headers])
        for row in dataset:
            sheet.append([_xlsx_cell(sheet, value) for value in row])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _xlsx_cell(sheet, value, *, bold=False):
    made = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        made.data_type = "s"  # text, whatever it looks like
    if bold:
        made.font = Font(bold=True)
    return made


CSV_TYPE = "text/csv; charset=utf-8"
# At the head of a file it tells spreadsheets that this is UTF-8.
_MARK = "\ufeff"


class CsvFile(base_formats.CSV):
    """Comma-separated values in UTF-8."""

    CONTENT_TYPE = CSV_TYPE

    def get_title(self):
        return "CSV (UTF-8)"

    def can_import(self):
        return False

    def export_data(self, dataset, **kwargs):
        """The text of the file."""
        return _MARK + dataset.export("csv")


def csv_download(name: str, head, rows) -> StreamingHttpResponse:
    """A file of comma-separated inert cells, sent row by row as `rows` gives them."""
    answer = StreamingHttpResponse(_csv_lines(head, rows, get_language()), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class _Line:
    """A file that gives back each line that is written to it."""

    def write(self, line):
        return line


def _csv_lines(head, rows, language):
    writer = csv.writer(_Line())
    yield _MARK
    # The rows are asked for when the request is over.
    with translation.override(language):
        for row in chain([head], rows):
            yield writer.writerow([cell(value) for value in row])


class ExportAdmin(ExportMixin):
    """An admin whose list can be downloaded by those who may both read and export its model."""

    export_formats = [XlsxFile, CsvFile]
    export_form_class = ExportForm

    def has_export_permission(self, request):
        """True for those who hold `export_<model>`."""
        permission = f"{self.opts.app_label}.export_{self.opts.model_name}"
        return self.has_view_permission(request) and request.user.has_perm(permission)

    def get_export_filename(self, request, queryset, file_format):
        """What is in the file and the day, in letters that every system takes."""
        # The form was valid: its choice is one of these.
        chosen = self.get_export_resource_classes(request)[int(request.POST["resource"])]
        stem = getattr(chosen._meta, "file_stem", self.opts.model_name)
        return f"{stem}-{clock.today():%Y-%m-%d}.{file_format.get_extension()}"
