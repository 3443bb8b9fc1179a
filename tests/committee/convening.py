"""Meetings of the committee: seats, who is present, what is on the agenda."""

import datetime

from committee.models import CommitteeMeeting
from openmuni import clock
from tests.factories import make_proposal

MEETINGS = "/ar/admin/committee/committeemeeting/"
NAMES = ["مليكة", "يوسف", "بشرى", "حميد", "سناء"]


def seat_members(plan, count=3, **fields):
    """So many seats of the committee of `plan`, in the order of their names."""
    first = plan.members.count() + 1
    return [
        plan.members.create(order=order, college="elected", name_ar=NAMES[order - 1], **fields)
        for order in range(first, first + count)
    ]


def convene(plan, *, present=3, days_ago=0, **fields) -> CommitteeMeeting:
    """A meeting `days_ago` of the three seats of `plan`, of which so many were present."""
    if not plan.members.exists():
        seat_members(plan)
    date = clock.today() - datetime.timedelta(days=days_ago)
    meeting = CommitteeMeeting.objects.create(plan=plan, date=date, **fields)
    meeting.call_members()
    tick(meeting, present)
    return meeting


def tick(meeting, count):
    """Tick the first `count` seats as present."""
    meeting.attendance.filter(member__order__lte=count).update(present=True)


def put(meeting, *titles, step):
    """Ideas of those titles, published and put on the agenda; return their items."""
    return [
        meeting.agenda.create(
            order=meeting.agenda.count() + 1, proposal=make_proposal(step, title=title)
        )
        for title in titles
    ]


def anew(meeting) -> CommitteeMeeting:
    """The meeting as the database has it: what it remembers of its quorum is forgotten."""
    return CommitteeMeeting.objects.get(pk=meeting.pk)


def entry(client, meeting, **rows):
    """Send the entry page: rows as item_<pk>={field: value}."""
    sent = {
        f"{name.replace('_', '-')}-{field}": value
        for name, row in rows.items()
        for field, value in row.items()
    }
    return client.post(f"{MEETINGS}{meeting.pk}/decisions/", sent)
