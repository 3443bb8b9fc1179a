"""The page of the committee: its seats by college, who came and went, its meetings."""

import datetime

import pytest

from committee.models import CommitteeMember
from openmuni import clock
from tests.factories import make_plan

pytestmark = pytest.mark.django_db


def sit(plan, name, *, order=1, **fields) -> CommitteeMember:
    """A seat of an elected member."""
    defaults = {"college": "elected", "name_ar": name}
    return CommitteeMember.objects.create(plan=plan, order=order, **defaults | fields)


def day(offset) -> datetime.date:
    return clock.today() + datetime.timedelta(days=offset)


def page_of(client, plan) -> str:
    return client.get(f"/ar/{plan.slug}/committee/").content.decode()


def test_the_act_of_appointment_stands_with_its_day(client):
    fields = {
        "appointment_act_ar": "قرار رئيس المجلس",
        "appointment_date": datetime.date(2030, 5, 4),
    }
    plan = make_plan(**fields)
    sit(plan, "سعاد")
    page = page_of(client, plan)
    assert "قرار رئيس المجلس" in page
    assert "04 ماي 2030" in page


def test_a_vacant_seat_is_named_and_counted(client):
    plan = make_plan()
    sit(plan, "سعاد")
    sit(plan, "", order=2)
    page = page_of(client, plan)
    assert "مقعد شاغر" in page
    assert "منها مقعد شاغر" in page


def test_who_left_a_seat_stays_to_be_read_with_the_last_day_and_the_follower(client):
    plan = make_plan()
    sit(plan, "سعاد", until=day(-10))
    sit(plan, "كريم", since=day(-9))
    page = page_of(client, plan)
    changes = page.partition('id="changes"')[2]
    assert "سعاد" in changes
    assert "كريم" in changes
    assert "سعاد" not in page.partition('id="changes"')[0]


def test_without_a_change_no_changes_are_told(client):
    plan = make_plan()
    sit(plan, "سعاد")
    assert 'id="changes"' not in page_of(client, plan)


def test_a_seat_that_is_still_to_begin_is_no_seat_of_today(client):
    plan = make_plan()
    sit(plan, "سعاد", since=day(5))
    assert "سعاد" not in page_of(client, plan)


@pytest.mark.parametrize("seats", [1, 12])
def test_the_page_asks_the_same_for_any_number_of_seats(client, django_assert_num_queries, seats):
    plan = make_plan()
    for order in range(seats):
        sit(plan, f"عضو {order}", order=order)
    sit(plan, "سعاد", order=99, until=day(-10))
    with django_assert_num_queries(8):
        page_of(client, plan)


def test_no_number_of_meetings_is_told_where_none_was_ever_recorded(client):
    plan = make_plan()
    CommitteeMember.objects.create(plan=plan, college="elected", name="سميرة", order=1)
    shown = client.get(f"/ar/{plan.slug}/committee/").content.decode()
    assert "الاجتماعات المنعقدة" not in shown
