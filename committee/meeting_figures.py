"""What the public reads of the committee's meetings: figures, and never who thought what."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from .models import CommitteeMeeting


@dataclass(frozen=True)
class MeetingFigures:
    """A meeting with its quorum, how many were present and how many decisions and answers it gave."""

    meeting: CommitteeMeeting
    present: int
    quorum: int
    decisions: int
    answers: int


def meetings_of(plan) -> list[MeetingFigures]:
    """The meetings of `plan`, the newest first. Two queries, whatever their number."""
    present = Count("attendance", filter=Q(attendance__present=True), distinct=True)
    decisions = Count("agenda__decision", distinct=True)
    answered_here = Q(agenda__answered_at=F("agenda__remark__answered_at"))
    answers = Count("agenda", filter=answered_here, distinct=True)
    meetings = plan.meetings.annotate(present=present, decisions=decisions, answers=answers)
    seats = list(plan.members.filter(is_alternate=False))
    return [
        MeetingFigures(
            meeting,
            meeting.present,
            meeting.quorum or sum(member.sits_on(meeting.date) for member in seats) // 2 + 1,
            meeting.decisions,
            meeting.answers,
        )
        for meeting in meetings.order_by("-date", "-pk")
    ]
