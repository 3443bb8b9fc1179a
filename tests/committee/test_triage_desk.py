"""The desk of one proposal: what is shown, what an act writes, what is given back."""

import datetime
import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import escape

from committee.forms import OpinionForm
from committee.models import CommitteeMember, Opinion
from openmuni import clock
from proposals.models import MOVES, Decision, IllegalMove, Proposal, Status
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)

from .acting import DESK, act, decide, give_seat, page, sign_in

pytestmark = pytest.mark.django_db

MY_REASON = "تعليلي الخاص الذي كتبته قبل أن يقرر غيري"


@pytest.fixture
def step():
    return make_step(make_plan())


@pytest.fixture
def proposal(step):
    return make_proposal(step, title="إنارة الحي", body="نقترح\n<b>إنارة</b> الحي")


@pytest.fixture
def member(step):
    give_seat("malika", step.plan)
    return sign_in("malika", group="member")


@pytest.fixture
def moderator():
    return sign_in("sanae", group="moderator")


def text(response):
    return response.content.decode()


def now(proposal):
    proposal.refresh_from_db()
    proposal.submission.refresh_from_db()
    return proposal


# --- Reading ---------------------------------------------------------------------------------------


def test_the_words_of_the_citizen_are_shown_and_not_run(member, proposal):
    assert escape("<b>إنارة</b>") in text(page(member, proposal))


def test_the_trail_names_those_who_acted(member, proposal):
    proposal.accept(by=make_actor(), reason=REASON)
    shown = text(page(member, proposal))
    assert all(words in shown for words in (REASON, "أمينة", "عضوة اللجنة"))


@pytest.mark.parametrize("status", Status)
def test_only_the_legal_moves_are_offered(member, proposal, status):
    project = make_project(proposal.plan)
    verbs = {
        Status.ACCEPTED: proposal.accept,
        Status.REJECTED: proposal.reject,
        Status.MERGED: lambda **why: proposal.merge_into(project, **why),
    }
    if status in verbs:
        verbs[status](by=make_actor(), reason=REASON)
    offered = {
        radio.data["value"]
        for radio in page(member, proposal).context["forms"]["decide"]["decision"]
    }
    assert offered == {to for move_from, to in MOVES if move_from == status}


def test_an_idea_that_waits_for_moderation_cannot_be_decided_on_yet(member, step):
    waiting = make_proposal(step, published=False)
    assert "decide" not in page(member, waiting).context["forms"]


def test_an_unknown_proposal_is_not_found(member):
    assert member.get(f"{DESK}123456/change/").status_code == 404


def test_an_address_of_an_act_that_is_only_visited_leads_back(member, proposal):
    answer = member.get(f"{DESK}{proposal.pk}/decide/")
    assert answer.url.startswith(f"{DESK}{proposal.pk}/change/?")


# --- Deciding --------------------------------------------------------------------------------------


def test_a_decision_bears_the_name_and_function_of_the_seat(member, proposal):
    decide(member, proposal, "accepted")
    decision = Decision.objects.get()
    assert (decision.by_name, decision.by_function) == ("مليكة", "مستشارة")


def test_who_no_longer_sits_decides_under_the_name_of_the_account_and_gives_no_opinion(
    member, proposal
):
    CommitteeMember.objects.update(until=clock.today() - datetime.timedelta(days=1))
    assert "opinion" not in page(member, proposal).context["forms"]
    decide(member, proposal, "accepted")
    decision = Decision.objects.get()
    assert (decision.by_name, decision.by_function) == ("malika", "")


def test_a_merge_keeps_its_project_and_the_kept_part(member, proposal):
    project = make_project(proposal.plan)
    decide(member, proposal, "merged", project=project.pk, kept_part="الإنارة وحدها")
    assert (now(proposal).project, Decision.objects.get().kept_part) == (project, "الإنارة وحدها")


@pytest.mark.parametrize(
    ("decision", "sent"),
    [
        ("accepted", {"reason": "قصير"}),
        ("accepted", {"reason": " " * 30}),
        ("accepted", {"reason": "\u200f" * 30}),
        ("accepted", {"reason": ""}),
        ("merged", {"project": ""}),
        ("merged", {"project": "999999"}),
        ("accepted", {"kept_part": "لا معنى له هنا"}),
        ("nonsense", {}),
        ("accepted", {"version": "x"}),
        ("accepted", {"reason": "ن" * 6000}),
    ],
)
def test_a_decision_that_is_not_complete_changes_nothing_and_keeps_the_text(
    member, proposal, decision, sent
):
    sent = {"kept_part": "", "reason": MY_REASON} | sent
    answer = decide(member, proposal, decision, **sent)
    assert answer.status_code == 200
    assert now(proposal).status == Status.IN_PROGRESS
    assert sent["reason"].strip("\u200f ") in text(answer)
    assert answer.context["forms"]["decide"].errors


def test_a_project_of_another_edition_cannot_take_the_idea(member, proposal):
    elsewhere = make_project(make_plan(slug="2034-2035"))
    decide(member, proposal, "merged", project=elsewhere.pk)
    assert now(proposal).status == Status.IN_PROGRESS


def test_who_decides_second_reads_the_first_and_keeps_the_text(member, proposal):
    decide(sign_in("hamid", group="member"), proposal, "rejected")
    answer = decide(member, proposal, "merged", reason=MY_REASON, kept_part="جزء منها")
    assert answer.status_code == 409
    assert all(words in text(answer) for words in (REASON, MY_REASON, "جزء منها"))
    assert now(proposal).status == Status.REJECTED


def test_after_a_conflict_the_form_stands_on_what_is_now_read(member, proposal):
    decide(sign_in("hamid", group="member"), proposal, "rejected")
    answer = decide(member, proposal, "accepted", reason=MY_REASON)
    assert answer.context["forms"]["decide"]["version"].value() == now(proposal).version


def test_a_decision_on_an_idea_withheld_meanwhile_keeps_the_text(member, proposal):
    proposal.submission.withhold(by=make_actor(), category="insult", reason="كلمة نابية")
    answer = decide(member, proposal, "accepted", reason=MY_REASON)
    assert answer.status_code == 409
    assert MY_REASON in text(answer)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_decide_at_once_one_wins_and_nine_keep_their_text(proposal):
    start, answers = threading.Barrier(10), []
    clients = [sign_in(f"member-{number}", group="member") for number in range(10)]

    def press(number):
        start.wait()
        decision = "accepted" if number % 2 else "rejected"
        answer = decide(clients[number], proposal, decision, reason=f"{MY_REASON} {number}")
        answers.append((answer.status_code, f"{MY_REASON} {number}" in text(answer)))
        connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [(302, False), *[(409, True)] * 9]
    assert Decision.objects.count() == 1


def test_a_refused_security_token_gives_the_desk_back_with_the_text(member, proposal):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = member.cookies
    answer = decide(careful, proposal, "accepted", reason=MY_REASON)
    assert answer.status_code == 403
    assert MY_REASON in text(answer)
    assert now(proposal).status == Status.IN_PROGRESS
    # The form that came back can be sent as it is.
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(answer))[1]
    decide(careful, proposal, "accepted", reason=MY_REASON, csrfmiddlewaretoken=token)
    assert now(proposal).status == Status.ACCEPTED


@pytest.mark.parametrize("name", [None, "nabil", "sanae"])
def test_a_refused_security_token_opens_no_desk(proposal, moderator, name):
    careful = Client(enforce_csrf_checks=True)
    if name:
        careful.cookies = sign_in(name).cookies
    answer = decide(careful, proposal, "accepted", reason=MY_REASON)
    assert (answer.status_code, "data-desk" in text(answer)) == (403, False)


@pytest.mark.parametrize("address", ["change/", "axis/", "decide/", "publish/", "opinion/"])
def test_a_forged_field_changes_nothing(step, address):
    client = sign_in("najat", group="coordinator")
    give_seat("najat", step.plan)
    proposal = make_proposal(step, published=False)
    forged = {
        "status": "accepted",
        "moderation": "published",
        "project": make_project(step.plan).pk,
        "title": "عنوان مزور",
        "version": "7",
    }
    before = (proposal.title, "in_progress", None, 0)
    client.post(f"{DESK}{proposal.pk}/{address}", forged)
    after = now(proposal)
    assert (after.title, after.status, after.project, after.version) == before
    assert (after.submission.moderation == "published") == (address == "publish/")


def test_a_post_to_the_stock_form_is_refused(proposal):
    client = sign_in("najat", group="coordinator")
    assert client.post(f"{DESK}{proposal.pk}/change/", {"status": "accepted"}).status_code == 403


def test_a_superuser_has_no_status_field_either(proposal):
    make_user("root", is_superuser=True)
    assert 'name="status"' not in text(page(sign_in("root"), proposal))


# --- Moderating ------------------------------------------------------------------------------------


def test_a_withheld_idea_says_its_category_and_reason(moderator, proposal):
    act(moderator, proposal, "withhold", category="personal_data", reason=MY_REASON)
    written = proposal.submission.moderation_acts.last()
    assert (written.category, written.reason) == ("personal_data", MY_REASON)


@pytest.mark.parametrize(
    "sent",
    [{"category": ""}, {"category": "boredom"}, {"reason": "  "}, {"reason": "فيها رقم هاتف"}],
)
def test_withholding_asks_for_a_category_and_a_reason(moderator, proposal, sent):
    sent = {"category": "insult", "reason": MY_REASON} | sent
    answer = act(moderator, proposal, "withhold", **sent)
    assert answer.context["forms"]["withhold"].errors
    assert now(proposal).submission.moderation == "published"


def test_restoring_asks_for_a_reason_as_long_as_a_decision_s(moderator, proposal):
    act(moderator, proposal, "withhold", category="insult", reason=MY_REASON)
    assert act(moderator, proposal, "restore", reason="خطأ منا").context["forms"]["restore"].errors


def test_who_withholds_second_keeps_the_text(moderator, proposal):
    act(sign_in("hamid", group="moderator"), proposal, "withhold", category="insult", reason=REASON)
    answer = act(moderator, proposal, "withhold", category="off_topic", reason=MY_REASON)
    assert answer.status_code == 409
    assert all(words in text(answer) for words in (REASON, MY_REASON))


def test_publishing_twice_is_said(moderator, proposal):
    assert act(moderator, proposal, "publish").status_code == 409


# --- Opinions and the axis -------------------------------------------------------------------------


def test_a_member_has_one_opinion_and_may_change_it(member, proposal):
    act(member, proposal, "opinion", view="accepted", comment="نعم")
    act(member, proposal, "opinion", view="rejected", comment="غيرت رأيي")
    opinion = Opinion.objects.get()
    assert (opinion.view, opinion.comment) == ("rejected", "غيرت رأيي")


def test_an_opinion_is_shown_in_its_form_again(member, proposal):
    act(member, proposal, "opinion", view="merged", comment="مع مشروع الإنارة")
    form = page(member, proposal).context["forms"]["opinion"]
    assert (form["view"].value(), form["comment"].value()) == ("merged", "مع مشروع الإنارة")


def test_an_opinion_after_the_decision_is_refused_and_kept_on_the_page(member, proposal):
    proposal.accept(by=make_actor(), reason=REASON)
    answer = act(member, proposal, "opinion", view="rejected", comment="تأخرت قليلا")
    assert answer.status_code == 409
    assert "تأخرت قليلا" in text(answer)
    assert not Opinion.objects.exists()


def test_an_opinion_on_an_idea_decided_since_it_was_read_is_refused(step, proposal):
    give_seat("malika", step.plan)
    user, sent = make_user("malika"), {"view": "accepted", "comment": ""}
    form = OpinionForm(sent, subject=Proposal.objects.get(), user=user)
    assert form.is_valid()
    proposal.reject(by=make_actor(), reason=REASON)
    with pytest.raises(IllegalMove):
        form.act(make_actor())


def test_the_committee_files_an_idea_whose_author_did_not_choose(member, proposal):
    axis = make_axis(proposal.plan)
    act(member, proposal, "axis", axis=axis.pk)
    assert now(proposal).axis == axis


# --- The next one ------------------------------------------------------------------------------------


def test_a_decision_leads_to_the_next_one_waiting(member, proposal, step):
    following = make_proposal(step, title="الفكرة التالية")
    assert decide(member, proposal, "accepted").url.startswith(f"{DESK}{following.pk}/change/")


def test_a_publication_leads_to_the_next_one_that_waits_for_the_moderator(moderator, step):
    first, second = (make_proposal(step, title=title, published=False) for title in ("١", "٢"))
    make_proposal(step, title="منشورة")
    assert act(moderator, first, "publish").url.startswith(f"{DESK}{second.pk}/change/")


def test_the_next_page_says_what_was_done_and_leads_back_to_undo_it(member, proposal, step):
    make_proposal(step, title="الفكرة التالية")
    following = member.get(decide(member, proposal, "accepted").url)
    said = str(next(iter(following.context["messages"])))
    assert all(words in said for words in (f"{DESK}{proposal.pk}/change/", "#desk-decide"))


def test_nobody_is_led_to_another_edition(member, proposal):
    make_proposal(make_step(make_plan(slug="2034-2035")))
    assert decide(member, proposal, "accepted").url.startswith(f"{DESK}{proposal.pk}/change/")


# --- Signing in ----------------------------------------------------------------------------------------


def test_a_stranger_is_led_to_the_sign_in_page(proposal):
    assert page(Client(), proposal).url.startswith("/ar/admin/login/")
