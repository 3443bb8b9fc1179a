"""What was begun before a window closed, and sent shortly after."""

import datetime
import re

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from consultations.models import Submission
from openmuni import clock
from proposals.models import Proposal
from tests.factories import make_plan, make_step
from tests.proposals.test_intake_pages import answers

pytestmark = pytest.mark.django_db

FORM = "/ar/2030-2031/ideas/new/"
FIRST_DAY, LAST_DAY = datetime.date(2026, 6, 12), datetime.date(2026, 6, 19)
ZONES = ["UTC", "Africa/Casablanca", "Asia/Tokyo"]


@pytest.fixture(autouse=True)
def step():
    return make_step(make_plan(), starts_on=FIRST_DAY, ends_on=LAST_DAY)


def at(text):
    """The clock stopped when the commune's clocks show `text`."""
    there = datetime.datetime.fromisoformat(text).replace(tzinfo=clock.CASABLANCA)
    return time_machine.travel(there, tick=False)


def opened(client, moment, address=FORM):
    """The form as Souad finds it at that moment: what it says of when it was opened."""
    with at(moment):
        page = client.get(address).content.decode()
    return re.search(r'name="opened" value="([^"]+)"', page)[1]


def sent(client, moment, **changes):
    """The answer to Souad, who presses «send» at that moment."""
    with at(moment):
        return client.post(FORM, answers(**changes))


def is_taken(response):
    return (response.status_code, Submission.objects.count()) == (200, 1)


# --- To the second --------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("moment", "begun_in_time", "direct"),
    [
        ("2026-06-11 23:59:59", False, False),
        ("2026-06-12 00:00:00", True, True),
        ("2026-06-19 23:59:59", True, True),
        ("2026-06-20 00:00:00", True, False),
        ("2026-06-20 00:30:00", True, False),
        ("2026-06-20 00:30:00.999999", True, False),
        ("2026-06-20 00:30:01", False, False),
    ],
)
def test_a_form_is_taken_by_the_clock_of_the_commune_alone(
    client, settings, zone, moment, begun_in_time, direct
):
    settings.TIME_ZONE = zone
    with timezone.override(zone):
        mark = opened(client, "2026-06-15 12:00")
        assert is_taken(sent(client, moment)) is direct
        Proposal.objects.all().delete()
        Submission.objects.all().delete()
        assert is_taken(sent(client, moment, opened=mark)) is begun_in_time


@pytest.mark.parametrize(("minutes", "taken"), [(0, False), (5, False), (10, True), (60, True)])
def test_the_minutes_of_grace_are_the_editions(client, step, minutes, taken):
    step.plan.grace_minutes = minutes
    step.plan.save()
    mark = opened(client, "2026-06-19 23:59:59")
    assert is_taken(sent(client, "2026-06-20 00:10:00", opened=mark)) is taken


def test_a_window_that_closes_at_an_hour_has_its_grace_after_it(client, step):
    step.closes_at = datetime.time(18)
    step.save()
    mark = opened(client, "2026-06-19 18:00:59")
    assert is_taken(sent(client, "2026-06-19 18:31:00", opened=mark))
    assert sent(client, "2026-06-19 18:31:01", opened=mark).status_code == 403


# --- Who is in time -------------------------------------------------------------------------


def test_what_came_in_the_grace_says_so(client):
    mark = opened(client, "2026-06-19 23:50")
    response = sent(client, "2026-06-20 00:10", opened=mark)
    assert "كان الأجل قد انتهى للتو" in response.content.decode()
    assert Submission.objects.get().in_grace


def test_what_came_in_the_window_says_nothing_of_it(client):
    mark = opened(client, "2026-06-19 23:50")
    response = sent(client, "2026-06-19 23:59:59", opened=mark)
    assert "كان الأجل قد انتهى للتو" not in response.content.decode()
    assert not Submission.objects.get().in_grace


def test_a_form_mended_in_the_grace_is_still_taken(client):
    mark = opened(client, "2026-06-19 23:50")
    page = sent(client, "2026-06-20 00:10", opened=mark, title="").content.decode()
    assert "00:30" in page
    again = re.search(r'name="opened" value="([^"]+)"', page)[1]
    assert is_taken(sent(client, "2026-06-20 00:20", opened=again))


def test_a_form_shown_again_in_the_window_says_when_it_was_first_shown(client):
    mark = opened(client, "2026-06-15 12:00")
    page = sent(client, "2026-06-16 12:00", opened=mark, title="").content.decode()
    assert mark in page


def test_a_form_without_a_mark_that_comes_back_in_the_window_is_marked(client):
    page = sent(client, "2026-06-19 23:50", title="").content.decode()
    mark = re.search(r'name="opened" value="([^"]+)"', page)[1]
    assert is_taken(sent(client, "2026-06-20 00:10", opened=mark))


def test_a_refused_security_token_gives_the_form_back_in_the_grace_too(client):
    mark = opened(client, "2026-06-19 23:50")
    response = sent(Client(enforce_csrf_checks=True), "2026-06-20 00:10", opened=mark)
    assert response.status_code == 403
    assert mark in response.content.decode()


def test_the_same_form_sent_in_the_window_and_in_the_grace_is_one_idea(client):
    mark, form = opened(client, "2026-06-19 23:50"), answers()
    codes = set()
    for moment in ("2026-06-19 23:59", "2026-06-20 00:05", "2026-06-20 08:00"):
        with at(moment):
            response = client.post(FORM, form | {"opened": mark})
        codes.add("".join(response.context["code_groups"]))
    assert (len(codes), Submission.objects.count()) == (1, 1)


def forged(step, moment):
    opened_at = datetime.datetime.fromisoformat(moment).replace(tzinfo=clock.CASABLANCA)
    return signing.Signer(key="another key", salt="consultations.opened").sign_object(
        [step.pk, int(opened_at.timestamp())]
    )


@pytest.mark.parametrize("mark", ["", "x", ":::", "\0", "س" * 500, "W10:x"])
def test_a_broken_mark_is_no_mark(client, mark):
    assert sent(client, "2026-06-20 00:10", opened=mark).status_code == 403
    assert is_taken(sent(client, "2026-06-19 12:00", opened=mark))


def test_a_forged_mark_is_no_mark(client, step):
    mark = forged(step, "2026-06-15 12:00")
    assert sent(client, "2026-06-20 00:10", opened=mark).status_code == 403


def test_the_mark_of_another_station_is_no_mark(client, step):
    other = make_step(step.plan, starts_on=FIRST_DAY, ends_on=LAST_DAY, accepts="ideas")
    mark = opened(client, "2026-06-15 12:00")
    step.closes_at = datetime.time(12)
    step.save()
    other.ends_on -= datetime.timedelta(days=2)
    other.save()
    elsewhere = signing.Signer(salt="consultations.opened").sign_object([other.pk, 0])
    assert sent(client, "2026-06-19 12:10", opened=elsewhere).status_code == 403
    assert is_taken(sent(client, "2026-06-19 12:10", opened=mark))


def test_a_closed_page_gives_no_mark(client):
    with at("2026-06-20 00:10"):
        assert 'name="opened"' not in client.get(FORM).content.decode()


def test_a_window_that_is_open_comes_before_the_grace_of_another(client, step):
    mark = opened(client, "2026-06-19 23:50")
    next_days = [LAST_DAY + datetime.timedelta(days=days) for days in (1, 3)]
    following = make_step(step.plan, starts_on=next_days[0], ends_on=next_days[1])
    sent(client, "2026-06-20 00:10", opened=mark)
    submission = Submission.objects.get()
    assert (submission.step, submission.in_grace) == (following, False)


@pytest.mark.parametrize("moment", ["2026-06-15 12:00", "2026-06-20 00:10"])
def test_a_closed_edition_takes_nothing(client, step, moment):
    mark = opened(client, "2026-06-15 11:00")
    step.plan.state = step.plan.State.CLOSED
    step.plan.save()
    assert sent(client, moment, opened=mark).status_code == 403


def test_an_edition_being_prepared_is_not_there(client, step):
    step.plan.state = step.plan.State.PREPARING
    step.plan.save()
    assert sent(client, "2026-06-15 12:00").status_code == 404


def test_too_late_the_text_comes_back_with_where_to_go(client, step):
    make_step(
        step.plan,
        starts_on=LAST_DAY + datetime.timedelta(days=30),
        ends_on=LAST_DAY + datetime.timedelta(days=33),
        title_ar="التشاور الرقمي الموسع",
    )
    mark = opened(client, "2026-06-19 23:50")
    page = sent(client, "2026-06-20 00:30:01", opened=mark).content.decode()
    places = ("نقترح إنارة الحي ليلا", "التشاور الرقمي الموسع", "الاتصال بالجماعة")
    assert [text for text in places if text not in page] == []


# --- The clocks change ----------------------------------------------------------------------


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("last_day", "closing"),
    [
        # The clocks went back an hour for Ramadan on 15 February at three, and forth on 22 March at two.
        ("2026-02-14", "2026-02-14T23:00+00:00"),
        ("2026-02-15", "2026-02-16T00:00+00:00"),
        ("2026-03-21", "2026-03-22T00:00+00:00"),
        ("2026-03-22", "2026-03-22T23:00+00:00"),
    ],
)
def test_a_window_closes_at_the_midnight_of_the_day_in_ramadan_too(
    client, settings, step, zone, last_day, closing
):
    step.starts_on = step.ends_on = datetime.date.fromisoformat(last_day)
    step.save()
    settings.TIME_ZONE = zone
    mark = opened(client, f"{last_day} 12:00")
    end = datetime.datetime.fromisoformat(closing)
    with timezone.override(zone):
        found = []
        for seconds in (-1, 0, 1800, 1801):
            with time_machine.travel(end + datetime.timedelta(seconds=seconds), tick=False):
                sendings = [client.post(FORM, answers(opened=text)) for text in ("", mark)]
            found.append([response.status_code for response in sendings])
    assert found == [[200, 200], [403, 200], [403, 200], [403, 403]]


def test_zone_rules_that_change_after_the_entry_move_the_instant_and_not_the_hour(
    client, step, monkeypatch
):
    before = step.closing
    # The law takes the clocks back by an hour: midnight comes an hour later.
    monkeypatch.setattr(clock, "CASABLANCA", datetime.UTC)
    step.refresh_from_db()
    assert step.closing - before == datetime.timedelta(hours=1)
    assert is_taken(sent(client, "2026-06-19 23:59:59"))
