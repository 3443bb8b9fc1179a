"""The committee's meetings of the rehearsal, one held and one to come, and the council's session."""

from committee.models import CommitteeMeeting, CouncilSession
from openmuni import clock
from proposals.models import Decision

from .texts import day, hour

# The months of the ordinary sessions (organic law 113-14, article 33).
_ORDINARY_MONTHS = {2, 5, 10}


def hold_meetings(plan, texts, *, by):
    """Hold the meetings that are past, and call the members to the next one."""
    for text in texts:
        meeting = CommitteeMeeting.objects.create(
            plan=plan,
            date=day(text["offset"]),
            starts_at=hour(text["starts_at"]),
            ends_at=hour(text["ends_at"]),
            place=text["place"],
            minutes=text["minutes"],
        )
        meeting.call_members()
        if text["decided"]:
            _record(meeting, text)
        else:
            meeting.put_on_agenda(by=by)
        for subject in text["subjects"]:
            meeting.agenda.create(order=meeting.agenda.count() + 1, subject=subject)


def _record(meeting, text):
    """Who was there, what was decided that day, and who took no part in what."""
    present = meeting.attendance.exclude(member__order__in=text["absent"])
    present.update(present=True)
    that_day = (
        clock.instant(meeting.date, hour("00:00")),
        clock.instant(meeting.date, hour("23:59")),
    )
    taken = Decision.objects.filter(proposal__plan=meeting.plan, at__range=that_day)
    for order, decision in enumerate(taken.order_by("at"), 1):
        meeting.agenda.create(order=order, proposal=decision.proposal, decision=decision)
    for recusal in text["recusals"]:
        meeting.agenda.get(order=recusal["item"]).recusals.create(
            member=meeting.plan.members.get(order=recusal["member"]), reason=recusal["reason"]
        )


def call_council(plan, text):
    """The session at which the council will deliberate; its first day is not known yet."""
    month = day(text["offset"])
    kinds = CouncilSession.Kind
    CouncilSession.objects.create(
        plan=plan,
        month=month,
        kind=kinds.ORDINARY if month.month in _ORDINARY_MONTHS else kinds.EXTRAORDINARY,
        members_in_office=text["members_in_office"],
    )
