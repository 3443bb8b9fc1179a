"""The page of a meeting in the admin: its boxes, its agenda, its recusals."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.models import Attendance, CommitteeMeeting, Recusal
from openmuni import clock
from tests.factories import REASON, make_actor, make_card, make_plan, make_project, make_step

from .acting import sign_in
from .convening import MEETINGS, convene, put, seat_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return sign_in("najat", group="coordinator")


@pytest.fixture
def plan():
    return make_plan()


def address(meeting):
    return f"{MEETINGS}{meeting.pk}/change/"


def form_of(client, meeting):
    """What a browser would send back of the page of a meeting, unchanged."""
    context = client.get(address(meeting)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is True:
                value = "on"
            if value is not None and value is not False:
                sent[bound.html_name] = value
    return sent


def box(sent, member, formset="attendance"):
    """The name of the box of `member` among what is sent."""
    row = str(Attendance.objects.get(member=member).pk)
    return next(
        name.replace("-id", "-present")
        for name, value in sent.items()
        if name.startswith(formset) and name.endswith("-id") and str(value) == row
    )


def decided(meeting, plan):
    """An item of the meeting on which a decision was recorded."""
    [item] = put(meeting, "الملعب", step=make_step(plan))
    item.record(
        lambda by, at: item.proposal.accept(by=by, reason=REASON, at=at), make_actor("amina")
    )
    return item


def test_a_meeting_of_many_costs_as_many_queries_as_one_of_few(coordinator, plan):
    meeting = convene(plan)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert coordinator.get(address(meeting)).status_code == 200
        return len(caught)

    cost()
    few = cost()
    seat_members(plan, 2)
    meeting.call_members()
    put(meeting, "الملعب", "الإنارة", "الأزبال", step=make_step(plan))
    meeting.agenda.create(order=9, remark=make_card(make_project(plan)).remarks.get())
    # The headings of new project cards are asked for once there is an idea at all.
    assert cost() <= few + 2


def test_a_new_meeting_opens_with_a_box_for_every_seat(coordinator, plan):
    seats = seat_members(plan)
    today = f"{clock.today():%d/%m/%Y}"
    answer = coordinator.post(f"{MEETINGS}add/", {"plan": plan.pk, "date": today})
    meeting = CommitteeMeeting.objects.get()
    assert answer.url == address(meeting)
    boxes = meeting.attendance.values_list("member", "present")
    assert sorted(boxes) == [(member.pk, False) for member in seats]


def test_a_box_that_is_ticked_is_kept(coordinator, plan):
    meeting = convene(plan, present=0)
    sent = form_of(coordinator, meeting)
    coordinator.post(address(meeting), sent | {box(sent, plan.members.first()): "on"})
    assert list(meeting.attendance.filter(present=True).values_list("member__order")) == [(1,)]


def test_only_members_of_the_edition_are_offered_for_a_meeting(coordinator, plan):
    meeting = convene(plan)
    [stranger] = seat_members(make_plan(slug="2034-2035"), 1)
    stranger.name_ar = "الغريبة"
    stranger.save()
    assert "الغريبة" not in coordinator.get(address(meeting)).content.decode()
    forged = {"attendance-TOTAL_FORMS": 4, "attendance-3-member": stranger.pk}
    sent = form_of(coordinator, meeting) | forged | {"attendance-3-present": "on"}
    coordinator.post(address(meeting), sent)
    assert not stranger.attendance.exists()


def test_who_does_not_sit_on_the_new_day_of_a_meeting_is_refused_with_words(coordinator, plan):
    meeting = convene(plan, present=3)
    tomorrow = clock.today() + datetime.timedelta(days=1)
    plan.members.filter(order=1).update(until=clock.today())
    sent = form_of(coordinator, meeting) | {"date": f"{tomorrow:%d/%m/%Y}"}
    answer = coordinator.post(address(meeting), sent)
    assert "لا يزاول هذا العضو مهامه في اللجنة يوم الاجتماع." in answer.content.decode()
    assert CommitteeMeeting.objects.get().date == clock.today()


def test_the_numbers_of_the_agenda_are_changed_and_closed_up(coordinator, plan):
    meeting = convene(plan)
    put(meeting, "الملعب", "الإنارة", "الأزبال", step=make_step(plan))
    sent = form_of(coordinator, meeting) | {"agenda-2-order": 1}
    coordinator.post(address(meeting), sent)
    found = meeting.agenda.order_by("order").values_list("order", "proposal__title")
    assert [*found] == [(1, "الأزبال"), (2, "الملعب"), (3, "الإنارة")]


def test_another_subject_is_added_at_the_end(coordinator, plan):
    meeting = convene(plan)
    put(meeting, "الملعب", step=make_step(plan))
    sent = form_of(coordinator, meeting) | {"added-0-subject": "موعد الاجتماع المقبل"}
    coordinator.post(address(meeting), sent)
    assert [item.subject for item in meeting.agenda.order_by("order")][1] == "موعد الاجتماع المقبل"


def test_an_idea_of_another_edition_is_refused_at_its_field(coordinator, plan):
    meeting = convene(plan)
    [strange] = put(convene(make_plan(slug="2034-2035")), "بعيدة", step=make_step(plan))
    type(plan).objects.filter(pk=plan.pk).update(title_ar="نسخة أخرى")
    other = make_step(make_plan(slug="2040-2041"))
    idea = put(convene(other.plan), "أبعد", step=other)[0].proposal
    sent = form_of(coordinator, meeting) | {"added-0-proposal": idea.pk}
    answer = coordinator.post(address(meeting), sent)
    assert "ينتمي هذا إلى نسخة أخرى." in answer.content.decode()
    assert strange.proposal.agenda_items.count() == 1
    assert not meeting.agenda.exists()


def test_an_item_that_was_recorded_stays_on_its_agenda(coordinator, plan):
    meeting = convene(plan)
    item = decided(meeting, plan)
    sent = form_of(coordinator, meeting) | {"agenda-0-DELETE": "on"}
    coordinator.post(address(meeting), sent)
    assert meeting.agenda.get() == item


def test_an_item_that_waits_can_be_taken_off(coordinator, plan):
    meeting = convene(plan)
    put(meeting, "الملعب", step=make_step(plan))
    coordinator.post(address(meeting), form_of(coordinator, meeting) | {"agenda-0-DELETE": "on"})
    assert not meeting.agenda.exists()


def test_after_a_decision_the_day_and_the_quorum_of_a_meeting_stand(coordinator, plan):
    meeting = convene(plan, ends_at="12:00")
    decided(meeting, plan)
    forged = {"date": "01/01/2030", "quorum": 1, "ends_at": "18:00"}
    coordinator.post(address(meeting), form_of(coordinator, meeting) | forged)
    now = CommitteeMeeting.objects.get()
    assert (now.date, now.quorum, f"{now.ends_at:%H:%M}") == (clock.today(), None, "12:00")


def test_after_a_decision_the_quorum_cannot_be_ticked_away(coordinator, plan):
    meeting = convene(plan, present=2)
    decided(meeting, plan)
    sent = form_of(coordinator, meeting)
    sent.pop(box(sent, plan.members.first()))
    coordinator.post(address(meeting), sent)
    assert meeting.attendance.filter(present=True).count() == 2


def test_a_recusal_is_one_row_on_the_page_of_its_item(coordinator, plan):
    meeting = convene(plan)
    [item] = put(meeting, "الملعب", step=make_step(plan))
    seat = plan.members.first()
    sent = {
        "subject": "",
        "recusals-TOTAL_FORMS": 1,
        "recusals-INITIAL_FORMS": 0,
        "recusals-0-member": seat.pk,
        "recusals-0-reason": "عضوة في الجمعية صاحبة الفكرة",
    }
    answer = coordinator.post(f"/ar/admin/committee/agendaitem/{item.pk}/change/", sent)
    assert answer.url == address(meeting)
    assert Recusal.objects.get().member == seat
    assert str(seat) in coordinator.get(address(meeting)).content.decode()


def test_who_has_no_seat_is_not_offered_for_a_recusal(coordinator, plan):
    meeting = convene(plan)
    [item] = put(meeting, "الملعب", step=make_step(plan))
    [gone] = seat_members(plan, 1, until=clock.today() - datetime.timedelta(days=1))
    page = coordinator.get(f"/ar/admin/committee/agendaitem/{item.pk}/change/").content.decode()
    assert (plan.members.first().name_ar in page, gone.name_ar in page) == (True, False)


@pytest.mark.parametrize("group", ["member", "auditor"])
def test_the_others_read_a_meeting_and_write_nothing(plan, group):
    meeting = convene(plan)
    client = sign_in("nabil", group=group)
    assert client.get(address(meeting)).status_code == 200
    assert client.post(address(meeting), {"place": "بيتي"}).status_code == 403
