"""The evening's paper cards: typing them in at a station, their receipts, and blank ones with numbers."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from committee.card_entry import (
    CardEntry,
    Sheet,
    kind_choices,
    kinds_of,
    next_number,
    stations,
    takes_cards,
)
from committee.card_receipts import receipts_of
from committee.documents import DocumentError
from committee.documents.cards import card_of_kind, cards_page, cards_pdf
from committee.forms.typing import BatchForm, PresetForm, SendForm
from committee.models import CommitteeMember, TypingDraft
from committee.views.cards import origin_of, pdf_answer
from consultations.models import Channel
from openmuni import clock

MODERATE = "consultations.moderate_submission"
TEMPLATES = "admin/committee/typingdraft/"
ROW = "__row__"
# By letter or telephone they come one by one.
_SINGLE = {Channel.LETTER, Channel.PHONE}


@admin.register(TypingDraft)
class TypingDraftAdmin(admin.ModelAdmin):
    """The pages around the drafts; the drafts themselves hold contacts, so nobody else reads them."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        grid = wrap(never_cache(self.grid_view))
        # The token was refused already: asked for again, the refusal would turn in a circle.
        grid.csrf_failed = wrap(csrf_exempt(partial(self.grid_view, csrf_failed=True)))
        name = "committee_typingdraft"
        return [
            path("", wrap(self.changelist_view), name=f"{name}_changelist"),
            path("<int:pk>/", grid, name=f"{name}_grid"),
            path("<int:pk>/keep/", wrap(require_POST(self.keep_view)), name=f"{name}_keep"),
            path(
                "<int:pk>/receipts/",
                wrap(never_cache(self.receipts_view)),
                name=f"{name}_receipts",
            ),
            path("<int:pk>/cards/", wrap(self.cards_view), name=f"{name}_cards"),
        ]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("committee.add_typingdraft")

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False

    # --- Pages ----------------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        """The stations, each with the ways to type its cards in and to print blank ones."""
        self._refuse_others(request)
        drafts = {draft.step_id: draft for draft in TypingDraft.objects.filter(user=request.user)}
        rows = [
            {"step": step, "draft": drafts.get(step.pk), "takes_cards": takes_cards(step)}
            for step in stations()
            if kinds_of(step)
        ]
        rows.sort(key=lambda row: not row["takes_cards"])
        return self._page(request, "stations.html", _("Paper cards"), rows=rows)

    def grid_view(self, request, pk, csrf_failed=False):
        """The cards of one kind, one a row. POST keeps them, or receives those without a fault."""
        step = self._station(request, pk)
        draft = self._draft(request, step)
        entry = CardEntry(draft, self._sheet(request, step, draft))
        send = SendForm(request.POST or None, may_publish=request.user.has_perm(MODERATE))
        if csrf_failed:
            return self._given_back(request, entry, send)
        if request.method != "POST":
            return self._grid(request, entry, send)
        entry.keep(request.POST)
        if "_send" not in request.POST:
            messages.success(request, _("The cards are kept; nothing is sent yet."))
            return redirect(request.get_full_path())
        if not send.is_valid():
            return self._grid(request, entry, send)
        return self._send(request, entry, send)

    def keep_view(self, request, pk):
        """Keep the rows as they stand, for the script; answers the hour."""
        step = self._station(request, pk)
        draft = self._draft(request, step)
        CardEntry(draft, self._sheet(request, step, draft)).keep(request.POST)
        return JsonResponse({"saved": f"{clock.local(clock.now()):%H:%M:%S}"})

    def receipts_view(self, request, pk):
        """The receipts of the rows that were received, until a POST says that they are printed."""
        step = self._station(request, pk)
        draft = self._draft(request, step)
        if request.method == "POST":
            draft.forget(request.POST.getlist("key"))
            return redirect("admin:committee_typingdraft_grid", pk)
        receipts = receipts_of(draft, request.build_absolute_uri)
        context = {"step": step, "plan": step.plan, "receipts": receipts}
        return TemplateResponse(request, f"{TEMPLATES}receipts.html", context)

    def cards_view(self, request, pk):
        """Blank cards with running numbers: a form, and the PDF it asks for."""
        self._refuse_others(request)
        step = get_object_or_404(stations(), pk=pk)
        initial = {"count": 50, "first": next_number(step), "language": get_language()}
        asked = request.GET if "first" in request.GET else None
        form = BatchForm(asked, kinds=kind_choices(step, every=True), initial=initial)
        if not form.is_valid():
            return self._page(request, "cards.html", _("Print blank cards"), step=step, form=form)
        try:
            return self._batch(request, step, form)
        except DocumentError as error:
            messages.error(request, error)
            return redirect("admin:committee_typingdraft_cards", pk)

    # --- What they share ------------------------------------------------------------------------

    def _refuse_others(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _station(self, request, pk):
        """The station, for who may type its cards in; a closed edition's, or one to come, is refused."""
        self._refuse_others(request)
        step = get_object_or_404(stations(), pk=pk)
        if not takes_cards(step):
            raise PermissionDenied
        return step

    def _draft(self, request, step):
        """The person's own draft at the station, made when something is first kept."""
        own = TypingDraft.objects.filter(user=request.user, step=step)
        if request.method != "POST":
            return own.first() or TypingDraft(user=request.user, step=step)
        return own.get_or_create(defaults={"user": request.user, "step": step})[0]

    def _sheet(self, request, step, draft):
        """The sheet that the address names, else the one of the row typed last."""
        kinds = kind_choices(step)
        waiting = draft.waiting
        kind, channel, language = (
            waiting[-1]["sheet"].split(".")
            if waiting
            else (kinds[0][0], draft.channel, get_language())
        )
        usual = {"kind": kind, "channel": channel, "language": language}
        for asked in (request.GET.dict(), {}):
            preset = PresetForm(usual | asked, kinds=kinds)
            if preset.is_valid():
                break
        else:  # the project of those rows is gone
            preset = PresetForm(usual | {"kind": kinds[0][0]}, kinds=kinds)
            preset.is_valid()
        sheet = Sheet(step, **preset.cleaned_data)
        request.preset = preset
        return sheet

    def _grid(self, request, entry, send, rows=(), status=200, **context):
        sheet, step = entry.sheet, entry.step
        blank = 1 if sheet.channel in _SINGLE else 10
        rows = [*rows] or entry.rows(blank)
        context |= {
            "sheet": sheet,
            "step": step,
            "preset": request.preset,
            "preset_query": urlencode(request.preset.cleaned_data),
            "rows": rows,
            "spare": sheet.row(ROW),
            "send": send,
            "others": self._other_sheets(entry, request.preset),
            "received": len(entry.draft.received),
            "is_nav_sidebar_enabled": False,  # the width goes to the rows
        }
        return self._page(request, "grid.html", _("Type paper cards in"), status, **context)

    def _given_back(self, request, entry, send):
        """All that was typed, when the security token of the POST was refused."""
        typed = entry.sheet.read(request.POST)
        rows = [
            entry.sheet.shown(index, key, one) for index, (key, one) in enumerate(typed.items())
        ]
        return self._grid(request, entry, send, rows, status=403, csrf_failed=True)

    def _other_sheets(self, entry, preset):
        """The other sheets of the draft with the number of their rows, to go on with."""
        words = [dict(preset.fields[name].choices) for name in ("kind", "channel", "language")]
        counts = {}
        for row in entry.draft.waiting:
            counts[row["sheet"]] = counts.get(row["sheet"], 0) + 1
        counts.pop(entry.sheet.code, None)
        return [
            {
                "query": urlencode(dict(zip(preset.fields, code.split("."), strict=True))),
                "label": " · ".join(str(known.get(part, part)) for known, part in named),
                "count": count,
            }
            for code, count in counts.items()
            if (named := [*zip(words, code.split("."), strict=True)])
        ]

    def _send(self, request, entry, send):
        publisher = None
        if send.cleaned_data.get("publish"):
            publisher = CommitteeMember.objects.actor(request.user, entry.step.plan)
        count, faulty = entry.send(publisher)
        if faulty:
            return self._grid(request, entry, send, faulty, received_now=count, faulty=True)
        if not count:
            messages.warning(request, _("Nothing is typed in yet."))
            return redirect(request.get_full_path())
        text = ngettext("%(count)s card was received.", "%(count)s cards were received.", count)
        messages.success(request, text % {"count": count})
        return redirect("admin:committee_typingdraft_receipts", entry.step.pk)

    def _batch(self, request, step, form):
        kind, language = form.cleaned_data["kind"], form.cleaned_data["language"]
        with translation.override(language):
            card = card_of_kind(step.plan, kind)
            html = cards_page(step.plan, [card], language, origin_of(request), form.numbers())
            numbers = form.numbers()
            name = f"{step.plan.slug}-{kind}-{numbers[0]}-{numbers[-1]}-{language}.pdf"
            return pdf_answer(cards_pdf(html), name)

    def _page(self, request, template, title, status=200, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "csrf_failed": False,
            "faulty": False,
            "received_now": 0,
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"{TEMPLATES}{template}", context, status=status)
