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
