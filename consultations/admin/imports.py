"""Spreadsheets sent in to a list of the admin: asked for, shown, and carried out when confirmed."""

import copy

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from import_export.admin import ImportMixin

from consultations.actors import Actor
from consultations.acts import Act
from consultations.models import ActLog, ImportDraft
from openmuni.exports import FORMATS, sheet_download
from openmuni.handouts import blank_sheet, faults_sheet
from openmuni.imports import CHANGED, NEW, REFUSED, SAME, StalePreview
from openmuni.reading import MAX_BYTES, TOO_LARGE

from .acts import values

SHOWN_ROWS = 5
SHOWN_FAULTS = 100
WORDS = {
    NEW: gettext_lazy("New"),
    CHANGED: gettext_lazy("Changed"),
    SAME: gettext_lazy("There already"),
    REFUSED: gettext_lazy("Faulty"),
}


class FileForm(forms.Form):
    """The file, and of which of several kinds its rows are."""

    kind = forms.ChoiceField(label=gettext_lazy("What is in the file"))
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("XLSX, ODS or CSV, 10 MB and 5,000 rows at most."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = {kind._meta.file_stem: kind for kind in kinds}
        names = [(stem, kind.get_display_name()) for stem, kind in self.kinds.items()]
        self.fields["kind"].choices = names
        if len(names) == 1:
            del self.fields["kind"]

    def clean_file(self):
        """Not too large to be looked at."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

    def read(self, target):
        """The kind of the rows and the bytes of the file, if it can be read as such; else None, and why not."""
        kind = self.kinds[self.cleaned_data.get("kind") or next(iter(self.kinds))]
        content = self.cleaned_data["file"].read()
        try:
            kind(**target.cleaned_data).read(content)
        except ValidationError as refusal:
            self.add_error("file", refusal)
            return None
        return kind, content


class ImportAdmin(ImportMixin):
    """An admin whose list takes rows from a spreadsheet, for those who may both read and import its model.

    `import_kinds` are the resources, which all have the same `target_form`.
    """

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_kinds = ()

    def has_import_permission(self, request):
        """True for those who hold `import_<model>`."""
        permission = f"{self.opts.app_label}.import_{self.opts.model_name}"
        return self.has_view_permission(request) and request.user.has_perm(permission)

    def get_urls(self):
        views = {
            "preview": ("import/<int:pk>/", self.import_preview_view),
            "faults": ("import/<int:pk>/faults/", self.import_faults_view),
            "blank": ("import/blank/<slug:stem>.<slug:extension>", self.import_blank_view),
        }
        ours = [
            path(address, self.admin_site.admin_view(view), name=self._import_name(name))
            for name, (address, view) in views.items()
        ]
        return [*ours, *super().get_urls()]

    def _import_name(self, view):
        return f"{self.opts.app_label}_{self.opts.model_name}_import_{view}"

    def _import_address(self, view, *args):
        return reverse(f"{self.admin_site.name}:{self._import_name(view)}", args=args)

    def _library_page(self, view):
        """The address of a page of the library or the admin."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(f"{self.admin_site.name}:{name}")

    def import_action(self, request, **kwargs):
        """Ask for a file; a good one leads to its preview."""
        self._ask_to_import(request)
        sent = request.method == "POST"
        target = self.import_kinds[0].target_form(request.POST if sent else None)
        form = FileForm(*([request.POST, request.FILES] if sent else []), kinds=self.import_kinds)
        # Both are asked, so that every fault is told at once.
        if form.is_valid() & target.is_valid() and (read := form.read(target)):
            kind, content = read
            name = f"{self.opts.label_lower}.{kind._meta.file_stem}"
            draft = ImportDraft.objects.keep(request.user, name, content, target.options())
            return redirect(self._import_address("preview", draft.pk))
        context = {"form": form, "target": target, "blanks": list(self._blank_files())}
        return self._import_page(request, "form", _("Import from a spreadsheet"), context)

    def _ask_to_import(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _import_page(self, request, template, title, context):
        context |= {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/imports/{template}.html", context)

    # --- Blank files -----------------------------------------------------------------------------

    def _blank_files(self):
        """Each kind of row with the addresses of its blank files, by format."""
        for kind in self.import_kinds:
            stem = kind._meta.file_stem
            files = [(name.upper(), self._import_address("blank", stem, name)) for name in FORMATS]
            yield kind.get_display_name(), files

    def import_blank_view(self, request, stem, extension):
        """A file with the headings in the language of the page, and the choices of what it may go to."""
        self._ask_to_import(request)
        kind = {kind._meta.file_stem: kind for kind in self.import_kinds}.get(stem)
        if kind is None or extension not in FORMATS:
            raise Http404
        first = kind.target_form().first()
        form = kind(**first).make_form() if first else kind.row_form()
        return sheet_download(f"{stem}-blank", blank_sheet(form), extension)

    # --- The preview -----------------------------------------------------------------------------

    def _waiting(self, request, pk):
        """The file that waits and what it would do; None when it waits no more."""
        kinds = {
            f"{self.opts.label_lower}.{kind._meta.file_stem}": kind for kind in self.import_kinds
        }
        waiting = ImportDraft.objects.alive(request.user).filter(kind__in=kinds)
        draft = waiting.filter(pk=pk).first()
        if draft is None:
            return None
        target = kinds[draft.kind].target_form(draft.options)
        if not target.is_valid():
            return None
        resource = kinds[draft.kind](**target.cleaned_data)
        return draft, resource, resource.read(bytes(draft.content))

    def _import_is_gone(self, request):
        messages.error(request, _("This file does not wait any more: send it again."))
        return redirect(self._library_page("import"))

    def import_preview_view(self, request, pk):
        """What the file would do; nothing is done yet."""
        self._ask_to_import(request)
        if (waiting := self._waiting(request, pk)) is None:
            return self._import_is_gone(request)
        draft, resource, table = waiting
        preview = resource.preview(table)
        faults = [(line.number, *fault) for line in preview.lines for fault in line.faults]
        context = {
            "draft": draft,
            "resource": resource,
            "preview": preview,
            "counts": [(WORDS[verdict], n) for verdict, n in preview.counts.items()],
            "faults": faults[:SHOWN_FAULTS],
            "faults_not_shown": max(len(faults) - SHOWN_FAULTS, 0),
            "first": first_rows(resource, preview),
            "changes": changes(resource, preview),
            "asking": self._library_page("import"),
            "faults_address": self._import_address("faults", pk),
            "confirm_address": self._library_page("process_import"),
        }
        return self._import_page(request, "preview", _("What this file would do"), context)

    def import_faults_view(self, request, pk):
        """The rows of the file with what is wrong with them, in the format in which they came."""
        self._ask_to_import(request)
        if (waiting := self._waiting(request, pk)) is None:
            return self._import_is_gone(request)
        _draft, resource, table = waiting
        sheet = faults_sheet(resource.preview(table))
        return sheet_download(f"{resource._meta.file_stem}-faults", sheet, table.format)

    # --- The act ---------------------------------------------------------------------------------

    @method_decorator(require_POST)
    def process_import(self, request, **kwargs):
        """Do what the preview showed, all of it or nothing."""
        self._ask_to_import(request)
        pk = request.POST.get("draft", "")
        if (
            waiting := self._waiting(request, int(pk) if pk.isdecimal() and len(pk) < 16 else 0)
        ) is None:
            return self._import_is_gone(request)
        draft, resource, table = waiting

        def tell(lines):
            self._log_import(request, resource, lines)
            draft.delete()

        try:
            preview = resource.carry_out(table, request.POST.get("fingerprint", ""), tell)
        except StalePreview:
            messages.error(
                request,
                _("Something changed since you looked: nothing was imported. Look again."),
            )
            return redirect(self._import_address("preview", pk))
        done = len(preview.to_do)
        words = ngettext("%(count)s row was imported.", "%(count)s rows were imported.", done)
        messages.success(request, words % {"count": done})
        return redirect(self._library_page("changelist"))

    def _log_import(self, request, resource, lines):
        """One act in the log of the edition: how many came in, or what stood before and stands now."""
        after = {"kind": resource._meta.file_stem, "new": len(lines)}
        before = {}
        if resource.model:
            before, sheets = states(resource, lines, self.unsaid)
            after |= sheets
        by = Actor.of_account(request.user)
        ActLog.objects.append(
            resource.plan, Act.IMPORT, resource.target, by=by, before=before, after=after
        )


def states(resource, lines, unsaid) -> tuple[dict, dict]:
    """What stood in the sheets that `lines` wrote, and what stands there now, as JSON holds it."""
    fields = {field.name for field in resource.model._meta.fields} - {"plan"}
    written = [name for name in resource.row_form.base_fields if name in fields]
    before, after = {}, {"new": [], "changed": {}}
    for line in lines:
        if line.verdict == NEW:
            after["new"].append({"id": line.thing.pk} | values(line.thing, written, unsaid))
            continue
        stood, names = copy.copy(line.thing), [name for name, _before, _after in line.changes]
        for name, value, _after in line.changes:
            setattr(stood, name, value)
        before[str(line.thing.pk)] = values(stood, names, unsaid)
        after["changed"][str(line.thing.pk)] = values(line.thing, names, unsaid)
    return before, after


def first_rows(resource, preview) -> dict:
    """The headings and the first rows, as they were understood."""
    form, names = resource.make_form(), [n for _at, n in sorted(preview.table.columns.items())]
    rows = [
        {
            "number": line.number,
            "verdict": line.verdict,
            "words": WORDS[line.verdict],
            "cells": [resource.shown(form, n, line.said.get(n, line.cells[n])) for n in names],
        }
        for line in preview.lines[:SHOWN_ROWS]
    ]
    return {"headings": [str(form.fields[name].label) for name in names], "rows": rows}


def changes(resource, preview) -> list[dict]:
    """Each thing that a row would change of a sheet: all of them, or it would not be told."""
    form = resource.make_form()
    return [
        {
            "number": line.number,
            "thing": line.name,
            "heading": str(form.fields[name].label),
            "before": resource.shown(form, name, before),
            "after": resource.shown(form, name, after),
        }
        for line in preview.of(CHANGED)
        for name, before, after in line.changes
    ]
