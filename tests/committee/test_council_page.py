"""The public page of the way to the council: dated stops, and what is not known yet."""

import re

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee.way_to_council import way_of
from consultations.models import Step
from tests.factories import make_actor, make_plan, make_step

from .voting import load_deadlines, make_session, make_sitting, make_version, make_vote, on

pytestmark = pytest.mark.django_db

REASON = "أجلت الدورة بسبب الفيضانات"


@pytest.fixture(autouse=True)
def _after_the_vote():
    load_deadlines()
    with time_machine.travel("2030-10-09 12:00", tick=False):
        yield


def page(plan):
    return Client().get(reverse("council", args=[plan.slug]))


def words(plan):
    """The text of the page, its blanks as a reader sees them."""
    shown = page(plan).content.decode()
    main = shown[shown.index("<main") : shown.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def kinds(plan, *, is_done):
    return [stop.kind for stop in way_of(plan).stops if stop.is_done == is_done]


def objected_vote():
    return make_vote(sent_on=on(10, 7), objected_on=on(10, 8), objection="غياب الاعتمادات")


# --- The stops ------------------------------------------------------------------------------------


def test_an_edition_that_has_not_reached_the_bureau_has_all_its_stops_ahead():
    plan = make_plan()
    assert kinds(plan, is_done=True) == []
    assert kinds(plan, is_done=False) == [
        "presented",
        "endorsed",
        "agenda",
        "session",
        "vote",
        "sent",
        "posted",
        "enforceable",
    ]


def test_the_station_announces_the_session_until_one_is_called():
    plan = make_plan()
    make_step(
        plan,
        accepts="nothing",
        kind=Step.Kind.COUNCIL_ADOPTION,
        starts_on=on(10, 1),
        ends_on=on(10, 31),
        precision="month",
    )
    assert "أكتوبر 2030" in words(plan)


def test_a_version_endorsed_for_the_desk_alone_is_no_endorsement_yet():
    plan = make_plan()
    make_version(plan, published_at=None)
    assert "endorsed" not in kinds(plan, is_done=True)


def test_a_vote_that_was_carried_waits_for_the_governor():
    plan = make_vote().sitting.session.plan
    assert kinds(plan, is_done=True) == ["presented", "endorsed", "session", "vote"]
    assert kinds(plan, is_done=False) == ["agenda", "sent", "posted", "enforceable"]


def test_a_needed_visa_is_a_stop():
    plan = make_vote(sent_on=on(10, 7), visa="pending").sitting.session.plan
    assert "visa" in kinds(plan, is_done=False)


def test_the_page_says_that_nobody_has_decided_whether_a_visa_is_needed():
    plan = make_vote(sent_on=on(10, 7), visa="undecided").sitting.session.plan
    assert "لم يُحدد بعد ما إذا كان المقرر يستلزم التأشير" in words(plan)


def test_after_an_objection_its_deadlines_are_no_next_date():
    plan = objected_vote().sitting.session.plan
    assert way_of(plan).next_row.deadline.done_by == "minutes_sent"


def test_a_vote_that_is_posted_and_past_all_control_is_enforceable():
    plan = make_vote(sent_on=on(10, 3), posted_on=on(10, 4)).sitting.session.plan
    assert way_of(plan).stops[-1].day == on(10, 9)
    assert "enforceable" in kinds(plan, is_done=True)


def test_an_objection_makes_the_council_vote_anew():
    vote = objected_vote()
    plan = vote.sitting.session.plan
    assert [stop.kind for stop in way_of(plan).stops][5:] == [
        "sent",
        "objection",
        "vote",
        "sent",
        "posted",
        "enforceable",
    ]
    make_vote(
        make_sitting(vote.sitting.session, held_on=on(10, 9)), vote.version, redeliberates=vote
    )
    assert [stop.is_done for stop in way_of(plan).stops][7:] == [True, False, False, False]


def test_a_lost_vote_ends_the_way_until_a_later_session_is_called():
    plan = make_vote(votes_for=3, votes_against=20).sitting.session.plan
    assert way_of(plan).stops[-1].kind == "vote"
    make_session(plan, month=on(11, 1), starts_on=on(11, 5))
    assert way_of(plan).stops[-1].kind == "enforceable"


# --- What is said ---------------------------------------------------------------------------------


def test_a_postponed_session_shows_its_old_date_and_the_reason():
    session = make_session()
    session.move(by=make_actor(), reason_ar=REASON, month=on(11, 1), starts_on=on(11, 5))
    shown = page(session.plan).content.decode()
    assert "<del>01 أكتوبر 2030</del>" in shown
    assert REASON in shown


def test_who_moved_the_session_is_not_shown():
    session = make_session()
    session.move(by=make_actor(), reason_ar=REASON, month=on(11, 1), starts_on=on(11, 5))
    assert make_actor().name not in page(session.plan).content.decode()


def test_the_vote_is_shown_with_its_figures_its_rule_and_its_number():
    vote = make_vote(number="12/2030")
    shown = words(vote.sitting.session.plan)
    figures = (vote.votes_for, vote.votes_against, vote.abstentions)
    assert all(f" {figure} " in shown for figure in figures)
    assert vote.get_majority_display() in shown
    assert "12/2030" in shown


def test_the_bar_of_a_vote_has_its_figures_in_words_beside_it():
    plan = make_vote().sitting.session.plan
    shown = page(plan).content.decode()
    legend = shown.partition('class="legend')[2].partition("</ul>")[0]
    assert re.findall(r"<b>(\d+)</b>", legend) == ["20", "4", "3"]


def test_a_stop_to_come_says_the_last_day_of_the_law():
    plan = make_session(starts_on=on(11, 5), month=on(11, 1)).plan
    due = {stop.kind: stop.due for stop in way_of(plan).stops if stop.due}
    assert due == {"endorsed": on(10, 16), "agenda": on(10, 16)}


def test_a_stop_that_is_done_has_no_last_day_any_more():
    vote = make_vote(sent_on=on(10, 7))
    assert [stop.due for stop in way_of(vote.sitting.session.plan).stops if stop.is_done] == [
        None for stop in way_of(vote.sitting.session.plan).stops if stop.is_done
    ]


def test_the_reasons_of_an_objection_are_shown():
    assert "غياب الاعتمادات" in words(objected_vote().sitting.session.plan)


def test_the_next_date_of_the_law_is_said():
    plan = make_session(month=on(11, 1), starts_on=on(11, 5)).plan
    assert "16 أكتوبر 2030" in words(plan)


def test_nothing_says_that_an_adopted_programme_is_enforceable_at_the_vote():
    way = way_of(make_vote(posted_on=on(10, 4)).sitting.session.plan)
    assert way.vote.state == "to_be_sent"
    assert way.stops[-1].day is None


# --- Who may read it, and at what cost ------------------------------------------------------------


def test_an_edition_being_prepared_has_no_page():
    assert page(make_plan(state="preparing")).status_code == 404


def test_reading_sets_no_cookie():
    assert not page(make_vote().sitting.session.plan).cookies


def test_the_page_costs_the_same_with_many_sessions_and_votes():
    plan = make_plan()
    version = make_version(plan)

    def queries(*months):
        for month in months:
            session = make_session(plan, month=on(month, 1), starts_on=on(month, 1))
            session.move(
                by=make_actor(), reason_ar=REASON, month=on(month, 1), starts_on=on(month, 2)
            )
            for day in range(2, 5):
                make_vote(make_sitting(session, held_on=on(month, day)), version)
        page(plan)
        with CaptureQueriesContext(connection) as caught:
            page(plan)
        return len(caught)

    assert queries(2) == queries(*range(3, 8))


def test_the_stations_of_the_bureau_and_the_council_lead_to_it():
    step = make_step(make_plan(), accepts="nothing", kind=Step.Kind.ENDORSEMENT)
    shown = Client().get(reverse("timeline", args=[step.plan.slug])).content.decode()
    stations = shown[shown.index("<main") : shown.index("</main>")]
    assert f'href="{reverse("council", args=[step.plan.slug])}"' in stations


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_page_is_accessible_and_fits_a_small_phone(page_for, language):
    vote = objected_vote()
    session = vote.sitting.session
    session.move(by=make_actor(), reason_ar=REASON, month=on(10, 1), starts_on=on(10, 2))
    make_vote(
        make_sitting(session, held_on=on(10, 9), call=3, quorum=5),
        vote.version,
        redeliberates=vote,
        votes_for=10,
        votes_against=10,
        casting_vote_for=True,
        visa="pending",
    )
    shown = page_for(width=320)
    shown.goto(f"/{language}/{session.plan.slug}/council/")
    assert Axe().run(shown).response["violations"] == []
    assert shown.evaluate("document.documentElement.scrollWidth") == 320


# --- What nobody recorded -------------------------------------------------------------------------


def lapsed_plan():
    plan = make_plan()
    make_step(
        plan,
        kind=Step.Kind.COUNCIL_ADOPTION,
        accepts="nothing",
        starts_on=on(9, 1),
        ends_on=on(9, 30),
        precision="month",
    )
    return plan


def test_after_the_council_s_month_an_outcome_that_nobody_recorded_is_not_known():
    plan = lapsed_plan()
    way = way_of(plan)
    assert way.is_lapsed
    assert not any(stop.is_ahead or stop.is_done for stop in way.stops)


def test_a_date_in_the_past_is_never_to_come():
    shown = words(lapsed_plan())
    assert "لا يتوفر الموقع على نتيجة تصويت المجلس" in shown
    assert "انقضى تاريخها" in shown
    assert "مقبلة" not in shown


def test_a_session_that_is_over_without_a_recorded_vote_says_so():
    session = make_session(month=on(9, 1), starts_on=on(9, 3))
    assert way_of(session.plan).is_lapsed


def test_the_council_is_awaited_until_its_month_is_past():
    with time_machine.travel("2030-09-30 12:00", tick=False):
        assert not way_of(lapsed_plan()).is_lapsed
