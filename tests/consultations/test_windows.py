"""When a step is open, by the commune's clock."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from consultations.models import Step
from openmuni import clock
from tests.factories import make_plan, make_step

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 6, 12)


def at(text):
    """The instant at which the commune's clocks show `text`."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=clock.CASABLANCA)


@pytest.fixture
def plan():
    return make_plan()


def step_of(plan, **fields):
    return make_step(
        plan, **{"starts_on": DAY, "ends_on": DAY + datetime.timedelta(days=7)} | fields
    )


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-06-11 23:59:59", False),
        ("2026-06-12 00:00:00", True),
        ("2026-06-15 12:00:00", True),
        ("2026-06-19 23:59:59", True),
        ("2026-06-20 00:00:00", False),
    ],
)
def test_a_window_without_hours_runs_from_midnight_to_midnight(plan, moment, is_open):
    step = step_of(plan)
    assert Step.objects.open(at(moment)).exists() is is_open
    assert (step.opening <= at(moment) < step.closing) is is_open


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-06-12 08:59:59", False),
        ("2026-06-12 09:00:00", True),
        ("2026-06-12 18:00:59", True),
        ("2026-06-12 18:01:00", False),
    ],
)
def test_a_window_of_one_day_keeps_its_hours_and_the_last_minute_counts(plan, moment, is_open):
    step = step_of(plan, ends_on=DAY, opens_at=datetime.time(9), closes_at=datetime.time(18))
    assert Step.objects.open(at(moment)).exists() is is_open
    assert (step.opening <= at(moment) < step.closing) is is_open


def test_a_step_that_accepts_nothing_is_never_open(plan):
    step_of(plan, accepts="nothing")
    assert not Step.objects.open(at("2026-06-15 12:00")).exists()


@pytest.mark.parametrize(
    ("accepts", "ideas", "remarks"),
    [
        ("nothing", False, False),
        ("ideas", True, False),
        ("remarks", False, True),
        ("both", True, True),
    ],
)
def test_a_step_accepts_what_it_says(plan, accepts, ideas, remarks):
    step_of(plan, accepts=accepts)
    noon = at("2026-06-15 12:00")
    found = (
        Step.objects.accepting_ideas(noon).exists(),
        Step.objects.accepting_remarks(noon).exists(),
    )
    assert found == (ideas, remarks)


def test_the_next_window_is_the_nearest_to_come(plan):
    later = step_of(plan, starts_on=DAY + datetime.timedelta(days=5))
    near = step_of(plan, starts_on=DAY + datetime.timedelta(days=1))
    assert list(Step.objects.upcoming(at("2026-06-12 12:00"))) == [near, later]


@pytest.mark.parametrize(
    ("moment", "phase"),
    [("2026-06-11 12:00", "next"), ("2026-06-12 12:00", "now"), ("2026-06-20 00:00", "done")],
)
def test_a_station_is_next_then_now_then_done(plan, moment, phase):
    step = step_of(plan)
    with time_machine.travel(at(moment), tick=False):
        assert step.phase == phase


def test_a_step_does_not_end_before_it_starts(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        step_of(plan, ends_on=DAY - datetime.timedelta(days=1))


def test_a_step_of_one_day_does_not_close_before_it_opens(plan):
    step = step_of(plan, ends_on=DAY, opens_at=datetime.time(18), closes_at=datetime.time(9))
    with pytest.raises(ValidationError) as refusal:
        step.clean()
    assert "closes_at" in refusal.value.message_dict


def test_there_are_no_more_women_than_participants(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        step_of(plan, participants=10, women=11)


def test_a_step_known_to_the_month_accepts_nothing(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        step_of(plan, precision="month")


# --- What cannot be ------------------------------------------------------------------------------


def faults(step):
    with pytest.raises(ValidationError) as refusal:
        step.full_clean()
    return refusal.value.message_dict


def unsaved(plan, **fields):
    """A station that nobody has checked yet."""
    last = DAY + datetime.timedelta(days=7)
    days = {"starts_on": DAY, "ends_on": last, "order": 9, "kind": "citizen_meeting"}
    return Step(plan=plan, **days | {"title_ar": "لقاء", "accepts": "both"} | fields)


@pytest.mark.parametrize(
    ("fields", "beside"),
    [
        ({"ends_on": datetime.date(2026, 6, 11)}, "ends_on"),
        ({"participants": 10, "women": 11}, "women"),
        ({"women": 11}, "participants"),
        ({"participants": 0, "women": 1}, "women"),
        ({"held_until": datetime.date(2026, 6, 12)}, "held_from"),
        (
            {"held_from": datetime.date(2026, 6, 13), "held_until": datetime.date(2026, 6, 12)},
            "held_until",
        ),
        ({"held_from": datetime.date(2026, 7, 1)}, "held_from"),
        ({"announced_on": datetime.date(2026, 6, 13)}, "announced_on"),
        ({"announced_on": datetime.date(2026, 6, 20)}, "announced_on"),
        ({"precision": "month"}, "precision"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(plan, fields, beside):
    with time_machine.travel(at("2026-06-21 12:00"), tick=False):
        assert list(faults(unsaved(plan, **fields))) == [beside]


@time_machine.travel(at("2026-06-21 12:00"), tick=False)
def test_several_faults_are_said_at_once(plan):
    step = unsaved(plan, ends_on=DAY - datetime.timedelta(days=1), participants=1, women=2)
    assert set(faults(step)) == {"ends_on", "women"}


@time_machine.travel(at("2026-06-21 12:00"), tick=False)
def test_all_participants_may_be_women(plan):
    unsaved(plan, participants=10, women=10).full_clean()


@pytest.mark.parametrize("name", ["participants", "women", "associations_count"])
def test_nobody_is_counted_before_the_opening(plan, name):
    step = unsaved(plan, opens_at=datetime.time(9), **{"participants": 10} | {name: 5})
    with time_machine.travel(at("2026-06-12 08:59"), tick=False):
        assert name in faults(step)
    with time_machine.travel(at("2026-06-12 09:00"), tick=False):
        step.full_clean()


def test_who_came_is_counted_where_the_station_was_held_before_its_days(plan):
    held = datetime.date(2026, 6, 1)
    with time_machine.travel(at("2026-06-02 12:00"), tick=False):
        unsaved(plan, participants=10, held_from=held).full_clean()


def test_a_window_may_open_on_the_day_it_is_announced(plan):
    unsaved(plan, announced_on=DAY).full_clean()


# --- Windows that overlap ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepts", "other", "meet"),
    [
        ("ideas", "ideas", True),
        ("ideas", "both", True),
        ("both", "remarks", True),
        ("ideas", "remarks", False),
        ("nothing", "both", False),
        ("both", "nothing", False),
    ],
)
def test_two_windows_for_the_same_thing_do_not_overlap(plan, accepts, other, meet):
    step_of(plan, accepts=other, title_ar="أسبوع التشاور")
    step = unsaved(plan, accepts=accepts, starts_on=DAY + datetime.timedelta(days=7))
    step.ends_on = step.starts_on
    if meet:
        (message,) = faults(step)["starts_on"]
        assert "أسبوع التشاور" in message
    else:
        step.full_clean()


@pytest.mark.parametrize(
    ("opens", "meet"), [(datetime.time(12, 0), True), (datetime.time(12, 1), False)]
)
def test_two_windows_of_one_day_meet_by_the_minute(plan, opens, meet):
    step_of(plan, ends_on=DAY, closes_at=datetime.time(12))
    step = unsaved(plan, ends_on=DAY, opens_at=opens)
    if meet:
        assert list(faults(step)) == ["starts_on"]
    else:
        step.full_clean()


def test_windows_of_two_editions_may_overlap(plan):
    step_of(make_plan(slug="2034-2035"))
    unsaved(plan).full_clean()


def test_a_window_does_not_stand_in_its_own_way(plan):
    step_of(plan).full_clean()


@pytest.mark.parametrize(
    ("fields", "is_other"),
    [
        ({}, False),
        ({"held_from": DAY}, True),
        ({"held_from": DAY, "held_until": DAY + datetime.timedelta(days=7)}, False),
        ({"held_from": DAY + datetime.timedelta(days=1)}, True),
    ],
)
def test_real_days_are_told_where_they_differ(plan, fields, is_other):
    assert unsaved(plan, **fields).was_held_otherwise is is_other
