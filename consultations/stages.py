"""The stages of a form of the public: what it says, who sends it, a look over it all. Nothing is kept between them.

Each stage is a page that carries what was typed on the others in hidden fields, so that no cookie and
no row is needed. The button that is pressed says by its value `act` where it leads; one of the look over it
all names the field to `change`, and what was looked over once is looked over again at the next button.
"""

import enum

from django.utils.translation import gettext_lazy as _


class Stage(enum.StrEnum):
    """Where a button leads, in this order. ALIKE is shown when there is something alike; SEND has no page."""

    TEXT = "text"
    ALIKE = "alike"
    AUTHOR = "author"
    CHECK = "check"
    SEND = "send"


_ORDER = list(Stage)
_TITLES = {
    Stage.ALIKE: _("People have already put forward something like it"),
    Stage.AUTHOR: _("About you"),
    Stage.CHECK: _("Check before you send"),
}
_NEXT = {
    Stage.TEXT: Stage.ALIKE,
    Stage.ALIKE: Stage.AUTHOR,
    Stage.AUTHOR: Stage.CHECK,
    Stage.CHECK: Stage.SEND,
}
_NUMBERS = {Stage.TEXT: 1, Stage.ALIKE: 1, Stage.AUTHOR: 2, Stage.CHECK: 3}
_ABOUT_AUTHOR = {"author_name", "association", "shown_as", "contact", "consent"}
# Enough to see whether one's own is among them.
_MOST_ALIKE = 4


def stage_of(name: str) -> Stage:
    """The stage at which the field `name` is asked for."""
    if name == "key":
        return Stage.CHECK
    return Stage.AUTHOR if name in _ABOUT_AUTHOR else Stage.TEXT


def asked_for(form) -> Stage:
    """Where the pressed button leads; what comes without one is a whole form, to be taken at once."""
    if not form.is_bound:
        return Stage.TEXT
    if changed := form.data.get("change"):
        return stage_of(changed)
    act = form.data.get("act", Stage.SEND)
    return Stage(act) if act in _ORDER else Stage.CHECK


def reached(form, asked: Stage) -> Stage:
    """The stage `asked` for, or the first one before it in which something is wrong.

    No errors are left on the form but those that keep it from going further.
    """
    stage = min([asked, *map(stage_of, form.errors)], key=_ORDER.index)
    for name in [*form.errors]:
        if stage == asked or stage_of(name) != stage:
            del form.errors[name]
    return stage


def page_of(form, stage: Stage) -> dict:
    """The context of the page of `stage`, or of the next one when nothing is alike."""
    seen, alike = "seen" in form.data, []
    if stage is Stage.ALIKE:
        alike = [] if seen else form.look_alikes()[:_MOST_ALIKE]
        stage = stage if alike else Stage.AUTHOR
    looked_over = bool({"looked_over", "change"} & {*form.data}) or stage is Stage.CHECK
    return {
        "stage": stage,
        "stage_title": _TITLES.get(stage, form.page_title),
        "stage_number": _NUMBERS[stage],
        "next_act": Stage.CHECK if looked_over and stage is not Stage.CHECK else _NEXT[stage],
        "looked_over": looked_over,
        "alike": alike,
        # What is alike is shown once.
        "alike_seen": seen or stage in {Stage.AUTHOR, Stage.CHECK},
        "carried": _carried(form, stage),
    }


def _carried(form, stage) -> list:
    """The fields of the other stages in which something is written or chosen."""
    others = (field for field in form.visible_fields() if stage_of(field.name) != stage)
    return [field for field in others if field.value()]
