"""Moving a station: the old date and the public reason stay."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from consultations.models import Step
from openmuni import clock
from tests.factories import make_actor, make_plan, make_step

pytestmark = pytest.mark.django_db

REASON = "تزامن الموعد مع عطلة رسمية"
DAY = datetime.date(2026, 6, 12)
EVE = datetime.datetime(2026, 6, 1, 9, 0, tzinfo=clock.CASABLANCA)


@pytest.fixture(autouse=True)
def _eve():
    with time_machine.travel(EVE, tick=False):
        yield


@pytest.fixture
def step():
    return make_step(
        make_plan(),
        starts_on=DAY,
        ends_on=DAY + datetime.timedelta(days=7),
        announced_on=datetime.date(2026, 5, 20),
    )


def later(days):
    return DAY + datetime.timedelta(days=days)


def test_a_move_keeps_what_stood_before_and_the_reason(step):
    move = step.move(by=make_actor(), reason_ar=REASON, ends_on=later(10))
    assert (move.starts_on, move.ends_on, move.reason_ar) == (DAY, later(7), REASON)
    assert Step.objects.get().ends_on == later(10)


def test_a_move_keeps_the_hours_that_stood(step):
    Step.objects.update(closes_at=datetime.time(18))
    move = step.move(by=make_actor(), reason_ar=REASON, closes_at=datetime.time(20))
    assert move.closes_at == datetime.time(18)


def test_a_move_says_who_and_when(step):
    move = step.move(by=make_actor(), reason_ar=REASON, ends_on=later(10))
    assert (move.by.username, move.by_name, move.at) == ("amina", "أمينة", EVE)


def test_each_move_keeps_the_dates_of_its_own_moment(step):
    for days in (10, 12):
        step.move(by=make_actor(), reason_ar=REASON, ends_on=later(days))
    assert [move.ends_on for move in step.moves.all()] == [later(7), later(10)]


@pytest.mark.parametrize("reason", ["", "   ", "\u200b\u202e"])
def test_a_move_has_a_reason(step, reason):
    with pytest.raises(ValidationError) as refusal:
        step.move(by=make_actor(), reason_ar=reason, ends_on=later(10))
    assert "reason_ar" in refusal.value.message_dict


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"ends_on": later(-1)}, "ends_on"),
        ({"starts_on": later(8)}, "ends_on"),
        ({"precision": "month"}, "precision"),
        ({"starts_on": DAY}, "starts_on"),
    ],
)
def test_a_move_to_days_that_cannot_be_is_refused_whole(step, dates, field):
    with pytest.raises(ValidationError) as refusal:
        step.move(by=make_actor(), reason_ar=REASON, **dates)
    assert list(refusal.value.message_dict) == [field]
    assert (Step.objects.get().ends_on, step.moves.count()) == (later(7), 0)


def test_a_window_is_kept_to_the_minute(step):
    step.move(by=make_actor(), reason_ar=REASON, closes_at=datetime.time(23, 59, 59))
    assert Step.objects.get().closes_at == datetime.time(23, 59)


def test_a_window_whose_report_is_published_opens_no_more(step):
    after = datetime.datetime(2026, 6, 25, 9, 0, tzinfo=clock.CASABLANCA)
    with time_machine.travel(after, tick=False):
        step.publish_report(by=make_actor())
        with pytest.raises(ValidationError) as refusal:
            step.move(by=make_actor(), reason_ar=REASON, ends_on=later(20))
    assert "ends_on" in refusal.value.message_dict


def test_a_move_takes_dates_alone(step):
    with pytest.raises(ValueError, match="accepts"):
        step.move(by=make_actor(), reason_ar=REASON, accepts="nothing")


def test_a_station_of_a_closed_edition_is_not_moved(step):
    step.plan.state = "closed"
    step.plan.save()
    with pytest.raises(ValidationError):
        step.move(by=make_actor(), reason_ar=REASON, ends_on=later(10))
    assert not step.moves.exists()


def test_an_extended_window_is_open_by_the_clock_alone(step):
    step.move(by=make_actor(), reason_ar=REASON, ends_on=later(10))
    assert Step.objects.open(clock.instant(later(10), datetime.time(23, 59))).exists()


def test_a_new_opening_is_announced_by_its_move(step):
    step.move(by=make_actor(), reason_ar=REASON, starts_on=later(1))
    assert Step.objects.get().announced_on == EVE.date()


def test_an_extension_leaves_the_announcement(step):
    step.move(by=make_actor(), reason_ar=REASON, ends_on=later(10))
    assert Step.objects.get().announced_on == datetime.date(2026, 5, 20)


def test_a_correction_of_the_past_announces_nothing(step):
    step.announced_on = None
    step.save()
    step.move(by=make_actor(), reason_ar=REASON, starts_on=datetime.date(2026, 5, 25))
    assert Step.objects.get().announced_on is None


# --- Notice --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("announced", "is_short"),
    [("2026-05-29", False), ("2026-05-30", True), ("2026-06-12", True), (None, True)],
)
def test_notice_is_short_under_the_days_of_the_edition(step, announced, is_short):
    step.announced_on = announced and datetime.date.fromisoformat(announced)
    assert step.notice_is_short is is_short


def test_a_station_that_accepts_nothing_owes_no_notice(step):
    step.accepts, step.announced_on = "nothing", None
    assert not step.notice_is_short
