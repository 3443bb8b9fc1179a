"""The law's deadlines around the vote: what is due, done, late, or passes by itself."""

import json

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError

from committee.deadlines import VISA_TO_DECIDE, RowState, checklist
from committee.models import CouncilSession, Deadline
from consultations.models import Holiday
from openmuni import clock
from tests.factories import make_plan

from .voting import load_deadlines, make_session, make_sitting, make_version, make_vote, on

pytestmark = pytest.mark.django_db

Event = Deadline.Event


@pytest.fixture(autouse=True)
def _deadlines():
    load_deadlines()


def rows(session, today):
    """The rows of a session as they stand on a day, by what is due."""
    with time_machine.travel(f"2030-{today} 12:00", tick=False):
        fresh = CouncilSession.objects.get(pk=session.pk)
        return {row.deadline.done_by: row for row in checklist(fresh).rows}


def test_the_dates_of_the_law_are_counted_from_the_session_and_the_vote():
    vote = make_vote(sent_on=on(10, 8), visa="pending")
    due = {event: row.due for event, row in rows(vote.sitting.session, "10-09").items()}
    assert due == {
        "endorsed": on(9, 11),
        "agenda_sent": on(9, 11),
        "documents_sent": on(9, 21),
        "posted": on(10, 11),
        "minutes_sent": on(10, 18),
        "sent": on(10, 24),
        "objection_over": on(10, 11),
        "visa": on(10, 28),
    }


def test_a_holiday_puts_off_what_is_counted_in_working_days():
    Holiday.objects.create(date=on(10, 9), name_ar="عيد")
    vote = make_vote(sent_on=on(10, 8))
    found = rows(vote.sitting.session, "10-09")
    assert (found["sent"].due, found["objection_over"].due) == (on(10, 25), on(10, 14))


def test_no_date_is_known_while_the_session_has_a_month_only():
    found = rows(make_session(starts_on=None), "09-01")
    assert {row.state for row in found.values()} == {RowState.UNKNOWN}


@pytest.mark.parametrize(
    ("fields", "today", "state"),
    [
        ({}, "09-11", RowState.DUE),
        ({}, "09-12", RowState.LATE),
        ({"agenda_sent_on": on(9, 11)}, "09-12", RowState.DONE),
        ({"agenda_sent_on": on(9, 12)}, "09-12", RowState.DONE_LATE),
        ({"agenda_sent_on": on(9, 1), "starts_on": None}, "09-12", RowState.DONE),
    ],
)
def test_the_agenda_is_done_or_late(fields, today, state):
    assert rows(make_session(**fields), today)["agenda_sent"].state == state


def test_the_endorsement_is_the_day_of_the_newest_endorsed_version():
    session = make_session()
    make_version(session.plan, acted_on=on(9, 5))
    make_version(session.plan, acted_on=on(9, 12))
    make_version(session.plan, kind="draft", acted_on=None)
    endorsed = rows(session, "09-13")["endorsed"]
    assert (endorsed.done, endorsed.state) == (on(9, 12), RowState.DONE_LATE)


@pytest.mark.parametrize(("today", "state"), [("10-11", RowState.PASSES), ("10-12", RowState.DONE)])
def test_the_time_to_object_passes_by_itself(today, state):
    session = make_vote(sent_on=on(10, 8)).sitting.session
    assert rows(session, today)["objection_over"].state == state


def test_a_visa_that_is_not_needed_has_no_deadline():
    assert "visa" not in rows(make_vote(sent_on=on(10, 8)).sitting.session, "10-09")


@pytest.mark.parametrize(("today", "is_told"), [("10-28", False), ("10-29", True)])
def test_when_silence_counts_as_a_visa_the_coordinator_is_told_to_write_it_down(today, is_told):
    visa = rows(make_vote(sent_on=on(10, 8), visa="pending").sitting.session, today)["visa"]
    assert (visa.state, bool(visa.note)) == (RowState.PASSES, is_told)


def test_until_it_is_decided_whether_a_visa_is_needed_its_delay_has_no_last_day():
    visa = rows(make_vote(sent_on=on(10, 8), visa="undecided").sitting.session, "10-29")["visa"]
    assert (visa.state, visa.due, visa.note) == (RowState.UNKNOWN, None, VISA_TO_DECIDE)


def test_an_objection_ends_the_posting_the_visa_and_the_time_to_object():
    objected = {"sent_on": on(10, 8), "objected_on": on(10, 9), "objection": "أسباب"}
    session = make_vote(visa="pending", **objected).sitting.session
    assert not {"posted", "visa", "objection_over"} & rows(session, "11-29").keys()


def test_a_vote_that_was_lost_waits_for_no_objection():
    session = make_vote(votes_for=3, votes_against=20).sitting.session
    assert "objection_over" not in rows(session, "10-09")


def test_each_vote_has_its_own_deadlines():
    first = make_vote(posted_on=on(10, 4))
    session = first.sitting.session
    make_vote(make_sitting(session, held_on=on(10, 24)), first.version)
    with time_machine.travel("2030-11-29 12:00"):
        posted = [row for row in checklist(session).rows if row.deadline.done_by == "posted"]
    assert [(row.due, row.state) for row in posted] == [
        (on(10, 11), RowState.DONE),
        (on(11, 1), RowState.LATE),
    ]


def test_what_is_late_and_what_comes_next_are_told_apart():
    session = make_session()
    with time_machine.travel("2030-09-12 12:00", tick=False):
        found = checklist(session)
        assert [row.deadline.done_by for row in found.late] == ["endorsed", "agenda_sent"]
        assert (found.next_row.deadline.done_by, found.next_row.days_left) == ("documents_sent", 9)


def test_the_year_without_a_single_holiday_is_named():
    session = make_vote().sitting.session
    assert checklist(session).years_without_holidays == [2030]
    Holiday.objects.create(date=on(8, 14), name_ar="عيد")
    assert checklist(session).years_without_holidays == []


def test_the_queries_are_the_same_for_many_votes(django_assert_num_queries):
    session = make_session()
    for day in range(3, 9):
        make_vote(make_sitting(session, held_on=on(10, day)))
        fresh = CouncilSession.objects.get()
        with django_assert_num_queries(6):
            list(checklist(fresh).rows)


def test_the_deadlines_are_loaded_again_without_a_second_copy():
    load_deadlines()
    assert Deadline.objects.count() == 8


def test_each_deadline_names_what_is_due_its_source_and_both_titles():
    fixture = json.loads((settings.BASE_DIR / "fixtures/morocco.json").read_text("utf-8"))
    texts = ("title_ar", "title_fr", "source_ar", "source_fr")
    assert all(one["fields"][text] for one in fixture for text in texts)
    assert not [one for one in fixture if "pk" in one]


def test_a_deadline_does_not_count_from_itself():
    deadline = Deadline.objects.first()
    deadline.counts_from = deadline.done_by
    with pytest.raises(ValidationError):
        deadline.full_clean()


def test_the_checklist_of_an_edition_without_deadlines_is_empty():
    Deadline.objects.all().delete()
    session = make_session(make_plan(), month=clock.today())
    assert checklist(session).rows == []
