"""The trail of what came in: one dated event for each thing that happened to it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .models import ModerationAct, Submission

_ACT_LABELS = {
    ModerationAct.Act.PUBLISH: ("published", _("Published after moderation")),
    ModerationAct.Act.WITHHOLD: ("withheld", _("Withheld")),
    ModerationAct.Act.RESTORE: ("restored", _("Published again")),
}


@dataclass(frozen=True)
class Event:
    """One line of the trail. It names no member of staff: the committee answers as one.

    `decision` is the committee's decision that the line tells of, if it does.
    """

    kind: str
    label: str
    at: datetime.datetime
    decision: object = None
    act: ModerationAct | None = None


def events_of(submission: Submission, received: str) -> list[Event]:
    """Its arrival, in the words `received`, and the acts of moderation on it. One query."""
    acts = submission.moderation_acts.all()
    return [
        Event("received", received, submission.received_at),
        *(Event(*_ACT_LABELS[act.act], act.at, act=act) for act in acts),
    ]
