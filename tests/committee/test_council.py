"""The council's session and its vote: what is counted, what is refused, what follows."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from committee.models import CouncilSitting, Deliberation, SessionMove
from consultations.models import Holiday
from tests.factories import make_actor, make_plan

from .voting import (
    OPENS,
    VOTED,
    faults_of,
    load_deadlines,
    make_session,
    make_sitting,
    make_version,
    make_vote,
    on,
    vote_of,
)

pytestmark = pytest.mark.django_db

State, Visa = Deliberation.State, Deliberation.Visa
REASON = "أجلت الدورة بسبب الفيضانات"


@pytest.fixture(autouse=True)
def _after_the_vote():
    with time_machine.travel("2030-12-02 12:00", tick=False):
        yield


# --- The session and its moves --------------------------------------------------------------------


def test_a_postponed_session_keeps_its_old_date_and_the_reason():
    session = make_session()
    session.move(by=make_actor(), reason_ar=REASON, month=on(11, 1), starts_on=on(11, 5))
    move = SessionMove.objects.get()
    assert (move.month, move.starts_on, move.reason_ar) == (OPENS, OPENS, REASON)
    session.refresh_from_db()
    assert (session.month, session.starts_on) == (on(11, 1), on(11, 5))


def test_a_session_that_the_public_knows_is_not_moved_without_a_reason():
    session = make_session()
    with pytest.raises(ValidationError, match="reason_ar"):
        session.move(by=make_actor(), reason_ar=" ", month=on(11, 1))
    session.refresh_from_db()
    assert session.starts_on == OPENS


def test_the_first_day_in_a_known_month_is_no_move():
    session = make_session(starts_on=None)
    session.move(by=make_actor(), reason_ar="", month=OPENS, starts_on=OPENS)
    assert (session.starts_on, session.moves.count()) == (OPENS, 0)


def test_another_month_is_a_move_though_no_day_was_known():
    session = make_session(starts_on=None)
    with pytest.raises(ValidationError):
        session.move(by=make_actor(), reason_ar="", month=on(11, 1))


def test_a_session_of_an_edition_being_prepared_moves_without_a_word():
    session = make_session(make_plan(state="preparing"))
    session.move(by=make_actor(), reason_ar="", month=on(11, 1), starts_on=on(11, 5))
    assert (session.starts_on, session.moves.count()) == (on(11, 5), 0)


def test_a_session_of_a_closed_edition_is_not_moved():
    session = make_session(make_plan(state="closed"))
    with pytest.raises(ValidationError):
        session.move(by=make_actor(), reason_ar=REASON, month=on(11, 1))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_on": on(11, 5)}, "starts_on"),
        ({"agenda_sent_on": on(10, 2)}, "agenda_sent_on"),
        ({"documents_sent_on": on(12, 3), "starts_on": None}, "documents_sent_on"),
    ],
)
def test_a_session_is_refused(fields, field):
    assert set(faults_of(make_session(**fields))) == {field}


# --- Sittings and their quorum --------------------------------------------------------------------


@pytest.mark.parametrize(("members", "needed"), [(39, 20), (40, 21), (1, 1), (None, None)])
def test_the_first_call_needs_more_than_half_of_the_members_in_office(members, needed):
    assert make_sitting(make_session(members_in_office=members)).quorum_needed == needed


@pytest.mark.parametrize(
    ("call", "quorum", "present", "is_quorate"),
    [
        (1, None, 19, False),
        (1, None, 20, True),
        (2, 20, 19, False),
        (2, 20, 20, True),
        (3, 1, 7, True),
        (3, None, 7, None),
        (1, None, None, None),
    ],
)
def test_each_of_the_three_calls_has_its_quorum(call, quorum, present, is_quorate):
    sitting = make_sitting(call=call, quorum=quorum, present=present)
    assert sitting.is_quorate is is_quorate


@pytest.mark.parametrize(
    ("fields", "field", "figures"),
    [
        ({"present": 40}, "present", ("40", "39")),
        ({"call": 2, "quorum": 40, "present": 30}, "quorum", ("40", "39")),
        ({"call": 2}, "quorum", ()),
        ({"held_on": on(9, 30)}, "held_on", ()),
        ({"held_on": on(12, 3)}, "present", ()),
    ],
)
def test_a_sitting_is_refused_beside_the_field(fields, field, figures):
    faults = faults_of(make_sitting(**fields))
    assert set(faults) == {field}
    assert all(figure in faults[field][0] for figure in figures)


def test_a_sitting_may_be_planned():
    assert not faults_of(make_sitting(held_on=on(12, 9), present=None))


def test_the_quorum_of_a_first_call_is_not_entered():
    sitting = CouncilSitting(session=make_session(), held_on=VOTED, quorum=20)
    assert set(faults_of(sitting)) == {"quorum"}
    with pytest.raises(IntegrityError), transaction.atomic():
        sitting.save()


def test_those_present_are_not_made_fewer_than_those_who_voted():
    sitting = make_vote().sitting
    sitting.present = 26
    assert "27" in faults_of(sitting)["present"][0]


# --- The vote -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "majority", "casting", "is_adopted"),
    [
        ((20, 4, 3), "votes_cast", None, True),
        ((2, 1, 24), "votes_cast", None, True),
        ((10, 11, 0), "votes_cast", None, False),
        ((10, 10, 3), "votes_cast", True, True),
        ((10, 10, 3), "votes_cast", False, False),
        ((0, 0, 27), "votes_cast", None, False),
        ((19, 4, 3), "in_office", None, False),
        ((20, 4, 3), "in_office", None, True),
        ((10, 10, 0), "in_office", True, False),
    ],
)
def test_the_majority_asked_for_decides(votes, majority, casting, is_adopted):
    figures = dict(zip(("votes_for", "votes_against", "abstentions"), votes, strict=True))
    vote = vote_of(majority=majority, casting_vote_for=casting, **figures)
    assert (vote.is_adopted, faults_of(vote)) == (is_adopted, {})


@pytest.mark.parametrize(("casting", "is_adopted"), [(True, True), (False, False)])
def test_half_of_the_members_in_office_are_a_majority_with_the_president(casting, is_adopted):
    sitting = make_sitting(make_session(members_in_office=20), present=20)
    vote = vote_of(
        sitting,
        votes_for=10,
        votes_against=10,
        abstentions=0,
        majority="in_office",
        casting_vote_for=casting,
    )
    assert vote.is_adopted is is_adopted


def test_more_votes_than_members_present_are_refused_with_both_figures():
    message = faults_of(vote_of(votes_for=25, votes_against=4, abstentions=2))["votes_for"][0]
    assert ("31" in message, "30" in message) == (True, True)


def test_a_tie_asks_for_the_casting_vote():
    vote = vote_of(votes_for=10, votes_against=10)
    assert set(faults_of(vote)) == {"casting_vote_for"}


def test_there_is_no_casting_vote_without_a_tie():
    vote = vote_of(casting_vote_for=True)
    assert set(faults_of(vote)) == {"casting_vote_for"}
    with pytest.raises(IntegrityError), transaction.atomic():
        vote.save()


@pytest.mark.parametrize(
    "fields",
    [{"present": 19}, {"present": None}, {"held_on": on(12, 9)}],
)
def test_no_vote_without_a_quorum_that_was_reached(fields):
    assert "sitting" in faults_of(vote_of(make_sitting(**fields)))


def test_no_vote_before_the_members_in_office_are_known():
    session = make_session(members_in_office=None)
    assert "sitting" in faults_of(vote_of(make_sitting(session)))


@pytest.mark.parametrize(
    "fields", [{"kind": "draft", "acted_on": None}, {"kind": "consulted"}, {"acted_on": on(10, 4)}]
)
def test_only_what_the_bureau_endorsed_before_is_put_to_the_vote(fields):
    sitting = make_sitting()
    version = make_version(sitting.session.plan, **fields)
    assert set(faults_of(vote_of(sitting, version))) == {"version"}


def test_a_version_of_another_edition_is_not_put_to_the_vote():
    version = make_version(make_plan(slug="2034-2035"))
    assert set(faults_of(vote_of(version=version))) == {"version"}


# --- What follows ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"sent_on": on(10, 2)}, "sent_on"),
        ({"posted_on": on(10, 2)}, "posted_on"),
        ({"minutes_sent_on": on(12, 3)}, "minutes_sent_on"),
        ({"objected_on": on(10, 8), "objection": "أسباب"}, "objected_on"),
        ({"sent_on": on(10, 8), "objected_on": on(10, 9)}, "objection"),
        ({"sent_on": on(10, 8), "objection": "أسباب"}, "objected_on"),
        ({"sent_on": on(10, 8), "visa": "given"}, "visa_on"),
        ({"sent_on": on(10, 8), "visa_on": on(10, 9)}, "visa_on"),
        ({"sent_on": on(10, 8), "visa": "given", "visa_on": on(10, 7)}, "visa_on"),
        ({"visa": "given", "visa_on": on(10, 9)}, "visa_on"),
        ({"sent_on": on(10, 8), "visa": "tacit", "visa_on": on(10, 28)}, "visa_on"),
    ],
)
def test_what_follows_is_refused(fields, field):
    load_deadlines()
    assert set(faults_of(vote_of(**fields))) == {field}


@pytest.mark.parametrize(
    "fields",
    [
        {"objected_on": on(10, 9)},
        {"objection": "أسباب"},
        {"visa": "given"},
        {"visa": "given", "visa_on": on(10, 4)},
        {"majority": "most"},
    ],
)
def test_the_database_holds_what_it_can(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        vote_of(**fields).save()


def test_silence_counts_as_a_visa_once_twenty_days_have_gone_by():
    load_deadlines()
    vote = vote_of(sent_on=on(10, 8), visa="tacit", visa_on=on(10, 29))
    assert not faults_of(vote)


def test_an_objection_comes_within_three_working_days():
    load_deadlines()
    # Sent on a Thursday: Friday, then a holiday on Monday, Tuesday and Wednesday.
    Holiday.objects.create(date=on(10, 14), name_ar="عيد")
    in_time = vote_of(sent_on=on(10, 10), objected_on=on(10, 16), objection="أسباب")
    assert not faults_of(in_time)
    in_time.objected_on = on(10, 17)
    assert set(faults_of(in_time)) == {"objected_on"}


def test_a_new_deliberation_is_on_a_vote_that_was_objected_to():
    vote = make_vote()
    again = vote_of(
        make_sitting(vote.sitting.session, held_on=on(10, 24)), vote.version, redeliberates=vote
    )
    assert set(faults_of(again)) == {"redeliberates"}
    vote.sent_on, vote.objected_on, vote.objection = on(10, 8), on(10, 9), "أسباب"
    vote.save()
    assert not faults_of(again)


def test_a_new_deliberation_does_not_come_before_the_objection():
    vote = make_vote(sent_on=on(10, 8), objected_on=on(10, 9), objection="أسباب")
    again = vote_of(
        make_sitting(vote.sitting.session, held_on=on(10, 8)), vote.version, redeliberates=vote
    )
    assert set(faults_of(again)) == {"redeliberates"}


@pytest.mark.parametrize(
    ("today", "fields", "state", "enforceable_on"),
    [
        ("10-03", {"votes_for": 3, "votes_against": 20}, State.NOT_ADOPTED, None),
        ("10-03", {}, State.TO_BE_SENT, None),
        ("11-29", {"posted_on": on(10, 4)}, State.TO_BE_SENT, None),
        ("10-11", {"sent_on": on(10, 8)}, State.SENT, None),
        ("10-12", {"sent_on": on(10, 8)}, State.TO_BE_POSTED, None),
        ("10-11", {"sent_on": on(10, 8), "posted_on": on(10, 9)}, State.SENT, on(10, 12)),
        ("10-12", {"sent_on": on(10, 8), "posted_on": on(10, 9)}, State.ENFORCEABLE, on(10, 12)),
        ("10-14", {"sent_on": on(10, 8), "posted_on": on(10, 14)}, State.ENFORCEABLE, on(10, 14)),
        (
            "11-20",
            {"sent_on": on(10, 8), "posted_on": on(10, 9), "visa": Visa.PENDING},
            State.VISA_PENDING,
            None,
        ),
        (
            "11-20",
            {"sent_on": on(10, 8), "posted_on": on(10, 9), "visa": Visa.UNDECIDED},
            State.VISA_UNDECIDED,
            None,
        ),
        (
            "11-20",
            {
                "sent_on": on(10, 8),
                "posted_on": on(10, 9),
                "visa": Visa.TACIT,
                "visa_on": on(10, 29),
            },
            State.ENFORCEABLE,
            on(10, 29),
        ),
        (
            "11-20",
            {
                "sent_on": on(10, 8),
                "posted_on": on(10, 9),
                "objected_on": on(10, 9),
                "objection": "أسباب",
            },
            State.OBJECTED,
            None,
        ),
    ],
)
def test_the_state_of_a_vote(today, fields, state, enforceable_on):
    load_deadlines()
    vote = make_vote(**fields)
    with time_machine.travel(f"2030-{today} 12:00"):
        assert (vote.state, vote.enforceable_on) == (state, enforceable_on)


def test_an_objected_vote_is_deliberated_upon_anew():
    load_deadlines()
    vote = make_vote(sent_on=on(10, 8), objected_on=on(10, 9), objection="أسباب")
    make_vote(
        make_sitting(vote.sitting.session, held_on=on(10, 24)), vote.version, redeliberates=vote
    )
    assert Deliberation.objects.get(pk=vote.pk).state == State.REDELIBERATED


def test_whether_a_visa_is_needed_is_undecided_until_somebody_says():
    assert Deliberation().visa == Visa.UNDECIDED


def test_an_objection_is_not_taken_back_once_the_council_deliberated_anew():
    load_deadlines()
    vote = make_vote(sent_on=on(10, 8), objected_on=on(10, 9), objection="أسباب")
    make_vote(
        make_sitting(vote.sitting.session, held_on=on(10, 24)), vote.version, redeliberates=vote
    )
    vote = Deliberation.objects.get(pk=vote.pk)
    vote.objected_on, vote.objection = None, ""
    assert "objected_on" in faults_of(vote)


def test_the_day_of_a_sitting_stays_once_an_adopted_version_bears_its_vote():
    vote = make_vote()
    sitting = vote.sitting
    sitting.held_on = on(10, 4)
    assert faults_of(sitting) == {}
    make_version(sitting.session.plan, kind="adopted", acted_on=VOTED)
    assert set(faults_of(sitting)) == {"held_on"}


def test_nothing_is_enforceable_while_the_law_s_deadlines_are_not_entered():
    vote = make_vote(sent_on=on(10, 8), posted_on=on(10, 9))
    assert (vote.state, vote.enforceable_on) == (State.SENT, None)
