"""The verbs of a proposal: every pair of statuses, and what a decision leaves behind."""

import datetime
import itertools

import pytest

from consultations.actors import Actor
from openmuni import clock
from proposals.models import (
    MOVES,
    Decision,
    IllegalMove,
    Proposal,
    ReasonText,
    StaleVersion,
    Status,
)
from tests.factories import REASON, make_actor, make_plan, make_project, make_proposal, make_step

pytestmark = pytest.mark.django_db

PAIRS = list(itertools.product(Status, Status))


def bring(proposal, status, project):
    """Bring `proposal` from its birth to `status` by a legal decision."""
    verbs = {
        Status.ACCEPTED: proposal.accept,
        Status.REJECTED: proposal.reject,
        Status.MERGED: lambda **who_why: proposal.merge_into(project, **who_why),
    }
    if status in verbs:
        verbs[status](by=make_actor(), reason=REASON)


def decide(proposal, status, project, **extra):
    """Ask the verb that leads to `status`."""
    if status == Status.MERGED:
        return proposal.merge_into(project, by=make_actor(), reason=REASON, **extra)
    verb = {Status.ACCEPTED: "accept", Status.REJECTED: "reject", Status.IN_PROGRESS: "reopen"}[
        status
    ]
    return getattr(proposal, verb)(by=make_actor(), reason=REASON, **extra)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def proposal(plan):
    return make_proposal(make_step(plan))


@pytest.fixture
def project(plan):
    return make_project(plan)


@pytest.mark.parametrize(("move_from", "to"), [pair for pair in PAIRS if pair in MOVES])
def test_a_legal_move_writes_the_decision_and_the_status(proposal, project, move_from, to):
    bring(proposal, move_from, project)
    decision = decide(proposal, to, project)
    proposal.refresh_from_db()
    assert (proposal.status, decision.from_status, decision.to_status) == (to, move_from, to)


@pytest.mark.parametrize(("move_from", "to"), [pair for pair in PAIRS if pair not in MOVES])
def test_an_illegal_move_writes_nothing(proposal, project, move_from, to):
    bring(proposal, move_from, project)
    before = Decision.objects.count()
    with pytest.raises(IllegalMove):
        decide(proposal, to, project)
    proposal.refresh_from_db()
    assert (proposal.status, Decision.objects.count()) == (move_from, before)


def test_the_table_of_moves_is_the_one_of_the_deck():
    outcomes = ["accepted", "merged", "rejected"]
    decided = {("in_progress", outcome) for outcome in outcomes}
    reopened = {(outcome, "in_progress") for outcome in outcomes}
    assert decided | reopened | {("accepted", "merged")} == MOVES


def test_a_merged_idea_points_to_its_project_until_it_is_reopened(proposal, project):
    decide(proposal, Status.MERGED, project, kept_part="الإنارة فقط")
    assert proposal.project == project
    decide(proposal, Status.IN_PROGRESS, project)
    assert proposal.project is None


def test_an_idea_is_not_merged_into_a_project_of_another_edition(proposal):
    stranger = make_project(make_plan(slug="2032-2033"))
    with pytest.raises(IllegalMove):
        decide(proposal, Status.MERGED, stranger)


def test_a_decision_keeps_the_name_and_function_of_that_moment(proposal):
    decision = decide(proposal, Status.ACCEPTED, None)
    assert (decision.by_name, decision.by_function) == ("أمينة", "عضوة اللجنة")


def test_a_past_decision_keeps_its_own_date(proposal):
    then = clock.now() - datetime.timedelta(days=40)
    assert proposal.accept(by=make_actor(), reason=REASON, at=then).at == then


def test_a_reason_shorter_than_twenty_characters_is_refused(proposal):
    with pytest.raises(ValueError, match="20"):
        proposal.accept(by=make_actor(), reason="قصير جدا" + " " * 30)


def test_an_unpublished_idea_is_not_decided_on(plan):
    pending = make_proposal(make_step(plan), published=False)
    with pytest.raises(IllegalMove):
        pending.accept(by=make_actor(), reason=REASON)


def test_the_second_of_two_who_read_the_same_version_is_refused(proposal):
    seen = proposal.version
    decide(proposal, Status.ACCEPTED, None, version=seen)
    late = Proposal.objects.get(pk=proposal.pk)
    with pytest.raises(StaleVersion):
        late.reject(by=make_actor("brahim"), reason=REASON, version=seen)
    assert late.decisions.count() == 1


# --- Two signatures --------------------------------------------------------------------------------


@pytest.mark.parametrize("to", Status.outcomes())
def test_where_two_signatures_are_needed_one_person_decides_nothing(proposal, project, to):
    type(proposal.plan).objects.update(four_eyes=True)
    amina = make_actor()
    for first in (None, amina, Actor(amina.user, "أمينة بمقعد آخر")):
        with pytest.raises(IllegalMove):
            proposal.decide(to, project=project, by=amina, reason=REASON, prepared_by=first)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decisions.count()) == (Status.IN_PROGRESS, 0)


def test_the_second_person_signs_and_the_name_of_the_first_is_kept(proposal):
    type(proposal.plan).objects.update(four_eyes=True)
    made = proposal.accept(by=make_actor("hamid"), reason=REASON, prepared_by=make_actor())
    assert (made.by.username, made.prepared_by.username) == ("hamid", "amina")
    assert made.prepared_by_name == "أمينة"


def test_a_decision_keeps_the_reusable_reason_it_was_taken_from(proposal):
    kept = ReasonText.objects.create(plan=proposal.plan, outcome="accepted", text_ar=REASON)
    assert proposal.accept(by=make_actor(), reason=REASON, reason_text=kept).reason_text == kept
