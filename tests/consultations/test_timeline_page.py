"""The page of the stations and its calendar file."""

import datetime

import pytest
import time_machine

from openmuni import clock, dates
from tests.factories import make_plan, make_project, make_step

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2030, 5, 6, 12, tzinfo=clock.CASABLANCA)


@pytest.fixture(autouse=True)
def _sixth_of_may():
    with time_machine.travel(NOON):
        yield


def page_of(client, plan) -> str:
    return client.get(f"/ar/{plan.slug}/timeline/").content.decode()


def lines_of(client, plan) -> list[str]:
    """The lines of the calendar file, put together where they were folded."""
    content = client.get(f"/ar/{plan.slug}/timeline.ics").content.decode()
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
    return content.replace("\r\n ", "").split("\r\n")


def test_the_open_station_comes_first_with_its_act(client):
    plan = make_plan()
    make_step(plan, first=-9, last=-5)
    make_step(plan)
    page = page_of(client, plan)
    assert page.index("btn--act") < page.index('<ol class="timeline">')


def test_each_station_may_be_linked_to_and_is_linked_to_from_the_top(client):
    plan = make_plan()
    steps = [make_step(plan, first=day, last=day) for day in (-9, 5)]
    page = page_of(client, plan)
    for step in steps:
        assert f'href="#station-{step.pk}"' in page
        assert f'id="station-{step.pk}"' in page


def test_before_the_next_station_the_page_says_which_it_is(client):
    plan = make_plan()
    make_step(plan, first=-9, last=-5)
    make_step(plan, first=5, last=6)
    page = page_of(client, plan)
    assert "بعد 5 أيام" in page
    assert "btn--act" not in page


def test_a_closed_edition_has_no_card_of_what_is_open(client):
    plan = make_plan(state="closed")
    make_step(plan)
    assert "open-card" not in page_of(client, plan)


@pytest.mark.parametrize("stations", [1, 9])
def test_the_page_asks_the_same_for_any_number_of_stations(
    client, django_assert_num_queries, stations
):
    plan = make_plan()
    make_project(plan)
    for number in range(stations):
        make_step(plan, first=number, last=number)
    with django_assert_num_queries(9):
        page_of(client, plan)


# --- Calendar -------------------------------------------------------------------------------


def test_a_station_without_hours_is_whole_days(client):
    plan = make_plan()
    make_step(plan, first=0, last=7)
    lines = lines_of(client, plan)
    assert "DTSTART;VALUE=DATE:20300506" in lines
    assert "DTEND;VALUE=DATE:20300514" in lines


def test_a_station_with_hours_is_instants_in_utc(client):
    plan = make_plan()
    hours = {"opens_at": datetime.time(9, 0), "closes_at": datetime.time(18, 0)}
    step = make_step(plan, first=0, last=0, **hours)
    lines = lines_of(client, plan)
    assert f"DTSTART:{step.opening.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}" in lines
    named = clock.instant(step.ends_on, hours["closes_at"])
    assert f"DTEND:{named.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}" in lines


def test_a_station_to_the_last_minute_ends_with_the_day(client):
    plan = make_plan()
    hours = {"opens_at": datetime.time(9, 0), "closes_at": datetime.time(23, 59)}
    step = make_step(plan, first=0, last=0, **hours)
    end = f"DTEND:{step.closing.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    assert end in lines_of(client, plan)


def test_the_calendar_and_the_strip_bear_the_day_on_which_it_was_held(client):
    plan = make_plan()
    step = make_step(plan, first=-10, last=-10, accepts="nothing")
    step.held_from = step.starts_on + datetime.timedelta(days=1)
    step.save()
    assert f"DTSTART;VALUE=DATE:{step.held_from:%Y%m%d}" in lines_of(client, plan)
    assert dates.day(step.held_from) in client.get(f"/ar/{plan.slug}/").content.decode()
    shown = page_of(client, plan)
    assert (dates.day(step.held_from) in shown, dates.day(step.starts_on) in shown) == (True, True)


def test_a_station_known_to_the_month_is_left_out(client):
    plan = make_plan()
    make_step(plan, accepts="nothing", precision="month")
    assert "BEGIN:VEVENT" not in lines_of(client, plan)


def test_commas_and_long_titles_keep_their_place(client):
    plan = make_plan()
    title = "لقاء، ثم تشاور, ثم " + "مصادقة " * 20
    make_step(plan, title_ar=title.strip())
    assert f"SUMMARY:{title.strip().replace(',', chr(92) + ',')}" in lines_of(client, plan)


def test_an_event_leads_to_its_station(client):
    plan = make_plan()
    step = make_step(plan)
    assert f"URL:http://testserver/ar/{plan.slug}/timeline/#station-{step.pk}" in lines_of(
        client, plan
    )
