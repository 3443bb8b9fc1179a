"""Files that staff and the public download: inert cells, human words. Imports none of the apps."""

import csv
import datetime
import re
import unicodedata
from decimal import Decimal
from itertools import chain

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.admin import ExportMixin
from import_export.formats import base_formats
from import_export.forms import ExportForm

from . import clock
from .workbooks import MARK, ODS_TYPE, SEPARATOR, Sheet, csv_text, ods_bytes, xlsx_bytes

# What XML cannot hold: a file with one of these does not open again.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Isolates, and what holds a pair of numbers in one piece: signs for those who read a page.
_UNSEEN = dict.fromkeys([0x2060, *range(0x2066, 0x206A)])
_LINE_END = re.compile(r"\r\n?")
_QUOTES_AND_SPACES = re.compile(r"['\s]*")


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


def uncell(text: str) -> str:
    """`text` without the ' that `cell` put before it; any other text as it is."""
    return text[1:] if text.startswith("'") and cell(text[1:]) == text else text


def _opens_formula(text: str) -> bool:
    # Quotes are passed over, so that a text that already has our prefix gets another one; NFKC
    # turns full-width and small signs into plain ones, as spreadsheets do.
    if text[:1].isalnum():
        return False
    bare = text[_QUOTES_AND_SPACES.match(text).end() :]
    first = unicodedata.normalize("NFKC", bare[:1])
    return first.startswith(("=", "+", "-", "@")) or text.lstrip("'").startswith(("\t", "\n"))


class Column(fields.Field):
    """A column: where a row's value is found (`a__b`, a method or a property) and the words at its head."""

    def __init__(self, attribute, label):
        super().__init__(attribute, label, readonly=True)


class ChoiceColumn(Column):
    """The words for a choice found at `attribute`; worked out once for each choice, not for each row."""

    def __init__(self, attribute, label, choices):
        super().__init__(attribute, label)
        self.choices = choices

    @cached_property
    def _words(self):
        return {value: str(words) for value, words in self.choices}

    def get_value(self, instance):
        """The words for the choice of `instance`."""
        value = super().get_value(instance)
        return self._words.get(value, value)


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
        return [cell(find(instance)) for find in self._finders]

    @cached_property
    def _finders(self):
        """For each column what finds its value; a resource lives for one file."""
        return [
            getattr(self, f"dehydrate_{name}", column.get_value)
            for name, column in self.fields.items()
        ]


class SheetFile(base_formats.Format):
    """A format whose files our own writer makes, for download alone."""

    title = extension = None
    write = None

    def get_title(self):
        return self.title

    def get_extension(self):
        return self.extension

    def can_export(self):
        return True

    def is_binary(self):
        return True

    def export_data(self, dataset, **kwargs):
        """The file of a dataset of inert cells."""
        return self.write(Sheet(_("Data"), dataset.headers, dataset))


class XlsxFile(SheetFile):
    """A workbook that reads from the right in Arabic."""

    CONTENT_TYPE = base_formats.XLSX.CONTENT_TYPE
    title, extension = "Excel (XLSX)", "xlsx"
    write = staticmethod(xlsx_bytes)


class OdsFile(SheetFile):
    """The same as OpenDocument."""

    CONTENT_TYPE = ODS_TYPE
    title, extension = "OpenDocument (ODS)", "ods"
    write = staticmethod(ods_bytes)


CSV_TYPE = "text/csv; charset=utf-8"


class CsvFile(SheetFile):
    """Separated values in UTF-8."""

    CONTENT_TYPE = CSV_TYPE
    title, extension = "CSV (UTF-8)", "csv"
    write = staticmethod(csv_text)


FORMATS = {each.extension: each for each in (XlsxFile, OdsFile, CsvFile)}


def sheet_download(name: str, sheet: Sheet, extension: str) -> HttpResponse:
    """A sheet of inert cells as a file of the format that `extension` names."""
    file_format = FORMATS[extension]
    answer = HttpResponse(file_format.write(sheet), content_type=file_format.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return answer


def csv_download(name: str, head, rows) -> StreamingHttpResponse:
    """A file of separated inert cells, sent row by row as `rows` gives them."""
    answer = StreamingHttpResponse(_csv_lines(head, rows, get_language()), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class _Line:
    """A file that gives back each line that is written to it."""

    def write(self, line):
        return line


def _csv_lines(head, rows, language):
    writer = csv.writer(_Line(), delimiter=SEPARATOR)
    yield MARK
    # The rows are asked for when the request is over.
    with translation.override(language):
        for row in chain([[capfirst(name) for name in head]], rows):
            yield writer.writerow([_unmarked(cell(value)) for value in row])


def _unmarked(value):
    """`value` without the marks that keep a page's words apart: a cell stands apart by itself."""
    return value.translate(_UNSEEN) if isinstance(value, str) else value


class ExportAdmin(ExportMixin):
    """An admin whose list can be downloaded by those who may both read and export its model."""

    export_formats = [XlsxFile, CsvFile, OdsFile]
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
