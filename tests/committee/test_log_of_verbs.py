"""Whatever staff do by a verb leaves one act in the log, in the transaction that does it."""

import ast
import datetime

import pytest
from django.db import transaction

from committee.accounts.invitations import end_seat, invite
from committee.editions import start_from
from committee.forms import ACTS
from committee.models import DraftDecision
from consultations.acts import Act
from openmuni import clock
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_plan,
    make_project,
    make_step,
    make_version,
)
from tests.house.sources import hand_written_code, name, tree

from .acting import act, give_seat, sign_in
from .convening import convene
from .telling import accepted, acts_since, idea, newest
from .voting import make_session

pytestmark = pytest.mark.django_db


# --- Verbs -----------------------------------------------------------------------------------------


def withheld():
    submission = idea().submission
    submission.withhold(by=make_actor(), category="insult", reason=REASON)
    return submission


def item():
    proposal = idea()
    return convene(proposal.plan).agenda.create(order=1, proposal=proposal)


def record(own, by):
    own.record(lambda by, at: own.proposal.accept(by=by, reason=REASON, at=at), by)


def draft():
    return DraftDecision.objects.prepare(idea(), "accepted", by=make_actor(), reason=REASON)


def move_session(own, by):
    later = datetime.date(2031, 2, 4)
    own.move(by=by, reason_ar="تأجيل", month=later, starts_on=later)


def move_step(own, by):
    own.move(by=by, reason_ar="عطلة", ends_on=own.ends_on + datetime.timedelta(days=3))


def start(own, by):
    start_from(own, [], by=by, slug="2040-2041", start_year=2040, end_year=2041)


def adopted():
    return make_version(make_plan(), kind="adopted", acted_on=clock.today())


def remark():
    return make_card(make_project(make_plan())).remarks.get()


def seat():
    return give_seat("malika", make_plan())


# (what makes the thing, the verb on it, the acts it leaves)
VERBS = {
    "publish": (
        lambda: idea(published=False).submission,
        lambda own, by: own.publish(by=by),
        [Act.MODERATE],
    ),
    "withhold": (
        lambda: idea().submission,
        lambda own, by: own.withhold(by=by, category="insult", reason=REASON),
        [Act.MODERATE],
    ),
    "restore": (withheld, lambda own, by: own.restore(by=by, reason=REASON), [Act.MODERATE]),
    "erase": (
        lambda: idea().submission,
        lambda own, by: own.erase_author(by=by),
        [Act.ERASE_AUTHOR],
    ),
    "accept": (idea, lambda own, by: own.accept(by=by, reason=REASON), [Act.DECIDE]),
    "reject": (idea, lambda own, by: own.reject(by=by, reason=REASON), [Act.DECIDE]),
    "reopen": (accepted, lambda own, by: own.reopen(by=by, reason=REASON), [Act.DECIDE]),
    "merge": (
        idea,
        lambda own, by: own.merge_into(make_project(own.plan), by=by, reason=REASON),
        [Act.DECIDE],
    ),
    "prepare": (
        idea,
        lambda own, by: DraftDecision.objects.prepare(own, "accepted", by=by, reason=REASON),
        [Act.PREPARE],
    ),
    "confirm": (draft, lambda own, by: own.confirm(by), [Act.DECIDE]),
    "send back": (draft, lambda own, by: own.send_back(REASON, by=by), [Act.SEND_BACK]),
    "record at a meeting": (item, record, [Act.DECIDE, Act.RECORD]),
    "fill an agenda": (
        lambda: convene(idea().plan),
        lambda own, by: own.put_on_agenda(by=by),
        [Act.FILL_AGENDA],
    ),
    "answer": (
        remark,
        lambda own, by: own.give_answer("taken", REASON, by=by),
        [Act.ANSWER],
    ),
    "report": (
        lambda: make_step(make_plan(), first=-9, last=-5),
        lambda own, by: own.publish_report(by=by),
        [Act.REPORT],
    ),
    "move a station": (lambda: make_step(make_plan()), move_step, [Act.MOVE_STEP]),
    "move a session": (make_session, move_session, [Act.MOVE_SESSION]),
    "correct": (
        adopted,
        lambda own, by: own.correct(by=by, place_ar="المشروع 1", text_ar="يقرأ 12 بدل 21"),
        [Act.CORRECT],
    ),
    "close": (make_plan, lambda own, by: own.close(by=by), [Act.CLOSE_EDITION]),
    "open": (
        lambda: make_plan(state="preparing"),
        lambda own, by: own.open(by=by),
        [Act.OPEN_EDITION],
    ),
    "start an edition": (make_plan, start, [Act.START_EDITION]),
    "invite": (seat, lambda own, by: invite(own, by=by), [Act.INVITE]),
    "end a seat": (seat, lambda own, by: end_seat(own, clock.today(), by=by), [Act.END_SEAT]),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_leaves_its_acts(verb):
    make, do, expected = VERBS[verb]
    thing, before = make(), newest()
    do(thing, make_actor("salma"))
    assert acts_since(before) == expected


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_was_rolled_back_leaves_none(verb):
    make, do, _expected = VERBS[verb]
    thing, before = make(), newest()
    with transaction.atomic():
        do(thing, make_actor("salma"))
        transaction.set_rollback(True)
    assert acts_since(before) == []


def hands_on(function):
    """Whether a function gives its `by` to the log, or to another verb."""
    for call in ast.walk(function):
        if isinstance(call, ast.Call):
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            if any(isinstance(one, ast.Name) and one.id == "by" for one in given):
                return True
    return False


def test_every_verb_of_the_code_tells_the_log_or_another_verb_who_acts():
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in hand_written_code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        and "by" in {one.arg for one in [*node.args.args, *node.args.kwonlyargs]}
        and node.name != "_write"  # the log's own
        and not hands_on(node)
    ]
    assert not silent


# --- The desk --------------------------------------------------------------------------------------

SENT = {
    "publish": {},
    "withhold": {"category": "insult", "reason": REASON},
    "restore": {"reason": REASON},
    "opinion": {"view": "rejected", "comment": "لا أظن"},
    "decide": {"decision": "accepted", "reason": REASON, "version": 0},
    "axis": {"axis": ""},
    "erase": {"sure": "on"},
    "note": {"text": "ينتظر جواب المصلحة"},
    "send_back": {"words": REASON, "text": REASON},
    "confirm": {},
}


def test_every_act_of_the_desk_is_tried():
    assert set(ACTS) <= set(SENT)


@pytest.mark.parametrize(
    "what", ["publish", "withhold", "restore", "opinion", "decide", "axis", "erase", "note"]
)
def test_an_act_on_the_desk_leaves_one_act(what):
    proposal = idea(published=what != "publish")
    if what == "restore":
        proposal.submission.withhold(by=make_actor(), category="insult", reason=REASON)
    give_seat("malika", proposal.plan)
    client, before = sign_in("malika", group="coordinator"), newest()
    assert act(client, proposal, what, **SENT[what]).status_code == 302
    assert len(acts_since(before)) == 1


def test_an_opinion_and_a_note_are_told_of_without_their_words():
    proposal = idea()
    give_seat("malika", proposal.plan)
    client = sign_in("malika", group="coordinator")
    for what in ("opinion", "note"):
        act(client, proposal, what, **SENT[what])
    told = [
        (one.before, one.after) for one in proposal.plan.log.filter(act__in=[Act.OPINION, Act.NOTE])
    ]
    assert told == [({}, {}), ({}, {})]
