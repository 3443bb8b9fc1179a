"""The home page: what is open, how to take part, what became of the ideas, what comes next."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from consultations.models import Accepts
from openmuni import clock
from proposals.models import ReportedTally, Status
from tests.committee.voting import load_deadlines, make_session, make_sitting, make_vote
from tests.factories import (
    REASON,
    make_actor,
    make_commune,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_version,
)

pytestmark = pytest.mark.django_db

MAIN_ACT = "btn btn--act"


def home(client, plan=None, language="ar") -> str:
    """The text of the home page, or of that of `plan`."""
    address = f"/{language}/{plan.slug}/" if plan else f"/{language}/"
    return client.get(address).content.decode()


def act_of(page) -> str:
    """The address of the one main act of a page."""
    assert page.count(MAIN_ACT) == 1
    return page.partition(MAIN_ACT)[2].partition('href="')[2].partition('"')[0]


def decide(step, **idea):
    """An idea of `step` that was accepted."""
    proposal = make_proposal(step, **idea)
    proposal.accept(by=make_actor(), reason=REASON)
    return proposal


# --- What is open ---------------------------------------------------------------------------


def test_without_an_edition_the_page_says_how_it_will_go(client):
    make_commune()
    assert "لم يُنشر شيء بعد" in home(client)


def test_while_ideas_are_taken_the_act_is_to_put_one_forward(client):
    plan = make_plan()
    make_step(plan, accepts=Accepts.IDEAS)
    assert act_of(home(client)) == f"/ar/{plan.slug}/ideas/new/"


def test_while_remarks_are_taken_the_act_is_to_write_them(client):
    plan = make_plan()
    make_project(plan)
    make_step(plan, accepts=Accepts.REMARKS)
    assert act_of(home(client)) == f"/ar/{plan.slug}/projects/"


def test_without_projects_nobody_is_sent_to_write_remarks_on_them(client):
    make_step(make_plan(), accepts=Accepts.REMARKS)
    page = home(client)
    assert "دوّن ملاحظاتك" not in page
    assert "اقترح مشروعا جديدا" in page


def test_of_two_open_windows_ideas_have_the_main_act(client):
    plan = make_plan()
    make_project(plan)
    make_step(plan, accepts=Accepts.REMARKS, title_ar="نافذة الملاحظات")
    make_step(plan, accepts=Accepts.IDEAS, title_ar="نافذة الأفكار")
    page = home(client)
    assert act_of(page) == f"/ar/{plan.slug}/ideas/new/"
    assert page.count('class="open-card"') == 2


@pytest.mark.parametrize(
    ("hour", "left"), [(10, "بقي 3 أيام"), (22, "بقي 3 أيام")], ids=["morning", "evening"]
)
def test_an_open_window_says_how_many_days_are_left(client, hour, left):
    with time_machine.travel(datetime.datetime(2030, 5, 6, hour, tzinfo=clock.CASABLANCA)):
        make_step(make_plan(), last=3)
        assert left in home(client)


@pytest.mark.parametrize(
    ("hour", "minute", "left"),
    [(12, 30, "بقيت 5 ساعات"), (16, 20, "بقيت ساعة واحدة"), (17, 30, "بقي أقل من ساعة")],
)
def test_the_last_day_says_how_many_hours_are_left(client, hour, minute, left):
    now = datetime.datetime(2030, 5, 6, hour, minute, tzinfo=clock.CASABLANCA)
    with time_machine.travel(now, tick=False):
        make_step(make_plan(), last=0, closes_at=datetime.time(18, 0))
        assert left in home(client)


def test_an_announced_window_says_in_how_many_days_it_opens(client):
    make_step(make_plan(), first=5, last=9)
    page = home(client)
    assert "بعد 5 أيام" in page
    assert MAIN_ACT not in page


def test_between_two_windows_the_page_says_what_is_under_way_and_when_one_may_take_part_again(
    client,
):
    plan = make_plan()
    make_step(plan, kind="committee_review", accepts="nothing", title_ar="دراسة اللجنة")
    make_step(plan, kind="training_workshop", accepts="nothing", first=5, last=5)
    make_step(plan, first=8, last=9, title_ar="التشاور الموسع")
    page = home(client)
    assert "جارية الآن" in page
    assert "موعد المشاركة المقبل: التشاور الموسع" in " ".join(page.split())


def test_an_edition_without_stations_says_so(client):
    make_plan()
    assert "لم تُحدد محطات هذه النسخة بعد" in home(client)


def test_after_the_stations_nobody_is_told_how_to_take_part(client):
    make_step(make_plan(), first=-9, last=-5)
    page = home(client)
    assert 'id="how"' not in page
    assert MAIN_ACT not in page


def test_after_the_vote_the_page_says_what_the_vote_has_come_to(client):
    load_deadlines()
    plan = make_plan()
    make_step(plan, first=-9, last=-5)
    make_vote(make_sitting(make_session(plan)), make_version(plan, kind="endorsed"))
    page = home(client)
    assert "بعد تصويت المجلس" in page
    assert reverse("council", args=[plan.slug]) in page


def test_a_closed_edition_takes_nothing_though_a_window_of_it_runs(client):
    plan = make_plan()
    make_step(plan)
    plan.close(by=make_actor())
    page = home(client, plan)
    assert "نسخة مغلقة" in page
    assert MAIN_ACT not in page


# --- What became of the ideas ---------------------------------------------------------------


def test_the_last_decisions_stand_with_the_first_words_of_their_reason(client):
    step = make_step(make_plan())
    for number in range(4):
        decide(step, title=f"فكرة رقم {number}")
    page = home(client)
    assert [f"فكرة رقم {number}" in page for number in range(4)] == [False, True, True, True]
    assert REASON in page


def test_a_decision_that_was_taken_back_is_not_among_the_last(client):
    proposal = decide(make_step(make_plan()), title="فكرة أعيد فتحها")
    proposal.reopen(by=make_actor(), reason=REASON)
    assert 'class="decided"' not in home(client)


def test_an_idea_that_was_withheld_since_is_not_among_the_last(client):
    proposal = decide(make_step(make_plan()))
    proposal.submission.withhold(by=make_actor(), category="off_topic", reason=REASON)
    assert 'class="decided"' not in home(client)


def test_before_the_first_decision_the_figures_of_the_edition_before_are_shown_and_named(client):
    before = make_plan(slug="2028-2029", title_ar="برنامج النسخة السابقة")
    decide(make_step(before, first=-9, last=-5))
    plan = make_plan()
    make_proposal(make_step(plan))
    page = home(client, plan)
    assert "نُشرت فكرة واحدة في هذه النسخة" in page
    assert reverse("results", args=[before.slug]) in page


def test_reported_figures_count_as_those_of_an_edition(client):
    before = make_plan(slug="2028-2029")
    step = make_step(before, first=-9, last=-5)
    ReportedTally.objects.create(step=step, status=Status.ACCEPTED, count=17)
    plan = make_plan()
    make_step(plan)
    response = client.get(f"/ar/{plan.slug}/")
    assert response.context["decided_in"] == before
    assert response.context["tally"].total == 17


@pytest.mark.parametrize(
    "other",
    [{"slug": "2028-2029-rehearsal", "is_rehearsal": True}, {"slug": "2032-2033"}],
    ids=["a rehearsal", "a later edition"],
)
def test_what_is_no_edition_before_lends_no_figures(client, other):
    decide(make_step(make_plan(**other), first=-9, last=-5))
    plan = make_plan()
    make_step(plan)
    assert client.get(f"/ar/{plan.slug}/").context["decided_in"] == plan


# --- What comes next ------------------------------------------------------------------------


def test_a_phone_shows_the_last_station_those_open_and_the_next(client):
    plan = make_plan()
    steps = [make_step(plan, first=day, last=day + 1) for day in (-9, -6, 0, 4, 8)]
    shown = {step.pk: step.is_near for step in client.get("/ar/").context["steps"]}
    assert [shown[step.pk] for step in steps] == [False, True, True, True, False]


def test_the_sentence_on_what_comes_next_stands_once(client):
    make_step(make_plan())
    page = home(client)
    assert page.count("يمكنك طرح فكرتك") == 1


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_full_home_page_asks_twelve_times_at_most(
    client, language, django_assert_max_num_queries
):
    plan = make_plan()
    step, project = make_step(plan), make_project(plan)
    make_step(plan, first=5, last=6)
    make_plan(slug="2028-2029")
    for _number in range(6):
        make_proposal(step).merge_into(project, by=make_actor(), reason=REASON)
    with django_assert_max_num_queries(12):
        home(client, plan, language)
