"""The meetings of the committee and the votes of the council in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.models import CommitteeMember
from tests.factories import make_plan

from .acting import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return sign_in("najat", group="coordinator")


def queries_of(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return caught.captured_queries


def test_a_meeting_of_many_costs_as_many_queries_as_one_of_few(coordinator):
    plan = make_plan()
    meeting = plan.meetings.create(date="2030-05-06")
    address = f"/ar/admin/committee/committeemeeting/{meeting.pk}/change/"

    def seat(*orders):
        for order in orders:
            member = plan.members.create(order=order, college="elected", name_ar=f"عضو {order}")
            meeting.attendance.create(member=member)
            meeting.agenda.create(order=order, subject=f"نقطة {order}")

    seat(1, 2)
    queries_of(coordinator, address)
    two = len(queries_of(coordinator, address))
    seat(*range(3, 20))
    assert len(queries_of(coordinator, address)) == two


def test_only_members_of_the_edition_are_offered_for_a_meeting(coordinator):
    plan = make_plan()
    meeting = plan.meetings.create(date="2030-05-06")
    plan.members.create(order=1, college="elected", name_ar="مليكة")
    stranger = make_plan(slug="2034-2035").members.create(
        order=1, college="elected", name_ar="بشرى"
    )
    address = f"/ar/admin/committee/committeemeeting/{meeting.pk}/change/"
    shown = coordinator.get(address).content.decode()
    assert ("مليكة" in shown, "بشرى" in shown) == (True, False)
    sent = {
        "date": "2030-05-06",
        "agenda-TOTAL_FORMS": 0,
        "agenda-INITIAL_FORMS": 0,
        "attendance-TOTAL_FORMS": 1,
        "attendance-INITIAL_FORMS": 0,
        "attendance-0-member": stranger.pk,
        "attendance-0-present": "on",
    }
    assert coordinator.post(address, sent).status_code == 200
    assert not CommitteeMember.objects.exclude(attendance=None).exists()
