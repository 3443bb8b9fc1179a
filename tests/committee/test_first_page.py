"""The admin's first page: what waits for whom, what is late, what comes soon, and where it leads."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.first_page import DECISIONS, OLDEST, FirstPage
from committee.models import CouncilSession, Deadline, DraftDecision
from openmuni import clock
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

from .acting import give_seat, sign_in

pytestmark = pytest.mark.django_db

INDEX = "/ar/admin/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


def desk_of(user, plan):
    """What the first page says to `user` of one edition."""
    return next(desk for desk in FirstPage(user).editions if desk.plan == plan)


def staff(group, name=None):
    return make_user(name or f"of-{group}", group=group)


def fill(plan, step, number=1):
    """So many of everything that can wait."""
    project = make_project(plan)
    for place in range(number):
        make_proposal(step, title=f"لم تقرأ {place}", published=False)
        make_proposal(step, title=f"منشورة {place}")
        drafted = make_proposal(step, title=f"محضرة {place}")
        DraftDecision.objects.prepare(drafted, "accepted", by=make_actor(), reason=REASON)
        make_proposal(step, title=f"مقررة {place}").reject(by=make_actor(), reason=REASON)
        make_card(project, step=step, published=False)
        make_card(project, step=step)
        plan.meetings.create(date=clock.today() + DAY)


def counts(desk):
    return [line.count for line in desk.waits]


# --- What waits, by role ------------------------------------------------------------------------------


def test_a_moderator_reads_what_is_to_be_moderated(plan, step):
    fill(plan, step)
    waits = desk_of(staff("moderator"), plan).waits
    assert [line.count for line in waits] == [1, 1]
    assert waits[0].oldest[0].title == "لم تقرأ 0"


def test_a_member_reads_what_waits_for_the_own_opinion_and_for_a_signature(plan, step):
    fill(plan, step)
    give_seat("malika", plan)
    assert counts(desk_of(staff("member", "malika"), plan)) == [2, 1]


def test_a_coordinator_reads_all_of_it(plan, step):
    fill(plan, step)
    # To moderate: an idea and a card; for the committee: an idea, a remark, a draft; a bare project.
    assert counts(desk_of(staff("coordinator"), plan)) == [1, 1, 1, 1, 1, 1]


def test_an_auditor_reads_what_waits_for_others_and_is_offered_no_act(plan, step):
    fill(plan, step)
    page, desk = FirstPage(staff("auditor")), desk_of(staff("auditor"), plan)
    assert page.only_reads
    assert (len(desk.waits), desk.steps) == (6, [])


def test_of_those_that_wait_the_oldest_are_named_with_their_age(plan, step):
    for title, age in (("٢", 2), ("٤", 4), ("١", 1), ("٣", 3)):
        make_proposal(step, title=title, published=False, at=clock.now() - age * DAY)
    line = desk_of(staff("moderator"), plan).waits[0]
    assert [proposal.title for proposal in line.oldest] == ["٤", "٣", "٢"]
    assert (len(line.oldest), line.count) == (OLDEST, 4)


@pytest.mark.parametrize("group", ["moderator", "member", "coordinator", "auditor"])
def test_every_count_leads_to_a_list_of_as_many(plan, step, group):
    fill(plan, step)
    fill(make_plan(slug="2034-2035"), make_step(plan, first=10, last=12, order=9))
    give_seat(f"of-{group}", plan)
    client = sign_in(f"of-{group}", group)
    for line in [*desk_of(staff(group), plan).waits, *desk_of(staff(group), plan).late]:
        found = client.get(line.address).context["cl"].result_count
        assert (line.words, found) == (line.words, line.count)


def test_a_named_case_is_opened_within_its_list(plan, step):
    proposal = make_proposal(step, published=False)
    case = desk_of(staff("moderator"), plan).waits[0].oldest[0]
    page = sign_in("of-moderator", "moderator").get(case.address)
    assert (page.context["subject"], page.context["queue"].total) == (proposal, 1)


# --- What is late ------------------------------------------------------------------------------------


def test_what_is_late_is_counted_and_named(plan, step):
    make_proposal(step, title="تأخرت", at=clock.now() - 70 * DAY)
    make_proposal(step, title="في أجلها")
    line = desk_of(staff("coordinator"), plan).late[0]
    assert (line.count, line.oldest[0].title) == (1, "تأخرت")


def test_a_moderator_is_told_what_is_late_to_be_read(plan, step):
    make_proposal(step, at=clock.now() - 70 * DAY)
    make_proposal(step, title="لم تقرأ", published=False, at=clock.now() - 20 * DAY)
    line = desk_of(staff("moderator"), plan).late[0]
    assert (line.count, line.oldest[0].title) == (1, "لم تقرأ")


def test_a_deadline_of_the_law_that_is_past_is_said_with_its_session(plan):
    Deadline.objects.create(
        order=1,
        title_ar="إرسال جدول الأعمال",
        done_by="agenda_sent",
        counts_from="session",
        days=-20,
    )
    session = CouncilSession.objects.create(
        plan=plan, month=clock.today(), starts_on=clock.today() + DAY
    )
    one = desk_of(staff("coordinator"), plan).late_deadlines[0]
    assert str(session.pk) in one.address
    assert one.day == clock.today() - 19 * DAY


# --- Soon, and last -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [(-3, 0, [0]), (14, 20, [14]), (3, 9, [3, 9]), (15, 20, []), (-5, -1, [])],
)
def test_a_window_that_opens_or_closes_in_fourteen_days_is_soon(plan, first, last, days):
    make_step(plan, first=first, last=last)
    found = desk_of(staff("moderator"), plan).soon
    assert [(one.day - clock.today()).days for one in found] == days


def test_the_agenda_of_the_next_meeting_is_one_step_away(plan):
    later = plan.meetings.create(date=clock.today() + 9 * DAY)
    soon = plan.meetings.create(date=clock.today() + 2 * DAY)
    desk = desk_of(staff("coordinator"), plan)
    assert [one.day for one in desk.soon] == [soon.date, later.date]
    assert f"/{soon.pk}/" in desk.steps[0][1]


def test_the_last_decisions_are_eight_the_newest_first(step):
    for number in range(DECISIONS + 1):
        make_proposal(step, title=str(number)).accept(
            by=make_actor(), reason=REASON, at=clock.now() - number * DAY
        )
    titles = [decision.proposal.title for decision in FirstPage(staff("moderator")).decisions]
    assert titles == [str(number) for number in range(DECISIONS)]


def test_every_step_of_the_coordinator_can_be_taken(plan):
    client = sign_in("of-coordinator", "coordinator")
    for _words, address in desk_of(staff("coordinator"), plan).steps:
        assert client.get(address).status_code == 200


# --- Editions -----------------------------------------------------------------------------------------


def test_a_rehearsal_comes_after_the_real_edition_and_is_marked():
    make_plan(slug="2032-2033-rehearsal", is_rehearsal=True)
    real = make_plan()
    client = sign_in("of-moderator", "moderator")
    assert FirstPage(staff("moderator")).editions[0].plan == real
    assert client.get(INDEX).content.decode().count("badge--rehearsal") == 1


@pytest.mark.parametrize(("group", "sees"), [("coordinator", 1), ("member", 0)])
def test_an_edition_being_prepared_is_the_coordinator_s(group, sees):
    make_plan(state="preparing")
    assert len(FirstPage(staff(group)).editions) == sees


def test_a_closed_edition_asks_for_nothing(plan, step):
    fill(plan, step)
    plan.close(by=make_actor())
    assert not FirstPage(staff("coordinator")).editions


@pytest.mark.parametrize("group", ["moderator", "member", "coordinator", "auditor", None])
def test_the_first_page_of_an_empty_portal_opens(group):
    answer = sign_in("amal", group).get(INDEX)
    assert answer.status_code == 200
    assert "first-page-lists" in answer.content.decode()


def test_an_account_without_any_right_is_told_nothing(plan, step):
    fill(plan, step)
    shown = sign_in("amal").get(INDEX).content.decode()
    assert not re.search("لم تقرأ|منشورة 0|مقررة", shown)


def queries(client):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(INDEX).status_code == 200
    return len(caught)


@pytest.mark.parametrize("group", ["moderator", "member", "coordinator", "auditor"])
def test_the_first_page_costs_as_many_queries_with_two_full_editions_as_with_one(plan, step, group):
    give_seat(f"of-{group}", plan)
    client = sign_in(f"of-{group}", group)
    fill(plan, step)
    CouncilSession.objects.create(plan=plan, month=clock.today())
    queries(client)  # what is looked up once is looked up now
    few = queries(client)
    fill(plan, step, 4)
    other = make_plan(slug="2034-2035")
    fill(other, make_step(other), 2)
    CouncilSession.objects.create(plan=other, month=clock.today())
    assert queries(client) == few
