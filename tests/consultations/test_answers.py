"""The verbs that answer a remark and publish the report of a window."""

import datetime
import threading

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from consultations.answers import outcome_table, windows_for_remarks
from consultations.models import Accepts, IllegalAnswer, Remark, ReportNotReady, Step
from tests.factories import make_actor, make_card, make_plan, make_project, make_step

pytestmark = pytest.mark.django_db

ANSWER = "أخذت اللجنة بهذه الملاحظة وعدلت النص"


@pytest.fixture
def step():
    """A window that is over, its minutes of grace too."""
    return make_step(make_plan(), accepts=Accepts.REMARKS, first=-9, last=-2)


@pytest.fixture
def card(step):
    return make_card(make_project(step.plan), step=step, problem="أولا", solution="ثانيا")


def answer_all(card, outcome="taken"):
    for remark in card.remarks.all():
        remark.give_answer(outcome, ANSWER, by=make_actor())


# --- Answering -------------------------------------------------------------------------------------


def test_an_answer_bears_its_signature(card):
    remark = card.remarks.first()
    remark.give_answer("partly", f" {ANSWER} ", by=make_actor())
    remark.refresh_from_db()
    assert (remark.outcome, remark.answer) == ("partly", ANSWER)
    assert (remark.answered_by_name, remark.answered_by_function) == ("أمينة", "عضوة اللجنة")


@pytest.mark.parametrize(("outcome", "answer"), [("maybe", ANSWER), ("", ANSWER), ("taken", "نعم")])
def test_an_answer_has_a_known_outcome_and_some_words(card, outcome, answer):
    with pytest.raises(ValueError, match="20 characters"):
        card.remarks.first().give_answer(outcome, answer, by=make_actor())


@pytest.mark.parametrize("published", [True, False])
def test_only_the_remarks_of_a_published_card_are_answered(card, published):
    act = card.submission
    if published:
        act.withhold(by=make_actor(), category="insult", reason=ANSWER)
    else:
        card = make_card(card.project, published=False)
    with pytest.raises(IllegalAnswer):
        card.remarks.first().give_answer("taken", ANSWER, by=make_actor())


def test_an_answer_is_corrected_by_who_has_read_it(card):
    answer_all(card)
    card.remarks.first().give_answer("later", ANSWER, by=make_actor())
    assert card.remarks.first().outcome == "later"


def test_who_answers_second_without_having_read_the_first_is_refused(card):
    mine, theirs = card.remarks.first(), card.remarks.first()
    theirs.give_answer("taken", ANSWER, by=make_actor())
    with pytest.raises(IllegalAnswer):
        mine.give_answer("not_taken", ANSWER, by=make_actor("hamid"))
    assert card.remarks.first().outcome == "taken"


def test_nothing_is_answered_in_a_closed_edition(card):
    type(card.plan).objects.update(state="closed")
    with pytest.raises(IllegalAnswer):
        card.remarks.first().give_answer("taken", ANSWER, by=make_actor())


def test_an_answer_is_final_once_the_report_is_published(card, step):
    answer_all(card)
    step.publish_report(by=make_actor())
    with pytest.raises(IllegalAnswer):
        card.remarks.first().give_answer("later", ANSWER, by=make_actor())


def test_a_remark_that_is_shown_after_the_report_is_still_answered(card, step):
    make_card(card.project, step=step)
    late = Remark.objects.last().card
    late.submission.withhold(by=make_actor(), category="insult", reason=ANSWER)
    answer_all(card)
    step.publish_report(by=make_actor())
    late.submission.restore(by=make_actor(), reason=ANSWER)
    answer_all(late)
    assert not Remark.objects.unanswered().exists()


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_answer_at_once_one_wins(card):
    start, refused = threading.Barrier(8), []
    actor, remark = make_actor(), card.remarks.first()

    def press(number):
        mine = Remark.objects.get(pk=remark.pk)
        start.wait()
        try:
            mine.give_answer("taken", f"{ANSWER} {number}", by=actor)
        except IllegalAnswer:
            refused.append(number)
        connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = {*range(8)} - {*refused}
    assert len(winner) == 1
    assert Remark.objects.get(pk=remark.pk).answer == f"{ANSWER} {winner.pop()}"


# --- The report ------------------------------------------------------------------------------------


def test_a_report_is_published_when_each_remark_has_its_answer(card, step):
    answer_all(card)
    step.publish_report(by=make_actor())
    assert Step.objects.get().report_published_at is not None


def test_who_published_a_report_stands_in_the_history_of_the_station(card, step):
    answer_all(card)
    actor = make_actor()
    step.publish_report(by=actor)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (actor.user, str(step.pk))


def test_a_report_waits_for_the_last_answer_and_says_how_many_are_missing(card, step):
    card.remarks.first().give_answer("taken", ANSWER, by=make_actor())
    with pytest.raises(ReportNotReady, match="1"):
        step.publish_report(by=make_actor())
    assert Step.objects.get().report_published_at is None


def test_a_report_waits_for_cards_that_nobody_has_read(card, step):
    answer_all(card)
    make_card(card.project, step=step, published=False)
    with pytest.raises(ReportNotReady) as waiting:
        step.publish_report(by=make_actor())
    assert len(waiting.value.reasons) == 1


def test_a_withheld_card_waits_for_no_answer(card, step):
    withheld = make_card(card.project, step=step)
    withheld.submission.withhold(by=make_actor(), category="insult", reason=ANSWER)
    answer_all(card)
    step.publish_report(by=make_actor())
    assert Step.objects.get().report_published_at is not None


@pytest.mark.parametrize(("minutes", "ready"), [(-1, False), (29, False), (30, False), (31, True)])
def test_a_report_waits_for_the_end_of_the_minutes_of_grace(
    card, step, time_machine, minutes, ready
):
    answer_all(card)
    time_machine.move_to(step.closing + datetime.timedelta(minutes=minutes), tick=False)
    assert bool(step.report_waits_for) != ready


def test_a_report_is_published_once(card, step):
    answer_all(card)
    step.publish_report(by=make_actor())
    with pytest.raises(ReportNotReady):
        step.publish_report(by=make_actor())


def test_a_station_without_remarks_has_no_report(step):
    ideas = make_step(step.plan, accepts=Accepts.IDEAS, first=-20, last=-15)
    with pytest.raises(ReportNotReady):
        ideas.publish_report(by=make_actor())


def test_no_report_is_published_in_a_closed_edition(step):
    type(step.plan).objects.update(state="closed")
    with pytest.raises(ReportNotReady):
        step.publish_report(by=make_actor())


# --- Figures ---------------------------------------------------------------------------------------


def test_the_table_of_outcomes_adds_up(card, step):
    answer_all(card)
    make_card(make_project(step.plan), step=step)
    table = outcome_table(step.plan)
    assert [row.cells for row in table.rows] == [[2, 0, 0, 0, 0], [0, 0, 0, 0, 1]]
    assert (table.totals, table.total) == ([2, 0, 0, 0, 1], 3)


def test_the_column_of_those_without_an_answer_goes_when_there_are_none(card, step):
    answer_all(card)
    assert len(outcome_table(step.plan).columns) == len(Remark.Outcome)


def test_a_window_counts_what_came_what_is_answered_and_what_is_unread(card, step):
    card.remarks.first().give_answer("taken", ANSWER, by=make_actor())
    for _each in range(2):
        make_card(card.project, step=step, published=False, problem="أ", solution="ب")
    make_step(step.plan, accepts=Accepts.IDEAS, first=-20, last=-15)
    window = windows_for_remarks(plan=step.plan).get()
    assert (window.came, window.answered, window.unread) == (2, 1, 2)
