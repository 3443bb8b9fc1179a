"""The list of ideas, an idea's page, results and projects."""

import pytest
from django.utils.html import escape

from proposals.models import ReportedTally
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


def titles(response):
    return {proposal.title for proposal in response.context["page"]}


def test_only_published_ideas_are_listed(client, plan, step):
    make_proposal(step, title="منشورة")
    make_proposal(step, title="في الانتظار", published=False)
    assert titles(client.get(f"/ar/{plan.slug}/ideas/")) == {"منشورة"}


def test_an_edition_lists_its_own_ideas_only(client, plan, step):
    make_proposal(step, title="هنا")
    make_proposal(make_step(make_plan(slug="2032-2033")), title="هناك")
    assert titles(client.get(f"/ar/{plan.slug}/ideas/")) == {"هنا"}


def test_the_filters_narrow_the_list(client, plan, step):
    axis = make_axis(plan)
    make_proposal(step, title="مقبولة", axis=axis).accept(by=make_actor(), reason=REASON)
    make_proposal(step, title="ورقية", channel="paper")
    address = f"/ar/{plan.slug}/ideas/"
    assert titles(client.get(address, {"status": "accepted"})) == {"مقبولة"}
    assert titles(client.get(address, {"axis": axis.pk})) == {"مقبولة"}
    assert titles(client.get(address, {"channel": "paper"})) == {"ورقية"}


@pytest.mark.parametrize("words", ["انارة", "إنَارَةٌ", "الشارع انارة", "إنــارة"])
def test_the_search_is_deaf_to_spelling(client, plan, step, words):
    make_proposal(step, title="إنارة الشارع")
    make_proposal(step, title="حديقة الحي", body="حديقة")
    assert titles(client.get(f"/ar/{plan.slug}/ideas/", {"q": words})) == {"إنارة الشارع"}


def test_a_reference_finds_its_idea(client, plan, step):
    proposal = make_proposal(step, title="إنارة")
    make_proposal(step, title="حديقة", body="حديقة")
    assert titles(client.get(f"/ar/{plan.slug}/ideas/", {"q": proposal.reference.lower()})) == {
        "إنارة"
    }


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%ED%A0%80", "status=x", "axis=abc", "axis=99999999999999999999", "channel=%00",
        "page=0", "page=-1", "page=abc", "page=99999999999999999999", "q=" + "a" * 5000, "q=%25_%27%22",
    ],
)  # fmt: skip
def test_a_senseless_query_is_answered_calmly(client, plan, step, query):
    make_proposal(step)
    assert client.get(f"/ar/{plan.slug}/ideas/?{query}").status_code == 200


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}"]
)
def test_markup_in_an_idea_is_shown_as_text(client, plan, step, text):
    proposal = make_proposal(step, title=text, body=text, neighbourhood=text)
    for address in (
        f"/ar/{plan.slug}/ideas/",
        f"/ar/ideas/{proposal.reference}/",
        f"/fr/{plan.slug}/",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert escape(text) in page


def test_an_idea_page_tells_its_whole_trail(client, plan, step):
    proposal = make_proposal(step)
    proposal.accept(by=make_actor(), reason=REASON)
    proposal.merge_into(make_project(plan), by=make_actor(), reason=REASON, kept_part="الإنارة")
    response = client.get(f"/ar/ideas/{proposal.reference}/")
    assert [event.kind for event in response.context["trail"]] == [
        "received",
        "published",
        "decided",
        "decided",
    ]
    assert "مشروع الاختبار 1" in response.content.decode()


@pytest.mark.parametrize("reference", ["TST-2030-9999", "x", "-"])
def test_an_unknown_reference_is_not_found(client, reference):
    assert client.get(f"/ar/ideas/{reference}/").status_code == 404


def test_an_idea_that_was_never_public_is_not_found(client, step):
    pending = make_proposal(step, published=False)
    assert client.get(f"/ar/ideas/{pending.reference}/").status_code == 404
    pending.submission.withhold(by=make_actor(), category="insult", reason="x")
    assert client.get(f"/ar/ideas/{pending.reference}/").status_code == 404


def test_an_idea_that_was_public_and_is_withheld_is_gone(client, plan, step):
    proposal = make_proposal(step, title="كانت منشورة")
    proposal.submission.withhold(by=make_actor(), category="personal_data", reason="x")
    response = client.get(f"/ar/ideas/{proposal.reference}/")
    assert response.status_code == 410
    assert "كانت منشورة" not in response.content.decode()
    assert titles(client.get(f"/ar/{plan.slug}/ideas/")) == set()


def test_an_idea_that_was_public_only_after_a_restoration_is_gone_as_well(client, step):
    by = make_actor()
    submission = make_proposal(step, published=False).submission
    submission.withhold(by=by, category="insult", reason=REASON)
    submission.restore(by=by, reason=REASON)
    submission.withhold(by=by, category="insult", reason=REASON)
    assert client.get(f"/ar/ideas/{submission.reference}/").status_code == 410


def test_the_results_count_live_ideas_by_channel(client, plan, step):
    make_proposal(step, channel="workshop").accept(by=make_actor(), reason=REASON)
    make_proposal(step)
    table = client.get(f"/ar/{plan.slug}/results/").context["table"]
    assert (table.total, table.totals, table.reported) == (2, [1, 1], False)


def test_the_results_show_reported_figures_while_there_is_no_live_idea(client, plan, step):
    ReportedTally.objects.create(step=step, status="accepted", count=5)
    ReportedTally.objects.create(step=step, status="rejected", count=1)
    table = client.get(f"/ar/{plan.slug}/results/").context["table"]
    assert (table.total, table.reported) == (6, True)


def test_reported_figures_are_never_added_to_live_ones(client, plan, step):
    ReportedTally.objects.create(step=step, status="accepted", count=5)
    make_proposal(step)
    assert client.get(f"/ar/{plan.slug}/results/").context["table"].total == 1


def test_an_empty_heading_of_a_project_is_said_to_be_empty(client, plan):
    project = make_project(plan)
    plan.headings.create(order=1, key="problem", name_ar="الإشكالية", name_fr="La problématique")
    page = client.get(f"/ar/projects/{project.pk}/").content.decode()
    assert "لم يحدد بعد" in page


def test_a_project_lists_the_ideas_merged_into_it(client, plan, step):
    project = make_project(plan)
    proposal = make_proposal(step, title="إنارة الشارع")
    proposal.merge_into(project, by=make_actor(), reason=REASON)
    assert list(client.get(f"/ar/projects/{project.pk}/").context["merged"]) == [proposal]


def test_a_project_says_what_it_keeps_of_each_idea_now(client, plan, step):
    project, proposal = make_project(plan), make_proposal(step)
    who_why = {"by": make_actor(), "reason": REASON}
    proposal.merge_into(project, kept_part="الأعمدة القديمة", **who_why)
    proposal.reopen(**who_why)
    proposal.merge_into(project, kept_part="الإنارة وحدها", **who_why)
    page = client.get(f"/ar/projects/{project.pk}/").content.decode()
    assert ("الإنارة وحدها" in page, "الأعمدة القديمة" in page) == (True, False)


def test_a_reopened_idea_leaves_the_project_and_keeps_its_page_and_its_trail(client, plan, step):
    project, proposal = make_project(plan), make_proposal(step)
    proposal.merge_into(project, by=make_actor(), reason=REASON, kept_part="الإنارة وحدها")
    proposal.reopen(by=make_actor(), reason=REASON)
    assert not client.get(f"/ar/projects/{project.pk}/").context["merged"]
    page = client.get(f"/ar/ideas/{proposal.reference}/").content.decode()
    assert all(words in page for words in ("الإنارة وحدها", project.title_ar))


def test_a_project_leaves_the_texts_of_its_ideas_where_they_are(client, plan, step):
    project = make_project(plan)
    make_proposal(step).merge_into(project, by=make_actor(), reason=REASON)
    merged = client.get(f"/ar/projects/{project.pk}/").context["merged"]
    assert merged[0].get_deferred_fields() == {"body", "folded"}


def test_an_edition_without_ideas_has_nothing_to_search(client, plan, step):
    page = client.get(f"/ar/{plan.slug}/ideas/", {"q": "x"}).content.decode()
    assert 'name="q"' not in page


def test_a_search_without_an_answer_can_be_changed(client, plan, step):
    make_proposal(step)
    assert 'name="q"' in client.get(f"/ar/{plan.slug}/ideas/", {"q": "xyz"}).content.decode()


@pytest.mark.parametrize(("first", "offered"), [(-3, True), (2, False)])
def test_the_list_offers_the_form_while_ideas_are_received(client, plan, first, offered):
    make_step(plan, first=first)
    page = client.get(f"/ar/{plan.slug}/ideas/").content.decode()
    assert (f"/ar/{plan.slug}/ideas/new/" in page) == offered


def test_a_heading_written_in_the_other_language_is_shown_in_it(client, plan):
    project = make_project(plan, problem_ar="نقص الإنارة", solution_ar="حل", solution_fr="Solution")
    plan.headings.create(order=1, key="problem", name_ar="الإشكالية", name_fr="La problématique")
    plan.headings.create(order=2, key="solution", name_ar="الحلول", name_fr="Les solutions")
    page = client.get(f"/fr/projects/{project.pk}/").content.decode()
    assert '<div class="prose" lang="ar" dir="rtl"><p>نقص الإنارة' in page
    assert '<div class="prose" lang="fr" dir="ltr"><p>Solution' in page
    both = page.partition('id="problem"')[2].partition('id="funding_source"')[0]
    assert "not-yet" not in both


def test_the_list_narrows_to_the_ideas_of_one_station(client):
    workshop = make_step(make_plan())
    said, sent = make_proposal(workshop), make_proposal(make_step(workshop.plan), title="حديقة")
    shown = client.get(f"/ar/{workshop.plan.slug}/ideas/", {"step": workshop.pk}).content.decode()
    assert (said.reference in shown, sent.reference in shown) == (True, False)


@pytest.mark.parametrize("name", ["q", "status", "axis", "channel", "step"])
def test_the_list_offers_each_of_its_filters(client, name):
    plan = make_proposal(make_step(make_plan())).plan
    assert f'name="{name}"' in client.get(f"/ar/{plan.slug}/ideas/").content.decode()


# --- The reference of a remarks card --------------------------------------------------------------


@pytest.mark.parametrize("published", [True, False])
def test_the_reference_of_a_remarks_card_leads_to_its_remarks_once_they_are_published(
    client, published
):
    card = make_card(make_project(make_plan()), problem="ملاحظة المواطن", published=published)
    answer = client.get(f"/fr/ideas/{card.submission.reference}/")
    assert answer.status_code == (302 if published else 404)


def test_the_statuses_are_explained_beside_an_idea(client, step):
    proposal = make_proposal(step)
    page = client.get(f"/fr/ideas/{proposal.reference}/").content.decode()
    assert "Que signifient les statuts" in page
