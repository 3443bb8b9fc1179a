"""What the page of the design shows in its pieces: plain objects, none of them a row of a database.

They have what the templates ask for and no more; their words are samples and say so.
"""

import datetime
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Accepts, Channel, Moderation, Remark, WithholdingCategory
from proposals.models import Proposal, Status

from . import clock

SLUG = "2030-2031"
REFERENCE = "TST-2030-0007"
IDEA = _("Sample of an idea")
PROJECT = _("Sample of a project")
WORDS = _("Sample of a text, long enough to fill more than one line on a small phone.")
CODE = ["0000"] * 4
QR = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
REASON = _("Sample of a reason, which says in a few words why it was decided so.")


class Sample(SimpleNamespace):
    """An object of the things it was given, its words in the language of the page."""

    def __init__(self, **known):
        super().__init__(
            **{name: str(v) if isinstance(v, Promise) else v for name, v in known.items()}
        )


class _Some(list):
    """A list that answers as a manager does."""

    def all(self):
        """The list."""
        return self

    def exists(self):
        """Whether it holds anything."""
        return bool(self)


def plan():
    """An edition; its address leads nowhere unless there is one of that name."""
    return Sample(
        pk=0,
        slug=SLUG,
        title=_("Sample of an edition"),
        is_rehearsal=True,
        is_closed=False,
        is_over=False,
        steps=_Some(),
        proposals=Sample(public=_Some()),
    )


def _station(number, phase, first, last, **more):
    today = clock.today()
    known = {
        "pk": number,
        "phase": phase,
        "title": _("Sample of a station"),
        "starts_on": today + datetime.timedelta(days=first),
        "ends_on": today + datetime.timedelta(days=last),
        "precision": "day",
        "moves": _Some(),
        "opens_at": None,
        "closes_at": None,
        "is_window": False,
        "is_near": True,
        "accepts_ideas": False,
        "accepts_remarks": False,
        "days_left": last,
        "hours_left": 0,
        "days_ahead": first,
        "get_accepts_display": Accepts.IDEAS.label,
    }
    return Sample(**known | more)


def stations():
    """Four stations: two that are over, an open one, one to come."""
    return [
        _station(1, "done", -80, -80),
        _station(2, "done", -40, -33, moves=_Some(["moved"])),
        _station(3, "now", -3, 8, is_window=True, accepts_ideas=True),
        _station(4, "next", 30, 30, precision="month"),
    ]


def windows():
    """Open stations: with days left, on their last day, in their last hour."""
    return [
        _station(11, "now", -3, 8, accepts_ideas=True),
        _station(
            12, "now", -9, 0, hours_left=5, closes_at=datetime.time(18, 0), accepts_remarks=True
        ),
        _station(13, "now", -9, 0),
    ]


def tally():
    """A table of ideas by what became of them."""
    numbers = dict(zip(Status, (12, 9, 5, 2), strict=True))
    rows = [
        Sample(status=status.value, label=status.label, total=n) for status, n in numbers.items()
    ]
    return Sample(total=sum(numbers.values()), rows=rows)


def statuses():
    """(code, word) of every status there is, those of remarks and of moderation too."""
    return [*Status.choices, *Moderation.choices, *Remark.Outcome.choices]


def axis():
    """A priority axis."""
    return Sample(name=_("Sample of an axis"))


def typed():
    """What somebody was sending."""
    return [str(WORDS)]


def project():
    """A project with three of its five headings written."""
    return Sample(
        pk=1,
        number=1,
        title=PROJECT,
        axis=axis(),
        headings_written=[True, True, True, False, False],
        count_of_headings_written=3,
        merged_count=4,
        remark_count=11,
    )


def headings():
    """The five headings of a frozen project, three of them written."""
    return [Sample(text=WORDS if number < 3 else "", has_lines=False) for number in range(5)]


def sums():
    """Amounts of funding."""
    return Sample(secured=750_000, sought=500_000, total=1_250_000)


def submission(moderation=Moderation.PENDING):
    """Something that was sent."""
    return Sample(
        reference=REFERENCE,
        language="ar",
        received_at=clock.now(),
        shown_name="",
        moderation=moderation.value,
        get_moderation_display=moderation.label,
        get_channel_display=Channel.DIGITAL.label,
        withheld_category="",
    )


def idea(status=Status.ACCEPTED, kind=Proposal.Kind.IDEA):
    """A published idea."""
    return Sample(
        reference=REFERENCE,
        title=IDEA,
        submission=submission(Moderation.PUBLISHED),
        Kind=Proposal.Kind,
        kind=kind,
        get_kind_display=kind.label,
        axis=axis(),
        neighbourhood="",
        status=status.value,
        get_status_display=status.label,
        project=project() if status == Status.MERGED else None,
        project_id=1,
    )


def ideas():
    """An idea of each status, and a new project card."""
    return [*map(idea, Status), idea(Status.IN_PROGRESS, Proposal.Kind.NEW_PROJECT)]


def trail():
    """An idea from its receipt to its decision."""
    decision = Sample(
        to_status="merged",
        reason=REASON,
        kept_part=str(WORDS),
        project=project(),
        project_id=1,
    )
    act = Sample(category="", reason="")
    withheld = Sample(
        category="off_topic",
        get_category_display=WithholdingCategory.OFF_TOPIC.label,
        reason=REASON,
    )
    events = [
        ("received", Moderation.PENDING.label, act, None),
        ("withheld", Moderation.WITHHELD.label, withheld, None),
        ("published", Moderation.PUBLISHED.label, act, None),
        ("decided", Status.MERGED.label, act, decision),
    ]
    return [
        Sample(kind=kind, label=label, at=clock.now(), act=act, decision=decision)
        for kind, label, act, decision in events
    ]


def remarks():
    """A remark with its answer, one without."""
    card = Sample(submission=submission(Moderation.PUBLISHED))
    outcome = Remark.Outcome.PARTLY
    known = {"card": card, "text": WORDS, "answer": REASON}
    known |= {"outcome": outcome.value, "get_outcome_display": outcome.label}
    return [Sample(pk=answered, is_answered=bool(answered), **known) for answered in (1, 0)]


def runs():
    """A text of which a word was taken out and another put in."""
    words = ("kept", "removed", "added")
    return [Sample(kind=kind, text=IDEA, gap=" ") for kind in words]


def page():
    """The second page of a list of five."""
    return Paginator(range(50), 10).page(2)


class SampleForm(forms.Form):
    """A field of each kind."""

    title = forms.CharField(label=_("Sample of a question"), help_text=WORDS, max_length=120)
    place = forms.CharField(label=_("Sample of a question"), required=False)
    body = forms.CharField(label=_("Sample of a question"), widget=forms.Textarea)
    choice = forms.ChoiceField(
        label=_("Sample of a question"), choices=Status.choices, widget=forms.RadioSelect
    )
    axis = forms.ChoiceField(label=_("Sample of a question"), choices=Status.choices)
    consent = forms.BooleanField(label=WORDS)


def filled_form():
    """A form as it comes: some of it answered."""
    return SampleForm(initial={"title": IDEA, "choice": Status.MERGED}, prefix="good")


def faulty_form():
    """A form that comes back with all its faults."""
    return SampleForm({}, prefix="wrong")
