"""Blank cards on paper, made from the fields of the forms: paper and screen say the same words."""

import re
import threading
from dataclasses import dataclass, field
from hashlib import sha256

import segno
from django import forms
from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.forms import RemarksForm
from consultations.models import Commune
from openmuni.tags import direction
from proposals.forms import IdeaForm, NewProjectForm

from .printing import STATIC, print_pdf, printable

CARDS_STYLESHEET = "css/cards.css"
# By content, so that what changes is made anew and what was made is there for every process.
_MADE = FileBasedCache(
    str(settings.VAR_DIR / "cards"), {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 200}}
)
_MAKING = threading.Lock()


@dataclass(frozen=True)
class BlankCard:
    """One kind of card: its words, the form it stands for and the page on which that is sent.

    `project` is the one that a remarks card speaks of. Two cards that are `half` fill a page of A4.
    """

    title: str
    advice: str
    form: forms.Form = field(repr=False)
    path: str
    half: bool = False
    project: object = None

    def parts(self) -> list[dict]:
        """Its boxes and lines in the order of the form, which leaves nothing out."""
        said = {}
        if self.project:
            said = {part["box"].name: part for part in self.form.sections()}
        return [
            {
                "name": box.name,
                "shape": _shape(box.field),
                "label": box.label,
                "help": box.help_text,
                "optional": not box.field.required and box.name not in said,
                "choices": _choices(box.field),
                "said": said.get(box.name),
            }
            for box in self.form.visible_fields()
        ]

    def halves(self) -> dict[str, list[dict]]:
        """The parts up to the last text, and those about the author, which stay with the stub."""
        parts = self.parts()
        texts = [place for place, part in enumerate(parts, 1) if part["shape"] == "lines"]
        end = texts[-1] if texts else 0
        return {"parts": parts[:end], "author": parts[end:]}


def _shape(asked) -> str:
    """How the answer to a field of a form is written by hand."""
    shapes = {
        forms.CheckboxInput: "consent",
        forms.RadioSelect: "choices",
        forms.Textarea: "lines",
    }
    return shapes.get(type(asked.widget), "line")


def _choices(asked) -> list[str]:
    return [label for _value, label in getattr(asked, "choices", ())]


def idea_card(plan) -> BlankCard:
    """The card of an idea (بطاقة الفكرة)."""
    return BlankCard(
        _("Idea card"),
        _("Write clearly, one idea on each card."),
        IdeaForm(plan=plan),
        reverse("idea_new", args=[plan.slug]),
        half=True,
    )


def new_project_card(plan, headings=None) -> BlankCard:
    """The new project card (بطاقة مشروع انفتاح جديد)."""
    headings = plan.headings.all() if headings is None else headings
    return BlankCard(
        _("New project card"),
        _("Write clearly, one project on each card."),
        NewProjectForm(plan=plan, headings=headings),
        reverse("new_project", args=[plan.slug]),
    )


def remarks_card(project, headings=None) -> BlankCard:
    """The remarks card (بطاقة الملاحظات) of `project`, with what the project says."""
    headings = project.plan.headings.all() if headings is None else headings
    return BlankCard(
        _("Remarks card"),
        _("Write clearly, under the headings of your choice."),
        RemarksForm(project=project, headings=headings),
        reverse("remark_card_new", args=[project.pk]),
        project=project,
    )


def card_of_kind(plan, kind) -> BlankCard:
    """The card `idea`, `new_project` or, with the key of a project of `plan`, `remarks-5`."""
    if kind == "idea":
        return idea_card(plan)
    if kind == "new_project":
        return new_project_card(plan)
    project = plan.projects.with_lines().get(pk=kind.removeprefix("remarks-"))
    return remarks_card(project)


def cards_page(plan, cards, language, origin, numbers=(), **context) -> str:
    """The HTML of `cards` in `language`, the active one; with `numbers`, so many of each.

    `origin` is the address of the site, as in https://example.org. Without numbers a half card
    stands twice on its page.
    """
    shown = [
        {"card": card, "number": number} | card.halves() | _address(card, origin)
        for card in cards
        for number in (numbers or [None] * (1 + card.half))
    ]
    context |= {
        "plan": plan,
        "commune": Commune.objects.first(),
        "shown": shown,
        "language": language,
        "direction": direction(language),
        "stylesheet": CARDS_STYLESHEET,
    }
    return printable(render_to_string("committee/cards/cards.html", context))[0]


def _address(card, origin) -> dict:
    """The page of the card as a QR code and in words. Nothing in it is about a person."""
    address = f"{origin}{card.path}"
    return {"address": address.partition("://")[2], "qr": qr_drawing(address)}


def qr_drawing(text) -> dict:
    """The QR code of `text` as the path of an SVG drawing, and the length of its side."""
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix_iter(border=0)]
    path = "".join(
        f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z"
        for y, row in enumerate(rows)
        for run in re.finditer(rb"\x01+", row)
    )
    return {"path": path, "side": len(rows)}


def fingerprint(html) -> str:
    """What tells one document of cards from another."""
    style = (STATIC / CARDS_STYLESHEET).read_bytes()
    return sha256(html.encode() + style).hexdigest()


def cards_pdf(html) -> bytes:
    """The PDF of `html`, made once. Raises DocumentError when it cannot be made."""
    name = fingerprint(html)
    # One at a time: whoever asks for the same meanwhile finds it made.
    with _MAKING:
        made = _MADE.get(name)
        if made is None:
            made = print_pdf(html)
            _MADE.set(name, made)
    return made
