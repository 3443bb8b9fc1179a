"""Reasons kept ready: taken on the desk, remembered by the decision, never deleted once used."""

import pytest

from consultations.models import ActionPlan
from proposals.models import Decision, Proposal, ReasonText, Status
from tests.factories import REASON, make_plan, make_proposal, make_step

from .acting import decide, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def proposal(plan):
    return make_proposal(make_step(plan))


@pytest.fixture
def member():
    return sign_in("malika", group="member")


def status_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).status


@pytest.fixture
def ready(plan):
    return ReasonText.objects.create(plan=plan, outcome="accepted", text_ar=REASON)


def test_a_reason_that_is_chosen_is_taken_and_remembered(member, proposal, ready):
    decide(member, proposal, "accepted", reason="", ready=ready.pk)
    made = Decision.objects.get()
    assert (made.reason, made.reason_text) == (REASON, ready)


@pytest.mark.parametrize(
    ("reason", "is_kept"), [(f"{REASON}. وسنخبركم.", True), ("تعليل آخر كتبته بيدي كله", False)]
)
def test_a_reason_that_was_rewritten_is_no_longer_the_reusable_one(
    member, proposal, ready, reason, is_kept
):
    decide(member, proposal, "accepted", reason=reason, ready=ready.pk)
    made = Decision.objects.get()
    assert (made.reason, made.reason_text == ready) == (reason, is_kept)


def test_a_reason_for_another_decision_is_not_taken(member, proposal, ready):
    answer = decide(member, proposal, "rejected", reason="", ready=ready.pk)
    assert answer.context["forms"]["decide"].errors["ready"]
    assert status_of(proposal) == Status.IN_PROGRESS


def test_a_reusable_reason_that_is_too_short_is_not_taken(member, proposal, ready):
    ReasonText.objects.update(text_ar="قصير")
    answer = decide(member, proposal, "accepted", reason="", ready=ready.pk)
    assert answer.context["forms"]["decide"].errors["ready"]


def test_a_decision_without_any_reason_is_not_complete(member, proposal, ready):
    answer = decide(member, proposal, "accepted", reason="")
    assert answer.context["forms"]["decide"].errors["reason"]


def test_editing_a_reusable_reason_changes_no_past_one(member, proposal, ready):
    decide(member, proposal, "accepted", reason="", ready=ready.pk)
    coordinator = sign_in("najat", group="coordinator")
    sent = {"plan": ready.plan_id, "outcome": "accepted", "text_ar": f"{REASON} معدل"}
    coordinator.post(f"/ar/admin/proposals/reasontext/{ready.pk}/change/", sent)
    ready.refresh_from_db()
    assert (ready.text_ar, Decision.objects.get().reason) == (f"{REASON} معدل", REASON)


@pytest.mark.parametrize("waits", [False, True])
def test_a_reusable_reason_that_was_used_is_never_deleted(member, proposal, ready, waits):
    ActionPlan.objects.update(four_eyes=waits)
    decide(member, proposal, "accepted", reason="", ready=ready.pk)
    coordinator = sign_in("najat", group="coordinator")
    address = f"/ar/admin/proposals/reasontext/{ready.pk}/"
    assert coordinator.post(f"{address}delete/", {"post": "yes"}).status_code in {200, 403}
    assert ReasonText.objects.exists()
    coordinator.get(f"{address}change/")


def test_a_reusable_reason_that_was_never_used_is_deleted(ready):
    coordinator = sign_in("najat", group="coordinator")
    coordinator.post(f"/ar/admin/proposals/reasontext/{ready.pk}/delete/", {"post": "yes"})
    assert not ReasonText.objects.exists()


@pytest.mark.parametrize("text_ar", ["قصير", " "])
def test_a_reusable_reason_is_as_long_as_a_reason(plan, text_ar):
    coordinator = sign_in("najat", group="coordinator")
    sent = {"plan": plan.pk, "outcome": "accepted", "text_ar": text_ar}
    coordinator.post("/ar/admin/proposals/reasontext/add/", sent)
    assert not ReasonText.objects.exists()
