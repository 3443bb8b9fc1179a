"""A new edition made from another: what it takes over, what it does not, and only once."""

import datetime
from decimal import Decimal

import pytest

from committee.editions import Carried, start_from
from committee.models import CommitteeMember
from consultations.models import ActionPlan, Milestone, RemarkHeading, Statement
from openmuni import clock
from proposals.models import Proposal, ReasonText
from tests.factories import (
    make_actor,
    make_axis,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)

pytestmark = pytest.mark.django_db

NEXT = {
    "slug": "2032-2033",
    "start_year": 2032,
    "end_year": 2033,
    "title_ar": "برنامج عمل الانفتاح الموالي",
    "title_fr": None,
}


@pytest.fixture
def model():
    """An edition with one sheet of each kind, and an idea."""
    plan = make_plan(notice_days=21)
    axis, step = make_axis(plan), make_step(plan)
    both = {"plan": plan, "order": 1}
    Statement.objects.create(kind="objective", text_ar="هدف", **both)
    Statement.objects.create(kind="principle", text_ar="الشفافية", **both)
    RemarkHeading.objects.create(key="problem", name_ar="الإشكالية", **both)
    ReasonText.objects.create(plan=plan, outcome="accepted", text_ar="تعليل جاهز")
    make_project(plan, axis=axis, problem_ar="إشكالية المشروع", lead_ar="المصلحة التقنية")
    make_proposal(step)
    return plan


@pytest.fixture
def project(model):
    """Its project, with a line of each kind."""
    project = model.projects.get()
    project.expected_results.set(model.statements.filter(kind="objective"))
    project.principles.create(
        principle=model.statements.get(kind="principle"), sentence_ar="ينشر المعطيات"
    )
    project.funding_lines.create(source="own_budget", amount=Decimal("1250.50"))
    project.indicators.create(kind="impact_indicator", name_ar="عدد المستفيدين")
    project.milestones.create(activity_ar="إعداد الدراسة")
    return project


def seat(plan, order, *, name="أمينة", **fields):
    return CommitteeMember.objects.create(
        plan=plan, order=order, college="elected", name_ar=name, **fields
    )


def test_the_new_edition_is_not_public_and_names_the_one_it_was_started_from(model):
    plan = start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert (plan.state, plan.started_from, plan.notice_days) == ("preparing", model, 21)


def test_the_new_edition_begins_with_the_promises_of_the_one_before(model):
    promises = {"acknowledge_days": 7, "answer_days": 45, "four_eyes": True}
    ActionPlan.objects.update(**promises)
    plan = start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert {name: getattr(plan, name) for name in promises} == promises


@pytest.mark.parametrize("what", ["statements", "axes", "headings", "projects", "reason_texts"])
def test_each_kind_of_sheet_is_taken_over(model, what):
    before = getattr(model, what).count()
    plan = start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert getattr(plan, what).count() == before > 0
    assert getattr(model, what).count() == before


@pytest.mark.parametrize("what", ["statements", "axes", "headings", "projects", "reason_texts"])
def test_what_is_not_ticked_is_not_taken_over(model, what):
    plan = start_from(model, [], by=make_actor(), **NEXT)
    assert not getattr(plan, what).exists()


@pytest.mark.parametrize("what", ["steps", "proposals", "versions", "meetings", "sessions"])
def test_what_happened_in_an_edition_is_never_taken_over(model, what):
    model.meetings.create(date=clock.today())
    plan = start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert not getattr(plan, what).exists()


def test_a_project_keeps_its_words_and_says_where_it_comes_from(model, project):
    carried = start_from(model, Carried.values, by=make_actor(), **NEXT).projects.get()
    assert (carried.carried_from, carried.problem_ar) == (project, "إشكالية المشروع")
    assert carried.lead_ar == "المصلحة التقنية"


def test_a_project_comes_under_the_axis_of_its_own_edition(model, project):
    plan = start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert plan.projects.get().axis == plan.axes.get()


def test_a_project_serves_the_objectives_and_principles_of_its_own_edition(model, project):
    carried = start_from(model, Carried.values, by=make_actor(), **NEXT).projects.get()
    assert carried.expected_results.get().plan_id == carried.plan_id
    assert carried.principles.get().principle.plan_id == carried.plan_id
    assert carried.principles.get().sentence_ar == "ينشر المعطيات"


@pytest.mark.parametrize("lines", ["funding_lines", "indicators", "milestones", "principles"])
def test_the_lines_of_a_sheet_are_taken_over_and_stay_where_they_were(model, project, lines):
    carried = start_from(model, Carried.values, by=make_actor(), **NEXT).projects.get()
    assert (getattr(carried, lines).count(), getattr(project, lines).count()) == (1, 1)


def test_the_objectives_of_the_first_edition_stay_its_own(model, project):
    start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert project.expected_results.get().plan == model


def test_a_project_without_the_axes_and_texts_names_none(model, project):
    carried = start_from(model, [Carried.PROJECTS], by=make_actor(), **NEXT).projects.get()
    assert carried.axis is None
    assert not carried.expected_results.exists()
    assert not carried.principles.exists()
    assert Milestone.objects.filter(project=carried).exists()


def test_members_who_sit_today_keep_their_seat_and_account_without_dates(model):
    amina = make_user("amina")
    seat(model, 1, user=amina, since=datetime.date(2020, 1, 1))
    seat(model, 2, name="سعيد", until=clock.today() - datetime.timedelta(days=1))
    member = start_from(model, Carried.values, by=make_actor(), **NEXT).members.get()
    assert (member.user, member.since, member.until) == (amina, None, None)


def test_the_dates_of_the_first_committee_stay(model):
    first = seat(model, 1, since=datetime.date(2020, 1, 1))
    start_from(model, Carried.values, by=make_actor(), **NEXT)
    first.refresh_from_db()
    assert first.since == datetime.date(2020, 1, 1)


def test_the_same_form_sent_twice_makes_one_edition(model):
    first = start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert start_from(model, Carried.values, by=make_actor(), **NEXT) == first
    assert (ActionPlan.objects.count(), first.projects.count()) == (2, 1)


def test_an_edition_started_from_a_rehearsal_is_a_rehearsal():
    model = make_plan(is_rehearsal=True)
    assert start_from(model, [], by=make_actor(), **NEXT).is_rehearsal


def test_a_failure_half_way_leaves_nothing(model, project, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Milestone, "save", fail)
    with pytest.raises(RuntimeError):
        start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert ActionPlan.objects.get() == model


def test_the_ideas_stay_with_the_edition_they_were_sent_to(model):
    start_from(model, Carried.values, by=make_actor(), **NEXT)
    assert Proposal.objects.get().plan == model
