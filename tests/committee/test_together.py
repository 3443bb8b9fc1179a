"""One act on several proposals: the page, what it does row by row, and who may."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committee.forms.together import ACTS_TOGETHER, TOGETHER_LIMIT
from committee.models import DraftDecision, Opinion
from consultations.models import ActionPlan
from openmuni import clock
from proposals.models import Decision, Proposal, ReasonText
from tests.factories import REASON, make_actor, make_plan, make_project, make_proposal, make_step

from .acting import DESK, decide_together, give_seat, send_together, sign_in, statuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


@pytest.fixture
def member():
    return sign_in("malika", group="member")


@pytest.fixture
def moderator():
    return sign_in("sanae", group="moderator")


def text(answer):
    return answer.content.decode()


def address(name, *proposals):
    asked = "&".join(f"pk={proposal.pk}" for proposal in proposals)
    return f"{DESK}together/{name}/?{asked}"


def moderation(proposals):
    rows = dict(Proposal.objects.values_list("pk", "submission__moderation"))
    return [rows[proposal.pk] for proposal in proposals]


# --- Deciding --------------------------------------------------------------------------------------


def test_each_of_the_ticked_ones_has_a_decision_of_its_own(member, step):
    ideas = [make_proposal(step) for _number in range(4)]
    answer = decide_together(member, ideas, but=ideas[3:])
    assert (answer.status_code, len(answer.context["together"].done)) == (200, 3)
    assert statuses(ideas) == ["accepted"] * 3 + ["in_progress"]
    assert Decision.objects.filter(reason=REASON).count() == 3


def test_several_are_merged_into_one_project(member, plan, step):
    ideas = [make_proposal(step) for _number in range(2)]
    project = make_project(plan)
    decide_together(member, ideas, "merged", project=project.pk, kept_part="الإنارة وحدها")
    kept = Decision.objects.values_list("project", "kept_part")
    assert set(kept) == {(project.pk, "الإنارة وحدها")}


def test_what_is_not_legal_for_one_is_said_at_its_row_and_the_others_are_done(member, step):
    ideas = [make_proposal(step) for _number in range(3)]
    ideas[1].reject(by=make_actor(), reason=REASON)
    answer = decide_together(member, ideas)
    assert answer.status_code == 409
    assert statuses(ideas) == ["accepted", "rejected", "accepted"]
    assert [row.proposal for row in answer.context["together"].faults] == [ideas[1]]
    assert REASON in text(answer)


def test_an_idea_decided_meanwhile_is_said_at_its_row(member, step):
    ideas = [make_proposal(step) for _number in range(2)]
    Proposal.objects.get(pk=ideas[0].pk).reject(by=make_actor(), reason=REASON)
    answer = decide_together(member, ideas)
    assert (answer.status_code, statuses(ideas)) == (409, ["rejected", "accepted"])
    # The row stands on what is now read, and is still ticked.
    row = answer.context["together"].faults[0]
    assert (row.stands_on, row.is_ticked) == (1, True)


FAULTS = [
    {"reason": "قصير"},
    {"reason": ""},
    {"decision": ""},
    {"decision": "merged"},
    {"kept_part": "لا معنى له هنا"},
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_form_that_is_not_complete_does_nothing_and_keeps_ticks_and_text(member, step, fault):
    ideas = [make_proposal(step) for _number in range(3)]
    answer = decide_together(member, ideas, but=ideas[2:], **fault)
    assert answer.status_code == 200
    assert not Decision.objects.exists()
    rows = answer.context["together"].rows
    assert [row.is_ticked for row in rows] == [True, True, False]
    assert fault.get("reason", REASON) in text(answer)


def test_each_idea_has_the_reusable_reason_in_its_own_language(member, plan, step):
    ready = ReasonText.objects.create(
        plan=plan, outcome="accepted", text_ar=REASON, text_fr="Ce motif suffit à l’auteur."
    )
    ideas = [make_proposal(step), make_proposal(step, language="fr")]
    decide_together(member, ideas, reason="", ready=ready.pk)
    made = Decision.objects.order_by("proposal_id").values_list("reason", "reason_text")
    assert list(made) == [(REASON, ready.pk), ("Ce motif suffit à l’auteur.", ready.pk)]


def test_where_two_sign_every_decision_waits(member, step):
    ActionPlan.objects.update(four_eyes=True)
    ideas = [make_proposal(step) for _number in range(2)]
    decide_together(member, ideas)
    assert statuses(ideas) == ["in_progress"] * 2
    send_together(sign_in("hamid", group="member"), "confirm", ideas)
    assert statuses(ideas) == ["accepted"] * 2


def test_who_prepared_them_confirms_none(member, step):
    ActionPlan.objects.update(four_eyes=True)
    ideas = [make_proposal(step) for _number in range(2)]
    decide_together(member, ideas)
    answer = send_together(member, "confirm", ideas)
    assert (answer.status_code, len(answer.context["together"].faults)) == (409, 2)
    assert statuses(ideas) == ["in_progress"] * 2


def test_sent_twice_nothing_is_decided_twice(member, step):
    ideas = [make_proposal(step) for _number in range(2)]
    for _time in (1, 2):
        decide_together(member, ideas)
    assert Decision.objects.count() == 2


# --- Moderating ------------------------------------------------------------------------------------


def test_several_are_published_and_who_was_published_before_is_said(moderator, step):
    ideas = [make_proposal(step, published=False) for _number in range(3)]
    ideas[0].submission.publish(by=make_actor())
    answer = send_together(moderator, "publish", ideas)
    assert (answer.status_code, moderation(ideas)) == (409, ["published"] * 3)
    assert len(answer.context["together"].done) == 2


def test_several_are_withheld_with_one_category_and_reason(moderator, step):
    ideas = [make_proposal(step, published=False) for _number in range(2)]
    send_together(moderator, "withhold", ideas, category="off_topic", reason=REASON)
    acts = [idea.submission.moderation_acts.get() for idea in ideas]
    assert {(act.category, act.reason) for act in acts} == {("off_topic", REASON)}


@pytest.mark.parametrize("fault", [{"category": ""}, {"reason": "قصير"}])
def test_withholding_several_asks_for_a_category_and_a_reason(moderator, step, fault):
    ideas = [make_proposal(step) for _number in range(2)]
    sent = {"category": "insult", "reason": REASON} | fault
    assert send_together(moderator, "withhold", ideas, **sent).context["together"].form.errors
    assert moderation(ideas) == ["published"] * 2


# --- The way there ---------------------------------------------------------------------------------


def from_list(client, action, proposals):
    sent = {"action": action, "_selected_action": [one.pk for one in proposals]}
    return client.post(DESK, sent, follow=True)


def test_the_ticked_ones_of_the_list_are_led_to_the_page(member, step):
    ideas = [make_proposal(step) for _number in range(3)]
    answer = from_list(member, "decide_together", ideas[:2])
    assert [row.proposal for row in answer.context["together"].rows] == ideas[:2]


@pytest.mark.parametrize(
    ("group", "offered"),
    [
        ("member", {"decide_together", "confirm_together"}),
        ("moderator", {"publish_together", "withhold_together"}),
        ("auditor", set()),
    ],
)
def test_each_role_is_offered_its_own_acts(step, group, offered):
    make_proposal(step)
    shown = text(sign_in("nabil", group=group).get(DESK))
    assert set(re.findall(r'value="(\w+_together)"', shown)) == offered


def test_more_than_fit_on_a_screen_are_refused_with_words(member, step):
    ideas = [make_proposal(step, title=f"فكرة {number}") for number in range(TOGETHER_LIMIT + 1)]
    answer = from_list(member, "decide_together", ideas)
    assert str(TOGETHER_LIMIT) in str(next(iter(answer.context["messages"])))
    assert send_together(member, "decide", ideas).status_code == 302
    assert not Decision.objects.exists()


def test_ideas_of_two_editions_are_not_decided_on_together(member, step):
    ideas = [make_proposal(step), make_proposal(make_step(make_plan(slug="2034-2035")))]
    assert decide_together(member, ideas).status_code == 302
    assert not Decision.objects.exists()


@pytest.mark.parametrize("asked", ["", "pk=x", "pk=99999999999999999999", "pk=٣", "meeting=x"])
def test_an_address_that_names_nothing_leads_back(member, asked):
    assert member.get(f"{DESK}together/confirm/?{asked}").status_code == 302


def test_an_act_that_does_not_exist_is_not_found(member):
    assert member.get(f"{DESK}together/delete/").status_code == 404


MAY = {
    "decide": {"member", "coordinator"},
    "confirm": {"member", "coordinator"},
    "publish": {"moderator", "coordinator"},
    "withhold": {"moderator", "coordinator"},
}


@pytest.mark.parametrize("group", ["moderator", "member", "coordinator", "auditor", None])
@pytest.mark.parametrize("name", ACTS_TOGETHER)
def test_a_role_opens_and_sends_what_the_table_says(step, name, group):
    idea = make_proposal(step)
    DraftDecision.objects.prepare(idea, "accepted", by=make_actor(), reason=REASON, version=0)
    client = sign_in("nabil", group=group)
    opened, sent = client.get(address(name, idea)), send_together(client, name, [idea])
    allowed = group in MAY[name]
    assert {opened.status_code == 403, sent.status_code == 403} == {not allowed}


def test_a_stranger_is_led_to_the_sign_in_page(client, step):
    assert client.get(address("decide", make_proposal(step))).url.startswith("/ar/admin/login/")


def test_nothing_is_done_in_a_closed_edition(member, step):
    ideas = [make_proposal(step) for _number in range(2)]
    ActionPlan.objects.update(state="closed")
    answer = decide_together(member, ideas)
    assert (answer.status_code, Decision.objects.count()) == (409, 0)


def test_a_refused_security_token_gives_the_page_back_with_ticks_and_text(member, step):
    ideas = [make_proposal(step) for _number in range(2)]
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = member.cookies
    answer = decide_together(careful, ideas, but=ideas[1:])
    assert (answer.status_code, REASON in text(answer)) == (403, True)
    assert [row.is_ticked for row in answer.context["together"].rows] == [True, False]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["decide", "confirm"])
def test_many_rows_cost_as_many_queries_as_few(member, plan, step, name):
    seat = give_seat("malika", plan)

    def cost(count):
        ideas = [make_proposal(step) for _number in range(count)]
        for idea in ideas:
            Opinion.objects.create(proposal=idea, member=seat, view="accepted", at=clock.now())
            if name == "confirm":
                by = make_actor()
                DraftDecision.objects.prepare(idea, "accepted", by=by, reason=REASON, version=0)
        with CaptureQueriesContext(connection) as caught:
            assert member.get(address(name, *ideas)).status_code == 200
        return len(caught)

    cost(1)
    assert cost(2) == cost(9)
