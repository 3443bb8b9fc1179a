"""The sheet of a meeting's decisions: printed, and typed in on one screen."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committee.models import CommitteeMeeting, Opinion
from openmuni import clock
from proposals.models import Decision, ReasonText
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

from .acting import give_seat, sign_in
from .convening import MEETINGS, convene, entry, put, tick

pytestmark = pytest.mark.django_db

MINE = "تعليلي الخاص الذي كتبته بعد الاجتماع"


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


@pytest.fixture
def coordinator():
    return sign_in("najat", group="coordinator")


@pytest.fixture
def meeting(plan):
    return convene(plan)


def text(answer):
    return answer.content.decode()


def sheet(client, meeting, page="decisions"):
    return client.get(f"{MEETINGS}{meeting.pk}/{page}/")


def row(item, decision="accepted", **fields):
    """A row of the entry page, filled in, by the name of its item."""
    version = item.proposal.version if item.proposal else 0
    return {f"item_{item.pk}": {"version": version, "decision": decision, "reason": MINE} | fields}


def answer_row(item, outcome="taken", **fields):
    return {f"item_{item.pk}": {"outcome": outcome, "answer": MINE} | fields}


def statuses(meeting):
    items = meeting.agenda.order_by("order")
    return [item.proposal.status for item in items if item.proposal]


# --- Typing in -------------------------------------------------------------------------------------


def test_each_filled_row_is_recorded_and_the_others_wait(coordinator, plan, step, meeting):
    first, second, third = put(meeting, "الملعب", "الإنارة", "الأزبال", step=step)
    project = make_project(plan)
    rows = row(first) | row(third, "merged", project=project.pk, kept_part="الفرز وحده")
    empty = row(second, "", reason=" ")
    answer = entry(coordinator, meeting, **rows, **empty)
    assert answer.status_code == 302
    assert statuses(meeting) == ["accepted", "in_progress", "merged"]
    decision = meeting.agenda.get(pk=third.pk).decision
    assert (decision.project, decision.kept_part, decision.reason) == (project, "الفرز وحده", MINE)


def test_a_decision_bears_the_name_and_function_of_the_seat(plan, step, meeting):
    give_seat("malika", plan)
    tick(meeting, 3)
    [item] = put(meeting, "الملعب", step=step)
    entry(sign_in("malika", group="member"), meeting, **row(item))
    decision = Decision.objects.get()
    assert (decision.by_name, decision.by_function) == ("مليكة", "مستشارة")


def test_a_remark_is_answered(coordinator, plan, step, meeting):
    item = meeting.agenda.create(order=1, remark=make_card(make_project(plan)).remarks.get())
    entry(coordinator, meeting, **answer_row(item, "partly"))
    item.remark.refresh_from_db()
    assert (item.remark.outcome, item.remark.answer) == ("partly", MINE)


def test_a_reason_kept_ready_stands_for_one_that_is_typed(coordinator, plan, step, meeting):
    ready = ReasonText.objects.create(plan=plan, outcome="accepted", text_ar=REASON)
    first, second = put(meeting, "الملعب", "الإنارة", step=step)
    rows = row(first, reason="", ready=ready.pk) | row(second, ready=ready.pk)
    entry(coordinator, meeting, **rows)
    assert [one.reason for one in Decision.objects.order_by("proposal_id")] == [REASON, MINE]


BAD = [
    {"reason": "قصير"},
    {"reason": ""},
    {"decision": ""},
    {"decision": "merged"},
    {"kept_part": "لا معنى له هنا"},
    {"version": "x"},
    {"reason": "ن" * 6000},
]


@pytest.mark.parametrize("fault", BAD)
def test_a_faulty_row_keeps_its_text_while_the_good_one_is_recorded(
    coordinator, step, meeting, fault
):
    good, bad = put(meeting, "الملعب", "الإنارة", step=step)
    sent = row(bad, **{"reason": f"{MINE} الثاني"} | fault)
    answer = entry(coordinator, meeting, **row(good), **sent)
    assert answer.status_code == 200
    assert statuses(meeting) == ["accepted", "in_progress"]
    typed = next(iter(sent.values()))
    assert typed["reason"] in text(answer)
    assert f'href="#item-{bad.pk}"' in text(answer)


def test_a_recorded_row_can_no_longer_be_typed_in(coordinator, step, meeting):
    good, bad = put(meeting, "الملعب", "الإنارة", step=step)
    answer = text(entry(coordinator, meeting, **row(good), **row(bad, reason="قصير")))
    assert f'name="item-{good.pk}-reason"' not in answer
    assert f'name="item-{bad.pk}-reason"' in answer


def test_a_row_left_for_later_is_not_said_to_lack_anything(coordinator, step, meeting):
    left, bad = put(meeting, "الملعب", "الإنارة", step=step)
    answer = entry(coordinator, meeting, **row(left, "", reason=""), **row(bad, reason="قصير"))
    rows = {one.item.pk: one for one in answer.context["sheet"].rows}
    assert (rows[left.pk].form.errors, rows[bad.pk].is_faulty) == ({}, True)


def test_a_sheet_that_is_sent_twice_changes_nothing(coordinator, plan, step, meeting):
    first, second = put(meeting, "الملعب", "الإنارة", step=step)
    third = meeting.agenda.create(order=3, remark=make_card(make_project(plan)).remarks.get())
    project = make_project(plan)
    rows = row(first) | row(second, "merged", project=project.pk) | answer_row(third)
    codes = [entry(coordinator, meeting, **rows).status_code for _time in (1, 2)]
    assert codes == [302, 302]
    assert Decision.objects.count() == 2


def test_who_types_second_reads_what_was_recorded_and_keeps_the_text(coordinator, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    entry(sign_in("hamid", group="member"), meeting, **row(item, "rejected", reason=REASON))
    answer = entry(coordinator, meeting, **row(item))
    assert answer.status_code == 409
    assert all(words in text(answer) for words in (REASON, MINE))
    assert Decision.objects.count() == 1


def test_an_idea_decided_on_its_desk_meanwhile_is_said_at_its_row(coordinator, step, meeting):
    first, second = put(meeting, "الملعب", "الإنارة", step=step)
    rows = row(first) | row(second)
    first.proposal.reject(by=make_actor(), reason=REASON)
    answer = entry(coordinator, meeting, **rows)
    assert answer.status_code == 409
    assert statuses(meeting) == ["rejected", "accepted"]
    assert MINE in text(answer)
    # The form stands on what is now read, and can be sent as it is.
    assert re.search(rf'name="item-{first.pk}-version" value="1"', text(answer))


def test_an_idea_withheld_meanwhile_keeps_what_was_typed(coordinator, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    item.proposal.submission.withhold(by=make_actor(), category="insult", reason=REASON)
    answer = entry(coordinator, meeting, **row(item))
    assert (answer.status_code, MINE in text(answer)) == (409, True)
    assert statuses(meeting) == ["in_progress"]


def test_a_remark_answered_meanwhile_keeps_its_answer(coordinator, plan, step, meeting):
    item = meeting.agenda.create(order=1, remark=make_card(make_project(plan)).remarks.get())
    item.remark.give_answer("later", REASON, by=make_actor())
    answer = entry(coordinator, meeting, **answer_row(item))
    item.remark.refresh_from_db()
    assert (answer.status_code, item.remark.answer) == (409, REASON)
    assert MINE in text(answer)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_send_the_same_sheet_at_once_one_writes(step, meeting):
    items = put(meeting, "الملعب", "الإنارة", step=step)
    rows = row(items[0]) | row(items[1], "rejected")
    clients = [sign_in(f"member-{number}", group="member") for number in range(10)]
    start, codes = threading.Barrier(10), []

    def press(client):
        start.wait()
        codes.append(entry(client, meeting, **rows).status_code)
        connection.close()

    threads = [threading.Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (codes, Decision.objects.count()) == ([302] * 10, 2)


def test_a_refused_security_token_gives_the_sheet_back_with_the_text(coordinator, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = coordinator.cookies
    answer = entry(careful, meeting, **row(item))
    assert (answer.status_code, MINE in text(answer)) == (403, True)
    assert not Decision.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(answer))[1]
    sent = {f"item-{item.pk}-{name}": value for name, value in row(item)[f"item_{item.pk}"].items()}
    careful.post(f"{MEETINGS}{meeting.pk}/decisions/", sent | {"csrfmiddlewaretoken": token})
    assert Decision.objects.exists()


# --- When it is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("present", [0, 1])
def test_without_a_quorum_nothing_is_recorded_and_the_text_is_kept(
    coordinator, plan, step, present
):
    meeting = convene(plan, present=present)
    [item] = put(meeting, "الملعب", step=step)
    answer = entry(coordinator, meeting, **row(item))
    assert (answer.status_code, MINE in text(answer)) == (409, True)
    assert statuses(meeting) == ["in_progress"]


def test_without_a_quorum_there_is_nothing_to_type_in(coordinator, plan, step):
    meeting = convene(plan, present=1)
    put(meeting, "الملعب", step=step)
    assert "<textarea" not in text(sheet(coordinator, meeting))


def test_an_empty_attendance_asks_for_it_first(coordinator, plan):
    shown = text(sheet(coordinator, convene(plan, present=0)))
    assert "أشّر أولا على من حضر الاجتماع." in shown


def test_an_item_without_its_quorum_says_so(coordinator, plan, step):
    meeting = convene(plan, present=2)
    recused, other = put(meeting, "الملعب", "الإنارة", step=step)
    recused.recusals.create(member=meeting.seats[0], reason="عضو في الجمعية صاحبة الفكرة")
    shown = text(sheet(coordinator, meeting))
    assert f'name="item-{recused.pk}-reason"' not in shown
    assert f'name="item-{other.pk}-reason"' in shown
    assert "عضو في الجمعية صاحبة الفكرة" in shown


@pytest.mark.parametrize(
    ("group", "entered", "printed", "filled"),
    [
        ("coordinator", 200, 200, 302),
        ("member", 200, 200, 403),
        ("auditor", 403, 200, 403),
        ("moderator", 403, 403, 403),
        (None, 403, 403, 403),
    ],
)
def test_who_may_enter_print_and_fill(meeting, group, entered, printed, filled):
    client = sign_in("nabil", group=group)
    codes = (
        sheet(client, meeting).status_code,
        sheet(client, meeting, "sheet").status_code,
        client.post(f"{MEETINGS}{meeting.pk}/agenda/").status_code,
    )
    assert codes == (entered, printed, filled)


@pytest.mark.parametrize("page", ["decisions", "sheet", "agenda"])
def test_a_meeting_that_does_not_exist_is_not_found(coordinator, page):
    assert coordinator.get(f"{MEETINGS}999999/{page}/").status_code == 404


@pytest.mark.parametrize("page", ["decisions", "sheet", "agenda"])
def test_a_stranger_is_led_to_the_sign_in_page(client, meeting, page):
    assert client.get(f"{MEETINGS}{meeting.pk}/{page}/").url.startswith("/ar/admin/login/")


def test_nobody_records_in_a_closed_edition(coordinator, plan, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    type(plan).objects.update(state="closed")
    assert entry(coordinator, meeting, **row(item)).status_code == 409
    assert coordinator.post(f"{MEETINGS}{meeting.pk}/agenda/").status_code == 403
    assert not Decision.objects.exists()


# --- The same cost at any length -------------------------------------------------------------------


@pytest.mark.parametrize("page", ["decisions", "sheet", "change"])
def test_many_items_cost_as_many_queries_as_few(coordinator, plan, step, page):
    meeting = convene(plan)
    for number in (1, 2, 3):
        make_project(plan)
        ReasonText.objects.create(plan=plan, outcome="accepted", text_ar=f"{REASON} {number}")

    def cost(count):
        for item in put(meeting, *["الملعب"] * count, step=step):
            item.recusals.create(member=meeting.seats[2], reason="عضو في الجمعية")
            card = make_card(make_project(plan))
            meeting.agenda.create(order=item.order, remark=card.remarks.get())
            member = meeting.seats[0]
            Opinion.objects.create(
                proposal=item.proposal, member=member, view="accepted", at=clock.now()
            )
        with CaptureQueriesContext(connection) as caught:
            assert sheet(coordinator, meeting, page).status_code == 200
        return len(caught)

    sheet(coordinator, meeting, page)
    assert cost(1) == cost(8)


# --- On paper --------------------------------------------------------------------------------------


def test_the_sheet_is_blank_before_and_filled_after(coordinator, step, meeting):
    first, second = put(meeting, "الملعب", "الإنارة", step=step)
    tick(meeting, 0)
    meeting.attendance.update(present=False)
    blank = text(sheet(coordinator, meeting, "sheet"))
    tick(meeting, 3)
    entry(coordinator, meeting, **row(first), **row(second, "rejected"))
    filled = text(sheet(coordinator, meeting, "sheet"))
    ticks = [page.count("box--ticked") for page in (blank, filled)]
    assert ticks == [0, 5]
    assert (MINE in blank, MINE in filled) == (False, True)


# --- The link between a decision and its meeting ---------------------------------------------------


def test_the_desk_of_an_idea_tells_the_meeting_and_the_recusal(coordinator, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    item.recusals.create(member=meeting.seats[2], reason="عضوة في الجمعية صاحبة الفكرة")
    entry(coordinator, meeting, **row(item))
    shown = text(coordinator.get(f"/ar/admin/proposals/proposal/{item.proposal_id}/change/"))
    assert "في اجتماع اللجنة بتاريخ" in shown
    assert "عضوة في الجمعية صاحبة الفكرة" in shown


def test_a_meeting_that_decided_is_not_deleted(coordinator, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    entry(coordinator, meeting, **row(item))
    answer = coordinator.post(f"{MEETINGS}{meeting.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 403
    assert CommitteeMeeting.objects.exists()


def test_a_meeting_that_decided_nothing_is_deleted(coordinator, step, meeting):
    put(meeting, "الملعب", step=step)
    coordinator.post(f"{MEETINGS}{meeting.pk}/delete/", {"post": "yes"})
    assert not CommitteeMeeting.objects.exists()


def test_the_button_puts_on_the_agenda_what_waits(coordinator, step, meeting):
    make_proposal(step)
    coordinator.post(f"{MEETINGS}{meeting.pk}/agenda/")
    assert meeting.agenda.count() == 1
