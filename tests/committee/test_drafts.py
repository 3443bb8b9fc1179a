"""Decisions that wait: for a second signature, or for the hour at which a meeting's are published."""

import pytest

from committee.models import AgendaItem, CommitteeMember, DraftDecision, NotRecorded
from consultations.actors import Actor
from consultations.models import ActionPlan
from proposals.models import IllegalMove, Proposal, StaffNote, StaleVersion, Status
from tests.factories import (
    REASON,
    make_actor,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)

from .acting import give_seat
from .convening import convene, put, tick

pytestmark = pytest.mark.django_db

WHY = "يحتاج التعليل إلى ذكر المشروع"


@pytest.fixture
def plan():
    return make_plan(four_eyes=True)


@pytest.fixture
def step(plan):
    return make_step(plan)


@pytest.fixture
def proposal(step):
    return make_proposal(step)


def amina():
    return make_actor("amina")


def hamid():
    return Actor(make_user("hamid"), "حميد")


def prepare(proposal, to="accepted", by=None, **words):
    return DraftDecision.objects.prepare(
        proposal, to, by=by or amina(), reason=REASON, version=proposal.version, **words
    )


def status_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).status


# --- Preparing -------------------------------------------------------------------------------------


def test_what_is_prepared_changes_no_status(proposal):
    prepare(proposal)
    assert (status_of(proposal), proposal.decisions.count()) == (Status.IN_PROGRESS, 0)


def test_one_decision_waits_at_a_time(proposal):
    prepare(proposal)
    with pytest.raises(IllegalMove):
        prepare(proposal, "rejected", by=hamid())
    assert DraftDecision.objects.get().to_status == "accepted"


@pytest.mark.parametrize("fault", ["stale", "no move", "withheld", "closed", "other project"])
def test_what_could_not_be_decided_is_not_prepared(proposal, fault):
    to, words, version = "accepted", {}, proposal.version
    if fault == "stale":
        version += 1
    if fault == "no move":
        to = "in_progress"
    if fault == "withheld":
        proposal.submission.withhold(by=amina(), category="insult", reason="كلمة نابية")
    if fault == "closed":
        ActionPlan.objects.update(state="closed")
    if fault == "other project":
        to, words = "merged", {"project": make_project(make_plan(slug="2034-2035"))}
    with pytest.raises((IllegalMove, StaleVersion)):
        DraftDecision.objects.prepare(
            proposal, to, by=amina(), reason=REASON, version=version, **words
        )
    assert not DraftDecision.objects.exists()


# --- Confirming ------------------------------------------------------------------------------------


def test_another_person_confirms_in_the_words_that_were_prepared(plan, proposal):
    project = make_project(plan)
    draft = prepare(proposal, "merged", project=project, kept_part="الإنارة وحدها")
    made = draft.confirm(hamid())
    assert (made.to_status, made.project, made.kept_part, made.reason) == (
        "merged",
        project,
        "الإنارة وحدها",
        REASON,
    )
    assert (made.by_name, made.prepared_by_name) == ("حميد", "أمينة")
    assert not DraftDecision.objects.exists()


def test_who_prepared_it_does_not_confirm_it(proposal):
    draft = prepare(proposal)
    with pytest.raises(IllegalMove):
        draft.confirm(amina())
    assert status_of(proposal) == Status.IN_PROGRESS


def test_another_seat_does_not_make_another_person(plan, proposal):
    draft = prepare(proposal)
    give_seat("amina", plan)
    CommitteeMember.objects.update(name_ar="أمينة بعد تغيير المقعد")
    actor = CommitteeMember.objects.actor(make_user("amina"), plan)
    with pytest.raises(IllegalMove):
        draft.confirm(actor)
    assert DraftDecision.objects.exists()


def test_who_takes_no_part_in_the_item_does_not_sign(plan, step):
    meeting = convene(plan)
    [item] = put(meeting, "الملعب", step=step)
    seat = meeting.seats[0]
    CommitteeMember.objects.filter(pk=seat.pk).update(user=make_user("hamid"))
    item.recusals.create(member=seat, reason="عضو في الجمعية صاحبة الفكرة")
    with pytest.raises(IllegalMove):
        prepare(item.proposal).confirm(hamid())


def test_a_decision_in_between_leaves_it_to_be_sent_back_only(proposal):
    draft = prepare(proposal)
    ActionPlan.objects.update(four_eyes=False)
    Proposal.objects.get(pk=proposal.pk).reject(by=amina(), reason=REASON)
    with pytest.raises(StaleVersion):
        draft.confirm(hamid())
    assert (status_of(proposal), DraftDecision.objects.count()) == (Status.REJECTED, 1)


def test_it_is_confirmed_once(proposal):
    draft = prepare(proposal)
    draft.confirm(hamid())
    with pytest.raises(StaleVersion):
        draft.confirm(hamid())
    assert proposal.decisions.count() == 1


def test_reopening_needs_two_people_as_well(proposal):
    prepare(proposal).confirm(hamid())
    proposal = Proposal.objects.get()
    prepare(proposal, "in_progress", by=hamid()).confirm(amina())
    assert status_of(proposal) == Status.IN_PROGRESS


@pytest.mark.parametrize("fault", ["withheld", "closed"])
def test_what_can_no_longer_be_decided_waits_on(proposal, fault):
    draft = prepare(proposal)
    if fault == "withheld":
        proposal.submission.withhold(by=amina(), category="insult", reason="كلمة نابية")
    else:
        ActionPlan.objects.update(state="closed")
    with pytest.raises(IllegalMove):
        draft.confirm(hamid())
    assert DraftDecision.objects.exists()


# --- Sending back ----------------------------------------------------------------------------------


def test_it_is_sent_back_with_words_and_nothing_of_it_is_lost(proposal):
    prepare(proposal).send_back(WHY, by=hamid())
    note = StaffNote.objects.get()
    assert (note.by_name, note.proposal) == ("حميد", proposal)
    assert all(words in note.text for words in (WHY, REASON, "أمينة", "مقبولة"))
    assert not DraftDecision.objects.exists()


def test_after_it_was_sent_back_another_one_may_be_prepared(proposal):
    prepare(proposal).send_back(WHY, by=hamid())
    prepare(proposal, "rejected").confirm(hamid())
    assert status_of(proposal) == Status.REJECTED


def test_nothing_is_sent_back_in_a_closed_edition(proposal):
    draft = prepare(proposal)
    ActionPlan.objects.update(state="closed")
    with pytest.raises(IllegalMove):
        draft.send_back(WHY, by=hamid())
    assert (DraftDecision.objects.count(), StaffNote.objects.count()) == (1, 0)


# --- The decisions of a meeting ----------------------------------------------------------------------


def test_a_decision_of_a_meeting_is_recorded_as_its_act(plan, step):
    meeting = convene(plan, days_ago=2)
    [item] = put(meeting, "الملعب", step=step)
    made = prepare(item.proposal, meeting=meeting).confirm(hamid())
    assert AgendaItem.objects.get().decision == made


def test_a_decision_of_a_meeting_that_lost_its_quorum_waits_on(plan, step):
    meeting = convene(plan)
    [item] = put(meeting, "الملعب", step=step)
    draft = prepare(item.proposal, meeting=meeting)
    tick(meeting, 0)
    meeting.attendance.update(present=False)
    with pytest.raises(NotRecorded):
        draft.confirm(hamid())
    assert DraftDecision.objects.exists()


def test_a_meeting_keeps_what_waits_from_it(plan, step):
    meeting = convene(plan)
    [item] = put(meeting, "الملعب", step=step)
    prepare(item.proposal, meeting=meeting)
    assert meeting.has_records
    assert not meeting.waiting[0].exists()
