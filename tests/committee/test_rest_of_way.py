"""What an idea's page tells past its decision."""

import datetime

import pytest

from committee.rest_of_way import rest_of_way
from openmuni import clock
from proposals.models import Proposal
from tests.committee.voting import load_deadlines, make_session, make_sitting, make_vote
from tests.factories import REASON, make_actor, make_plan, make_project, make_proposal, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea():
    plan = make_plan(slug="2030-2031")
    return make_proposal(make_step(plan))


def stops(idea):
    fresh = Proposal.objects.get(pk=idea.pk)
    return [(stop.kind, stop.is_ahead) for stop in rest_of_way(fresh, list(fresh.decisions.all()))]


def merge(idea, days_ago=0):
    at = clock.now() - datetime.timedelta(days=days_ago)
    idea.merge_into(make_project(idea.plan), by=make_actor(), reason=REASON, at=at)


def test_an_idea_under_examination_waits_for_its_decision(idea):
    assert stops(idea) == [("decided", True)]


def test_after_a_refusal_nothing_is_to_come(idea):
    idea.reject(by=make_actor(), reason=REASON)
    assert stops(idea) == []


def test_an_accepted_idea_in_no_project_is_promised_no_vote(idea):
    idea.accept(by=make_actor(), reason=REASON)
    assert stops(idea) == [("document", True)]


def test_a_merged_idea_goes_to_the_consultation_the_bureau_and_the_council(idea):
    merge(idea)
    assert stops(idea) == [("comment", True), ("stamp", True), ("users", True)]


def test_a_merged_idea_goes_on_to_the_work_of_its_project(idea):
    project = make_project(idea.plan, starts_on=datetime.date(2031, 1, 1))
    idea.merge_into(project, by=make_actor(), reason=REASON)
    assert stops(idea)[-1] == ("clock", True)


def test_a_vote_of_the_council_is_behind_and_its_control_ahead(idea):
    merge(idea, days_ago=900)
    load_deadlines()
    make_vote(make_sitting(make_session(idea.plan)))
    assert ("users", False) in stops(idea)


def test_in_a_closed_edition_nothing_is_to_come(idea):
    merge(idea)
    idea.plan.close(by=make_actor())
    assert stops(idea) == []


def test_the_page_of_an_idea_asks_twelve_times_at_most(client, idea, django_assert_max_num_queries):
    project = make_project(idea.plan, starts_on=datetime.date(2031, 1, 1))
    idea.merge_into(project, by=make_actor(), reason=REASON, at=clock.now() - datetime.timedelta(days=900))  # fmt: skip
    load_deadlines()
    make_vote(make_sitting(make_session(idea.plan)))
    with django_assert_max_num_queries(12):
        page = client.get(f"/ar/ideas/{idea.reference}/").content.decode()
    assert "og:title" in page
