"""On the desk: a decision that waits, its second signature, staff notes, opinions at a glance, look-alikes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.models import DraftDecision, Opinion
from committee.opinions import glance_at
from consultations.models import ActionPlan
from openmuni import clock
from proposals.look_alikes import forget_texts
from proposals.models import Decision, Proposal, StaffNote, Status
from tests.factories import REASON, make_actor, make_plan, make_project, make_proposal, make_step

from .acting import DESK, act, decide, give_seat, page, sign_in
from .convening import convene, put, seat_members

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


@pytest.fixture
def member():
    return sign_in("malika", group="member")


@pytest.fixture
def second():
    return sign_in("hamid", group="member")


def text(answer):
    return answer.content.decode()


def forms_of(client, proposal):
    return page(client, proposal).context["forms"]


def status_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).status


# --- Two signatures --------------------------------------------------------------------------------


@pytest.mark.parametrize("to", [*Status.outcomes()])
def test_an_outcome_waits_for_the_second_person(member, second, proposal, to):
    decide(member, proposal, to)
    assert status_of(proposal) == Status.IN_PROGRESS
    act(second, proposal, "confirm", draft=DraftDecision.objects.get().pk)
    made = Decision.objects.get()
    assert (status_of(proposal), made.reason) == (to, REASON)
    assert (made.by.username, made.prepared_by.username) == ("hamid", "malika")


def test_who_prepared_it_is_offered_no_button_and_refused_without_one(member, proposal):
    decide(member, proposal, "accepted")
    assert "confirm" not in forms_of(member, proposal)
    answer = act(member, proposal, "confirm", draft=DraftDecision.objects.get().pk)
    assert (answer.status_code, status_of(proposal)) == (409, Status.IN_PROGRESS)


@pytest.mark.parametrize("four_eyes", [True, False])
def test_who_takes_no_part_in_an_item_does_not_decide_on_it_at_the_desk(member, step, four_eyes):
    ActionPlan.objects.update(four_eyes=four_eyes)
    seat = give_seat("malika", step.plan)
    [item] = put(convene(step.plan), "الملعب", step=step)
    item.recusals.create(member=seat, reason="عضوة في الجمعية صاحبة الفكرة")
    assert decide(member, item.proposal, "accepted").status_code == 409
    assert (Decision.objects.count(), DraftDecision.objects.count()) == (0, 0)


def test_while_one_decision_waits_no_other_is_taken_and_the_text_is_kept(member, second, proposal):
    opened = forms_of(second, proposal)
    assert "decide" in opened
    decide(member, proposal, "accepted")
    assert "decide" not in forms_of(second, proposal)
    answer = decide(second, proposal, "rejected", reason=WHY)
    assert (answer.status_code, WHY in text(answer)) == (409, True)
    assert DraftDecision.objects.get().to_status == "accepted"


def test_the_one_that_was_read_is_signed_and_no_other(member, second, proposal):
    decide(member, proposal, "accepted")
    read = DraftDecision.objects.get()
    act(member, proposal, "send_back", draft=read.pk, words=WHY)
    decide(member, proposal, "rejected")
    answer = act(second, proposal, "confirm", draft=read.pk)
    assert (answer.status_code, status_of(proposal)) == (409, Status.IN_PROGRESS)


def test_it_is_sent_back_with_words(member, second, proposal):
    decide(member, proposal, "accepted")
    act(second, proposal, "send_back", draft=DraftDecision.objects.get().pk, words=WHY)
    assert not DraftDecision.objects.exists()
    assert WHY in text(page(member, proposal))


def test_words_for_one_that_was_signed_meanwhile_are_kept(member, second, proposal):
    decide(member, proposal, "accepted")
    draft = DraftDecision.objects.get()
    draft.confirm(make_actor())
    answer = act(second, proposal, "send_back", draft=draft.pk, words=WHY)
    assert (answer.status_code, WHY in text(answer)) == (409, True)


def test_it_is_not_sent_back_without_words(member, second, proposal):
    decide(member, proposal, "accepted")
    answer = act(second, proposal, "send_back", draft=DraftDecision.objects.get().pk, words=" ")
    assert answer.context["forms"]["send_back"].errors
    assert DraftDecision.objects.exists()


def test_the_trail_of_staff_names_both_and_the_public_page_neither(
    member, second, proposal, client
):
    give_seat("malika", proposal.plan)
    decide(member, proposal, "accepted")
    act(second, proposal, "confirm", draft=DraftDecision.objects.get().pk)
    assert all(name in text(page(member, proposal)) for name in ("مليكة", "hamid"))
    public = text(client.get(f"/ar/ideas/{proposal.reference}/"))
    assert not any(name in public for name in ("مليكة", "hamid"))


@pytest.mark.parametrize("name", ["confirm", "send_back", "note"])
def test_nothing_is_done_in_a_closed_edition(member, second, proposal, name):
    decide(member, proposal, "accepted")
    ActionPlan.objects.update(state="closed")
    sent = {"draft": DraftDecision.objects.get().pk, "words": WHY, "text": WHY}
    assert name not in forms_of(second, proposal)
    assert act(second, proposal, name, **sent).status_code == 409
    assert (DraftDecision.objects.count(), StaffNote.objects.count()) == (1, 0)


def test_the_setting_is_kept_with_the_edition(plan):
    coordinator = sign_in("najat", group="coordinator")
    shown = text(coordinator.get(f"/ar/admin/consultations/actionplan/{plan.pk}/change/"))
    assert 'name="four_eyes"' in shown


# --- Staff notes -----------------------------------------------------------------------------------


def test_a_note_is_read_with_who_wrote_it_and_when(proposal):
    give_seat("malika", proposal.plan)
    act(sign_in("malika", group="member"), proposal, "note", text=WHY)
    shown = text(page(sign_in("sanae", group="moderator"), proposal))
    assert all(words in shown for words in (WHY, "مليكة"))


def test_an_empty_note_is_not_kept(member, proposal):
    act(member, proposal, "note", text=" \u200f ")
    assert not StaffNote.objects.exists()


def test_what_staff_alone_may_read_is_on_no_public_page_and_in_no_file(
    client, member, plan, proposal
):
    coordinator = sign_in("najat", group="coordinator")
    act(member, proposal, "note", text="سر الملاحظة بين الموظفين")
    decide(member, proposal, "accepted", reason="سر القرار الذي ينتظر التوقيع")
    seat = give_seat("malika", plan)
    Opinion.objects.create(
        proposal=proposal, member=seat, view="rejected", comment="سر الرأي", at=clock.now()
    )
    public = [
        f"/ar/ideas/{proposal.reference}/",
        f"/ar/{plan.slug}/ideas/",
        f"/ar/{plan.slug}/results/",
        f"/ar/{plan.slug}/",
        f"/ar/{plan.slug}/plan/",
    ]
    shown = [client.get(address) for address in public]
    shown.append(coordinator.get(f"/ar/{plan.slug}/plan/preview/"))
    form = coordinator.get(f"{DESK}export/").context["form"]
    formats = {label: key for key, label in form.fields["format"].choices}
    sent = {"resource": "0", "format": formats["CSV (UTF-8)"]}
    shown.append(coordinator.post(f"{DESK}export/", sent))
    assert {answer.status_code for answer in shown} <= {200, 302, 404}
    assert shown[0].status_code == shown[-1].status_code == 200
    assert not any("سر" in text(answer).split() for answer in shown)
    assert not any("سر ال" in text(answer) for answer in shown)


# --- Opinions at a glance --------------------------------------------------------------------------


def give(proposal, member, view):
    Opinion.objects.create(proposal=proposal, member=member, view=view, at=clock.now())


def test_the_members_agree(plan, proposal):
    first, second, third = seat_members(plan)
    for member in (first, second):
        give(proposal, member, "accepted")
    glance = glance_at(proposal)
    assert (glance.agree, glance.differ, glance.silent) == (True, False, [third])
    assert [(view, count) for view, _word, count in glance.counts] == [("accepted", 2)]


def test_the_members_differ_and_the_most_frequent_view_comes_first(plan, proposal):
    for member, view in zip(seat_members(plan), ("accepted", "rejected", "rejected"), strict=True):
        give(proposal, member, view)
    glance = glance_at(proposal)
    assert (glance.agree, glance.differ) == (False, True)
    assert [(view, count) for view, _word, count in glance.counts] == [
        ("rejected", 2),
        ("accepted", 1),
    ]


def test_the_opinion_of_who_takes_no_part_does_not_count(plan, step):
    meeting = convene(plan)
    first, second, third = meeting.seats
    item = meeting.agenda.create(order=1, proposal=make_proposal(step))
    give(item.proposal, first, "rejected")
    give(item.proposal, second, "accepted")
    item.recusals.create(member=first, reason="عضو في الجمعية صاحبة الفكرة")
    glance = glance_at(item.proposal)
    assert [one.member for one in glance.opinions] == [second]
    assert (glance.recused, glance.silent) == ([first], [third])


def test_the_glance_is_for_the_committee_alone(plan, member, proposal):
    give(proposal, seat_members(plan)[0], "rejected")
    assert "آراء الأعضاء" in text(page(member, proposal))
    assert page(sign_in("sanae", group="moderator"), proposal).context["glance"] is None


# --- Look-alikes -----------------------------------------------------------------------------------


@pytest.fixture
def twin(proposal, step):
    forget_texts()
    return make_proposal(step, title=proposal.title, body=proposal.body)


def test_the_committee_sees_the_look_alike_its_decision_and_its_reason(member, proposal, twin):
    ActionPlan.objects.update(four_eyes=False)
    Proposal.objects.get(pk=twin.pk).reject(by=make_actor(), reason="تعليل الفكرة الشبيهة بها")
    shown = text(page(member, proposal))
    assert twin.reference in shown
    assert "تعليل الفكرة الشبيهة بها" in shown


def test_a_moderator_is_shown_no_look_alikes(proposal, twin):
    shown = page(sign_in("sanae", group="moderator"), proposal)
    assert shown.context["look_alikes"] is None
    assert twin.reference not in text(shown).split("desk-reading")[1].split("desk-acts")[0]


def test_the_ticked_ones_are_decided_on_together(member, proposal, twin):
    address = f"{DESK}together/decide/?pk={proposal.pk}&pk={twin.pk}"
    assert "together/decide/" in text(page(member, proposal))
    rows = member.get(address).context["together"].rows
    assert {row.proposal for row in rows} == {proposal, twin}


@pytest.mark.parametrize("opinions", [1])
def test_many_of_all_cost_as_many_queries_as_few(member, plan, step, proposal, opinions):
    def cost(count):
        for seat in seat_members_after(plan, count):
            give(proposal, seat, "accepted")
        for _number in range(count):
            act(member, proposal, "note", text=WHY)
        with CaptureQueriesContext(connection) as caught:
            assert page(member, proposal).status_code == 200
        return len(caught)

    for _number in range(8):
        make_project(plan)
    page(member, proposal)
    assert cost(1) == cost(3)


def seat_members_after(plan, count):
    """So many more seats."""
    first = plan.members.count() + 1
    return [
        plan.members.create(order=order, college="elected", name_ar=f"عضو {order}")
        for order in range(first, first + count)
    ]


# --- Merging is a relation -------------------------------------------------------------------------


def test_the_sheet_of_a_project_leads_to_the_ideas_merged_into_it(plan, step, proposal):
    ActionPlan.objects.update(four_eyes=False)
    project, other = make_project(plan), make_proposal(step, title="فكرة أخرى")
    Proposal.objects.get(pk=proposal.pk).merge_into(project, by=make_actor(), reason=REASON)
    coordinator = sign_in("najat", group="coordinator")
    sheet = text(coordinator.get(f"/ar/admin/consultations/project/{project.pk}/change/"))
    assert f"{DESK}?project__id__exact={project.pk}" in sheet
    listed = text(coordinator.get(f"{DESK}?project__id__exact={project.pk}"))
    assert (proposal.reference in listed, other.reference in listed) == (True, False)
