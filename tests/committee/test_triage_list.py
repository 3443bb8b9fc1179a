"""The list of proposals in the admin."""

import datetime

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from committee.admin.triage import ProposalAdmin
from openmuni import clock
from proposals.models import Proposal
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

from .acting import DESK, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def step():
    return make_step(make_plan())


@pytest.fixture
def client():
    return sign_in("malika", group="member")


def titles(response):
    return [proposal.title for proposal in response.context["cl"].result_list]


def shown(client, **query):
    return titles(client.get(DESK, query))


def test_the_newest_comes_first(client, step):
    day = datetime.timedelta(days=1)
    for title, age in (("الأوسط", 2), ("الأحدث", 1), ("الأقدم", 3)):
        make_proposal(step, title=title, at=clock.now() - age * day)
    assert shown(client) == ["الأحدث", "الأوسط", "الأقدم"]


@pytest.mark.parametrize("words", ["الشارع انارة", "إنــارة", "LAR", "TST"])
def test_the_search_is_deaf_to_spelling_and_knows_references(client, step, words):
    make_proposal(step, title="إنارة الشارع")
    expected = [] if words == "LAR" else ["إنارة الشارع"]
    assert shown(client, q=words) == expected


def test_the_filters_narrow_the_list(client, step):
    axis = make_axis(step.plan)
    make_proposal(step, title="مقبولة", axis=axis).accept(by=make_actor(), reason=REASON)
    make_proposal(step, title="ورقية", channel="paper")
    make_proposal(step, title="في الانتظار", published=False, channel="phone")
    make_proposal(make_step(make_plan(slug="2034-2035")), title="نسخة أخرى", channel="letter")
    assert shown(client, status__exact="accepted") == ["مقبولة"]
    assert shown(client, axis=axis.key) == ["مقبولة"]
    assert shown(client, axis="none", submission__channel__exact="paper") == ["ورقية"]
    assert shown(client, submission__moderation__exact="pending") == ["في الانتظار"]
    assert len(shown(client, plan__id__exact=step.plan_id)) == 3


@pytest.mark.parametrize(
    "filters", [{"axis": "?"}, {"status__exact": "?"}, {"plan__id__exact": "9" * 30}, {"p": "x"}]
)
def test_a_filter_that_makes_no_sense_is_no_failure(client, filters):
    assert client.get(DESK, filters, follow=True).status_code == 200


@pytest.mark.parametrize("name", ["axis", "status__exact", "q", "plan__id__exact", "p"])
def test_a_nul_in_the_query_is_a_bad_request(client, name):
    assert client.get(DESK, {name: "\0"}).status_code == 400


def test_the_age_is_counted_in_days_of_the_commune(client, step):
    yesterday = clock.today() - datetime.timedelta(days=1)
    late = make_proposal(step, at=clock.instant(yesterday, datetime.time(23, 59)))
    with translation.override("en"):
        assert ProposalAdmin(Proposal, admin.site).age(late) == "1 day"


def test_a_rehearsal_is_marked(client):
    make_proposal(make_step(make_plan(slug="2034-2035-rehearsal", is_rehearsal=True)))
    assert "badge--rehearsal" in client.get(DESK).content.decode()


def queries(client):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(DESK, {"all": ""}).status_code == 200
    return len(caught)


def test_fifty_rows_cost_as_many_queries_as_five(client, step):
    axis, project = make_axis(step.plan), make_project(step.plan)
    for number in range(5):
        make_proposal(step, axis=axis, title=f"فكرة {number}")
    client.get(DESK)  # what is looked up once is looked up now
    five = queries(client)
    for number in range(45):
        proposal = make_proposal(step, axis=axis, title=f"فكرة أخرى {number}")
        if number % 3 == 0:
            proposal.merge_into(project, by=make_actor(), reason=REASON)
    assert queries(client) == five


@pytest.mark.parametrize(("published", "badges"), [(True, 1), (False, 0)])
def test_only_a_published_idea_wears_its_status(client, step, published, badges):
    make_proposal(step, published=published)
    assert client.get(DESK).content.decode().count("badge--in_progress") == badges
