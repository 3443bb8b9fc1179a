"""What the public reads of the committee's meetings: figures, and never who thought what."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from openmuni import clock

from .models import AgendaItem, CommitteeMeeting


@dataclass(frozen=True)
class MeetingFigures:
    """A meeting with its quorum, how many were present and how many decisions and answers it gave."""

    meeting: CommitteeMeeting
    present: int
    quorum: int
    decisions: int
    answers: int


def meetings_of(plan) -> list[MeetingFigures]:
    """The meetings of `plan`, the newest first. Three queries, whatever their number."""
    present = Count("attendance", filter=Q(attendance__present=True), distinct=True)
    decisions = Count("agenda__decision", distinct=True)
    meetings = plan.meetings.annotate(present=present, decisions=decisions).order_by("-date", "-pk")
    seats, answers = list(plan.members.filter(is_alternate=False)), _answers_in(plan)
    return [
        MeetingFigures(
            meeting,
            meeting.present,
            meeting.quorum or sum(member.sits_on(meeting.date) for member in seats) // 2 + 1,
            meeting.decisions,
            answers[meeting.pk],
        )
        for meeting in meetings
    ]


def _answers_in(plan) -> Counter:
    """How many answers were given at each meeting, by its number."""
    answered = AgendaItem.objects.filter(meeting__plan=plan, remark__answered_at__isnull=False)
    # Compared as the commune's clocks show it: the zone data of the database are not ours.
    return Counter(
        meeting
        for meeting, date, at in answered.values_list(
            "meeting", "meeting__date", "remark__answered_at"
        )
        if clock.local(at).date() == date
    )
