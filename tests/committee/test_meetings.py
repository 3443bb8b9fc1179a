"""A meeting of the committee: seats, quorum, agenda, recusals, and what it may record."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from committee.forms import OpinionForm
from committee.meeting_figures import meetings_of
from committee.models import (
    AGENDA_LIMIT,
    AgendaItem,
    Attendance,
    CommitteeMeeting,
    NotRecorded,
    Opinion,
    Recusal,
)
from openmuni import clock
from proposals.models import Decision, IllegalMove, Proposal
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)

from .acting import give_seat
from .convening import anew, convene, put, seat_members

pytestmark = pytest.mark.django_db

TODAY = clock.today
DAY = datetime.timedelta(days=1)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


def accept(proposal):
    return lambda by, at: proposal.accept(by=by, reason=REASON, at=at)


# --- Seats and quorum ------------------------------------------------------------------------------


@pytest.mark.parametrize(("seats", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
def test_the_quorum_is_more_than_half_of_the_seats(plan, seats, needed):
    seat_members(plan, seats)
    assert CommitteeMeeting(plan=plan, date=TODAY()).quorum_needed == needed


def test_a_quorum_that_is_written_down_goes_before_the_rule(plan):
    seat_members(plan, 5)
    assert CommitteeMeeting(plan=plan, date=TODAY(), quorum=4).quorum_needed == 4


def test_only_those_who_sit_that_day_have_a_seat_at_the_meeting(plan):
    first, last = seat_members(plan, 1, until=TODAY() - DAY), seat_members(plan, 1, since=TODAY())
    assert [*CommitteeMeeting(plan=plan, date=TODAY()).seats] == last
    assert [*CommitteeMeeting(plan=plan, date=TODAY() - DAY).seats] == first


def test_every_seat_is_called_once_and_nobody_is_present_yet(plan):
    meeting = convene(plan, present=0)
    meeting.call_members()
    assert [row.present for row in meeting.attendance.all()] == [False] * 3


def test_a_meeting_moved_to_another_day_calls_those_who_sit_then(plan):
    meeting = convene(plan, present=0)
    gone = plan.members.first()
    gone.until = TODAY() - DAY
    gone.save()
    meeting.call_members()
    assert not meeting.attendance.filter(member=gone).exists()


@pytest.mark.parametrize(("present", "is_quorate"), [(0, False), (1, False), (2, True)])
def test_a_meeting_is_quorate_when_enough_seats_are_ticked(plan, present, is_quorate):
    assert convene(plan, present=present).is_quorate == is_quorate


def test_a_member_of_another_edition_is_not_present(plan):
    [stranger] = seat_members(make_plan(slug="2034-2035"), 1)
    with pytest.raises(ValidationError, match="نسخة"):
        Attendance(meeting=convene(plan), member=stranger, present=True).full_clean()


def test_who_no_longer_sits_is_not_present(plan):
    [gone] = seat_members(plan, 1, until=TODAY() - DAY)
    meeting = convene(plan)
    with pytest.raises(ValidationError):
        Attendance(meeting=meeting, member=gone, present=True).full_clean()


def test_a_meeting_does_not_end_before_it_starts(plan):
    meeting = CommitteeMeeting(plan=plan, date=TODAY(), starts_at="10:00", ends_at="09:59")
    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()
    assert set(refused.value.message_dict) == {"ends_at"}


# --- The agenda ------------------------------------------------------------------------------------


def test_all_that_waits_is_put_on_the_agenda_once(plan, step):
    idea = make_proposal(step)
    make_proposal(step, published=False)
    make_proposal(step).accept(by=make_actor(), reason=REASON)
    card = make_card(make_project(plan))
    make_card(make_project(plan), published=False)
    meeting = convene(plan)
    assert [meeting.put_on_agenda(by=make_actor()) for _press in range(2)] == [2, 0]
    found = meeting.agenda.values_list("order", "proposal", "remark")
    assert [*found] == [(1, idea.pk, None), (2, None, card.remarks.get().pk)]


def test_an_answered_remark_is_not_put_on_the_agenda(plan, step):
    make_card(make_project(plan)).remarks.get().give_answer("taken", REASON, by=make_actor())
    assert convene(plan).put_on_agenda(by=make_actor()) == 0


def test_what_came_in_after_the_meeting_is_not_on_its_agenda(plan, step):
    make_proposal(step)
    assert convene(plan, days_ago=1).put_on_agenda(by=make_actor()) == 0


def test_what_waits_in_another_edition_is_not_on_the_agenda(plan):
    make_proposal(make_step(make_plan(slug="2034-2035")))
    assert convene(plan).put_on_agenda(by=make_actor()) == 0


def test_an_agenda_is_filled_up_to_what_fits_on_one_screen(plan, step):
    meeting = convene(plan)
    subjects = [
        AgendaItem(meeting=meeting, order=order, subject="نقطة")
        for order in range(AGENDA_LIMIT - 1)
    ]
    AgendaItem.objects.bulk_create(subjects)
    put_first, left = make_proposal(step), make_proposal(step)
    assert meeting.put_on_agenda(by=make_actor()) == 1
    assert [waiting.count() for waiting in meeting.waiting] == [1, 0]
    assert put_first.agenda_items.exists()
    assert not left.agenda_items.exists()


@pytest.mark.parametrize(("moved", "to", "order"), [(3, 1, "3124"), (1, 3, "2314"), (1, 9, "2341")])
def test_a_moved_item_takes_the_place_of_its_new_number(plan, moved, to, order):
    meeting = convene(plan)
    items = [meeting.agenda.create(order=number, subject=str(number)) for number in (1, 2, 3, 4)]
    item = items[moved - 1]
    AgendaItem.objects.filter(pk=item.pk).update(order=to)
    meeting.renumber({item.pk: to - moved})
    agenda = meeting.agenda.order_by("order")
    assert "".join(one.subject for one in agenda) == order
    assert [one.order for one in agenda] == [1, 2, 3, 4]


def bad_items(meeting, plan, step):
    """What cannot be an item, each with the field that says so."""
    remark = make_card(make_project(plan)).remarks.get()
    elsewhere = make_plan(slug="2034-2035")
    yield {"proposal": make_proposal(step), "remark": remark}, "remark"
    yield {}, "__all__"
    yield {"proposal": make_proposal(make_step(elsewhere))}, "proposal"
    yield {"remark": make_card(make_project(elsewhere)).remarks.get()}, "remark"
    yield {"proposal": make_proposal(step, published=False)}, "proposal"


def test_an_item_has_one_published_object_of_the_edition(plan, step):
    meeting = convene(plan)
    for fields, named in bad_items(meeting, plan, step):
        with pytest.raises(ValidationError) as refused:
            AgendaItem(meeting=meeting, order=1, **fields).full_clean()
        assert set(refused.value.message_dict) == {named}


# --- Recusals --------------------------------------------------------------------------------------


def test_a_recused_member_is_not_counted_for_the_item(plan, step):
    meeting = convene(plan, present=2)
    first, _second = put(meeting, "الملعب", "الإنارة", step=step)
    first.recusals.create(member=meeting.seats[0], reason="عضو في الجمعية")
    counted = [item.present_count for item in meeting.agenda.whole()]
    assert counted == [1, 2]


def test_nothing_is_recorded_for_an_item_without_its_quorum(plan, step):
    meeting = convene(plan, present=2)
    [item] = put(meeting, "الملعب", step=step)
    item.recusals.create(member=meeting.seats[0], reason="عضو في الجمعية")
    with pytest.raises(NotRecorded, match=r"1.*2"):
        item.record(accept(item.proposal), make_actor())
    assert not Decision.objects.exists()


def test_a_recusal_of_an_absent_member_leaves_the_quorum(plan, step):
    meeting = convene(plan, present=2)
    [item] = put(meeting, "الملعب", step=step)
    item.recusals.create(member=meeting.seats[2], reason="عضو في الجمعية")
    assert item.record(accept(item.proposal), make_actor())


def test_only_who_has_a_seat_can_leave_it(plan, step):
    meeting = convene(plan)
    [item] = put(meeting, "الملعب", step=step)
    strangers = [
        *seat_members(make_plan(slug="2034-2035"), 1),
        *seat_members(plan, 1, until=TODAY() - DAY),
    ]
    for member in strangers:
        with pytest.raises(ValidationError):
            Recusal(item=item, member=member, reason="عضو في الجمعية").full_clean()


def test_no_opinion_of_a_recused_member_is_taken(plan, step):
    seat, meeting = give_seat("malika", plan), convene(plan, present=1)
    [item] = put(meeting, "الملعب", step=step)
    form = OpinionForm(
        {"view": "accepted", "comment": ""},
        subject=Proposal.objects.get(),
        user=make_user("malika"),
    )
    assert form.is_valid()
    item.recusals.create(member=seat, reason="عضوة في الجمعية")
    with pytest.raises(IllegalMove):
        form.act(make_actor())
    assert not Opinion.objects.exists()


# --- Recording -------------------------------------------------------------------------------------


def test_a_decision_bears_the_day_and_the_end_of_its_meeting(plan, step, time_machine):
    time_machine.move_to(clock.instant(datetime.date(2030, 5, 1), datetime.time(9)), tick=False)
    meeting = convene(plan, starts_at="10:00", ends_at="12:30")
    [item] = put(meeting, "الملعب", step=step)
    time_machine.move_to(clock.instant(datetime.date(2030, 5, 4), datetime.time(9)), tick=False)
    decision = item.record(accept(item.proposal), make_actor())
    assert clock.local(decision.at).isoformat()[:16] == "2030-05-01T12:30"
    assert AgendaItem.objects.get(pk=item.pk).decision == decision


def test_a_decision_typed_in_while_the_meeting_lasts_bears_the_present_hour(
    plan, step, time_machine
):
    now = clock.instant(datetime.date(2030, 5, 1), datetime.time(11))
    time_machine.move_to(now, tick=False)
    meeting = convene(plan, starts_at="10:00", ends_at="12:30")
    [item] = put(meeting, "الملعب", step=step)
    assert item.record(accept(item.proposal), make_actor()).at == now


def test_a_decision_on_an_idea_published_after_the_meeting_comes_after_that(
    plan, step, time_machine
):
    time_machine.move_to(clock.instant(datetime.date(2030, 5, 1), datetime.time(9)), tick=False)
    meeting, proposal = convene(plan, ends_at="12:30"), make_proposal(step, published=False)
    now = clock.instant(datetime.date(2030, 5, 4), datetime.time(9))
    time_machine.move_to(now, tick=False)
    proposal.submission.publish(by=make_actor())
    item = meeting.agenda.create(order=1, proposal=proposal)
    assert item.record(accept(proposal), make_actor()).at == now


def test_the_answer_to_a_remark_is_linked_to_its_meeting(plan, step):
    meeting = convene(plan)
    item = meeting.agenda.create(order=1, remark=make_card(make_project(plan)).remarks.get())
    item.record(lambda by, at: item.remark.give_answer("taken", REASON, by=by, at=at), make_actor())
    assert meeting.agenda.get().is_answered_here


def test_an_answer_given_on_another_day_is_not_the_meeting_s(plan, step):
    meeting = convene(plan, days_ago=1)
    remark = make_card(make_project(plan)).remarks.get()
    item = meeting.agenda.create(order=1, remark=remark)
    remark.give_answer("taken", REASON, by=make_actor())
    item = meeting.agenda.get()
    assert (item.is_settled, item.is_answered_here) == (True, False)


def test_an_answer_given_at_the_desk_on_the_same_day_is_not_the_meeting_s(plan, step):
    meeting = convene(plan)
    remark = make_card(make_project(plan)).remarks.get()
    meeting.agenda.create(order=1, remark=remark)
    remark.give_answer("taken", REASON, by=make_actor())
    [figures] = meetings_of(plan)
    assert (meeting.agenda.get().is_answered_here, figures.answers) == (False, 0)


def test_an_answer_that_the_desk_corrected_is_no_longer_the_meeting_s(plan, step):
    meeting = convene(plan)
    remark = make_card(make_project(plan)).remarks.get()
    item = meeting.agenda.create(order=1, remark=remark)
    item.record(lambda by, at: remark.give_answer("taken", REASON, by=by, at=at), make_actor())
    remark.give_answer("later", REASON, by=make_actor())
    [figures] = meetings_of(plan)
    assert (meeting.agenda.get().is_answered_here, figures.answers) == (False, 0)


def refusals(plan):
    """Meetings for which nothing can be recorded."""
    yield convene(plan, present=0)
    yield convene(plan, present=1)
    yield convene(plan, days_ago=-1)


def test_a_meeting_that_cannot_decide_says_why(plan, step):
    words = set()
    for meeting in refusals(plan):
        [item] = put(meeting, "الملعب", step=step)
        with pytest.raises(NotRecorded) as refused:
            item.record(accept(item.proposal), make_actor())
        words.add(str(refused.value))
    assert len(words) == 3
    assert not Decision.objects.exists()


def test_a_meeting_of_a_closed_edition_records_nothing(plan, step):
    meeting = convene(plan)
    [item] = put(meeting, "الملعب", step=step)
    type(plan).objects.update(state="closed")
    with pytest.raises(NotRecorded):
        item.record(accept(item.proposal), make_actor())


def test_an_item_is_recorded_once(plan, step):
    [item] = put(convene(plan), "الملعب", step=step)
    item.record(accept(item.proposal), make_actor())
    with pytest.raises(NotRecorded):
        item.record(accept(item.proposal), make_actor())


# --- In public -------------------------------------------------------------------------------------


def page(client):
    return client.get("/ar/2030-2031/committee/")


def test_the_public_reads_the_figures_of_a_meeting(client, plan, step):
    meeting = convene(plan, present=2, place="قاعة الاجتماعات")
    [item] = put(meeting, "الملعب", step=step)
    item.record(accept(item.proposal), make_actor())
    item = meeting.agenda.create(order=2, remark=make_card(make_project(plan)).remarks.get())
    item.record(lambda by, at: item.remark.give_answer("later", REASON, by=by, at=at), make_actor())
    [figures] = meetings_of(plan)
    assert (figures.present, figures.quorum, figures.decisions, figures.answers) == (2, 2, 1, 1)
    assert "قاعة الاجتماعات" in page(client).content.decode()


def test_the_minutes_and_the_recusals_are_not_public(client, plan, step):
    meeting = convene(plan, minutes="قال يوسف إن الفكرة لا تعجبه")
    [item] = put(meeting, "الملعب", step=step)
    item.recusals.create(member=meeting.seats[0], reason="عضو في الجمعية صاحبة الفكرة")
    shown = page(client).content.decode()
    assert "قال يوسف" not in shown
    assert "صاحبة الفكرة" not in shown


def test_many_meetings_cost_the_public_page_as_many_queries_as_one(
    client, plan, step, django_assert_max_num_queries
):
    def meet(count):
        for _number in range(count):
            [item] = put(convene(plan), "الملعب", step=step)
            item.record(accept(item.proposal), make_actor())

    meet(1)
    with django_assert_max_num_queries(40) as one:
        page(client)
    meet(6)
    with django_assert_max_num_queries(len(one.captured_queries)):
        page(client)


def test_a_meeting_remembers_nothing_between_two_readings(plan):
    meeting = convene(plan, present=1)
    assert not meeting.is_quorate
    meeting.attendance.update(present=True)
    assert anew(meeting).is_quorate
