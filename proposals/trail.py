"""The trail of an idea: one dated event for each thing that happened to it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consultations.models import ModerationAct

from .models import Decision, Proposal, Status

_ACT_LABELS = {
    ModerationAct.Act.PUBLISH: ("published", _("Published after moderation")),
    ModerationAct.Act.WITHHOLD: ("withheld", _("Withheld")),
    ModerationAct.Act.RESTORE: ("restored", _("Published again")),
}
_DECISION_LABELS = {
    Status.ACCEPTED: _("The committee accepted the idea"),
    Status.MERGED: _("The committee merged the idea into an openness project"),
    Status.REJECTED: _("The committee did not accept the idea"),
    Status.IN_PROGRESS: _("The committee reopened the idea"),
}


@dataclass(frozen=True)
class Event:
    """One line of the trail. It names no member of staff: the committee answers as one."""

    kind: str
    label: str
    at: datetime.datetime
    decision: Decision | None = None
    act: ModerationAct | None = None


def trail_of(proposal: Proposal) -> list[Event]:
    """The events of `proposal`, the oldest first. Two queries."""
    received = Event("received", _("The idea was received"), proposal.submission.received_at)
    acts = [
        Event(*_ACT_LABELS[act.act], act.at, act=act)
        for act in proposal.submission.moderation_acts.all()
    ]
    decisions = [
        Event(
            "reopened" if decision.to_status == Status.IN_PROGRESS else "decided",
            _DECISION_LABELS[decision.to_status],
            decision.at,
            decision=decision,
        )
        for decision in proposal.decisions.select_related("project")
    ]
    return sorted([received, *acts, *decisions], key=lambda event: event.at)
