"""The trail of an idea: one dated event for each thing that happened to it."""

from django.utils.translation import gettext_lazy as _

from consultations.trail import Event, events_of

from .models import Proposal, Status

_DECISION_LABELS = {
    Status.ACCEPTED: _("The committee accepted the idea"),
    Status.MERGED: _("The committee merged the idea into an openness project"),
    Status.REJECTED: _("The committee did not accept the idea"),
    Status.IN_PROGRESS: _("The committee reopened the idea"),
}


def trail_of(proposal: Proposal) -> list[Event]:
    """The events of `proposal`, the oldest first. Two queries."""
    moderation = events_of(proposal.submission, _("The idea was received"))
    decisions = [
        Event(
            "reopened" if decision.to_status == Status.IN_PROGRESS else "decided",
            _DECISION_LABELS[decision.to_status],
            decision.at,
            decision=decision,
        )
        for decision in proposal.decisions.select_related("project")
    ]
    return sorted([*moderation, *decisions], key=lambda event: event.at)
