"""The decisions of a meeting, held back and published all together."""

import pytest

from committee.models import AgendaItem, DraftDecision
from consultations.models import ActionPlan
from tests.factories import REASON, make_plan, make_step

from .acting import DESK, send_together, sign_in, statuses
from .convening import MEETINGS, convene, entry, put

pytestmark = pytest.mark.django_db

MINE = "تعليلي الخاص الذي كتبته للجميع"


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


def text(answer):
    return answer.content.decode()


def rows_of(items, **fields):
    sent = {"version": 0, "decision": "accepted", "reason": MINE} | fields
    return {f"item_{item.pk}": sent for item in items}


@pytest.fixture
def meeting(plan):
    return convene(plan, days_ago=1)


@pytest.fixture
def coordinator():
    return sign_in("najat", group="coordinator")


def held_back(client, meeting, items):
    rows = {
        f"item-{pk[5:]}-{name}": value
        for pk, row in rows_of(items).items()
        for name, value in row.items()
    }
    return client.post(f"{MEETINGS}{meeting.pk}/decisions/", rows | {"held_back": "on"})


def test_decisions_that_are_held_back_are_published_all_at_one_press(coordinator, step, meeting):
    items = put(meeting, "الملعب", "الإنارة", "الأزبال", step=step)
    ideas = [item.proposal for item in items]
    held_back(coordinator, meeting, items)
    assert statuses(ideas) == ["in_progress"] * 3
    page = coordinator.get(f"{DESK}together/confirm/?meeting={meeting.pk}")
    assert [row.proposal for row in page.context["together"].rows] == ideas
    send_together(coordinator, "confirm", ideas)
    assert statuses(ideas) == ["accepted"] * 3
    assert AgendaItem.objects.filter(decision__isnull=False).count() == 3


def test_the_public_reads_nothing_of_what_is_held_back(client, coordinator, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    held_back(coordinator, meeting, [item])
    assert MINE not in text(client.get(f"/ar/ideas/{item.proposal.reference}/"))
    assert MINE in text(coordinator.get(f"{MEETINGS}{meeting.pk}/decisions/"))


def test_a_row_that_waits_is_not_typed_in_again_and_the_same_again_changes_nothing(
    coordinator, step, meeting
):
    [item] = put(meeting, "الملعب", step=step)
    codes = [held_back(coordinator, meeting, [item]).status_code for _time in (1, 2)]
    assert (codes, DraftDecision.objects.count()) == ([302, 302], 1)
    shown = text(coordinator.get(f"{MEETINGS}{meeting.pk}/decisions/"))
    assert f'name="item-{item.pk}-reason"' not in shown


def test_another_decision_on_a_row_that_waits_is_refused_and_kept(coordinator, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    held_back(coordinator, meeting, [item])
    answer = entry(coordinator, meeting, **rows_of([item], decision="rejected", reason=REASON))
    assert (answer.status_code, REASON in text(answer)) == (409, True)
    assert DraftDecision.objects.get().to_status == "accepted"


def test_where_two_sign_who_typed_a_meeting_in_does_not_publish_it(coordinator, step, meeting):
    ActionPlan.objects.update(four_eyes=True)
    items = put(type(meeting).objects.get(), "الملعب", "الإنارة", step=step)
    ideas = [item.proposal for item in items]
    entry(coordinator, meeting, **rows_of(items))
    assert DraftDecision.objects.filter(meeting=meeting).count() == 2
    assert send_together(coordinator, "confirm", ideas).status_code == 409
    send_together(sign_in("hamid", group="member"), "confirm", ideas)
    assert statuses(ideas) == ["accepted"] * 2


def test_the_meeting_leads_to_what_waits_from_it(coordinator, step, meeting):
    shown = text(coordinator.get(f"{MEETINGS}{meeting.pk}/change/"))
    assert "together/confirm/" not in shown
    held_back(coordinator, meeting, put(meeting, "الملعب", step=step))
    shown = text(coordinator.get(f"{MEETINGS}{meeting.pk}/change/"))
    assert f"together/confirm/?meeting={meeting.pk}" in shown


def test_a_meeting_from_which_something_waits_is_not_deleted(coordinator, step, meeting):
    held_back(coordinator, meeting, put(meeting, "الملعب", step=step))
    coordinator.post(f"{MEETINGS}{meeting.pk}/delete/", {"post": "yes"})
    assert DraftDecision.objects.exists()
