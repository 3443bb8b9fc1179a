"""The trail of an idea or of a new project card: one dated event for each thing that happened to it."""

from django.utils.translation import gettext_lazy as _

from consultations.trail import Event, events_of

from .models import Proposal, Status

_Kind = Proposal.Kind
_RECEIVED = {
    _Kind.IDEA: _("The idea was received"),
    _Kind.NEW_PROJECT: _("The card was received"),
}
_DECIDED = {
    _Kind.IDEA: {
        Status.ACCEPTED: _("The committee accepted the idea"),
        Status.MERGED: _("The committee merged the idea into an openness project"),
        Status.REJECTED: _("The committee did not accept the idea"),
        Status.IN_PROGRESS: _("The committee reopened the idea"),
    },
    _Kind.NEW_PROJECT: {
        Status.ACCEPTED: _("The committee accepted the new project card"),
        Status.MERGED: _("The committee merged the card into an openness project"),
        Status.REJECTED: _("The committee did not accept the new project card"),
        Status.IN_PROGRESS: _("The committee reopened the new project card"),
    },
}


def trail_of(proposal: Proposal) -> list[Event]:
    """The events of `proposal`, the oldest first. Two queries."""
    moderation = events_of(proposal.submission, _RECEIVED[proposal.kind])
    decisions = [
        Event(
            "reopened" if decision.to_status == Status.IN_PROGRESS else "decided",
            _DECIDED[proposal.kind][decision.to_status],
            decision.at,
            decision=decision,
        )
        for decision in proposal.decisions.select_related("project")
    ]
    return sorted([*moderation, *decisions], key=lambda event: event.at)
