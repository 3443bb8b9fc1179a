"""The log of acts: one row an act, in its transaction, chained, kept by the database."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from consultations.acts import Act
from consultations.models import ActLog, IllegalModeration
from consultations.verifying import faults_of
from openmuni import clock
from openmuni.canonical import BEGINNING
from tests.factories import REASON, make_actor, make_plan, make_proposal, make_step

from .logged import make_logged_plan

pytestmark = pytest.mark.django_db
LOG = "consultations_actlog"


def run(sql, *values):
    """Execute `sql` in a savepoint, so that a refusal leaves the test's transaction usable."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values):
    with pytest.raises(DatabaseError):
        run(sql, *values)


# --- What is written -------------------------------------------------------------------------------


def test_the_first_act_of_an_edition_is_preceded_by_the_beginning():
    idea = make_proposal(make_step(make_plan()))
    acts = idea.plan.log.values_list("number", "act")
    assert [*acts] == [(1, Act.BEGIN), (2, Act.MODERATE)]


def test_the_beginning_does_not_count_the_act_that_came_with_it():
    idea = make_proposal(make_step(make_plan()))
    assert idea.plan.log.first().before["consultations.moderationact"]["count"] == 0


def test_each_act_bears_the_hash_of_the_act_before_it():
    acts = [*make_logged_plan().log.all()]
    assert [act.previous_hash for act in acts] == [BEGINNING, *(act.hash for act in acts[:-1])]


def test_an_act_says_what_stood_before_and_what_stands_after():
    idea = make_proposal(make_step(make_plan()))
    decision = idea.accept(by=make_actor(), reason=REASON)
    act = idea.plan.log.last()
    assert (act.act, act.label, act.object_id) == (Act.DECIDE, idea.reference, str(idea.pk))
    assert act.before["status"] == "in_progress"
    assert (act.after["status"], act.after["id"]) == ("accepted", decision.pk)


def test_an_act_bears_the_name_and_the_function_of_its_author():
    idea = make_proposal(make_step(make_plan()))
    moderator = make_actor("moderator")
    assert idea.plan.log.last().signed_by == (moderator.name, moderator.function)


def test_a_text_is_kept_as_its_digest_alone():
    idea = make_proposal(make_step(make_plan()), title="عنوان الفكرة", body="نص الفكرة")
    idea.reject(by=make_actor(), reason=REASON)
    kept = str([act.told for act in ActLog.objects.all()])
    assert not [words for words in (REASON, "عنوان الفكرة", "نص الفكرة") if words in kept]


def test_what_is_told_names_nobody():
    told = str([act.told for act in make_logged_plan().log.all()])
    assert make_actor().name not in told


def test_the_same_signature_twice_has_two_digests():
    idea = make_proposal(make_step(make_plan()))
    for verb in (idea.accept, idea.reopen):
        verb(by=make_actor(), reason=REASON)
    first, second = idea.plan.log.filter(act=Act.DECIDE)
    assert first.signature != second.signature


def test_what_citizens_send_is_no_act_of_staff():
    make_proposal(make_step(make_plan()), published=False)
    assert not ActLog.objects.exists()


def test_an_act_that_was_undone_leaves_no_trace():
    idea = make_proposal(make_step(make_plan()))
    with transaction.atomic():
        idea.accept(by=make_actor(), reason=REASON)
        transaction.set_rollback(True)
    assert not idea.plan.log.filter(act=Act.DECIDE).exists()


def test_an_act_that_was_refused_leaves_no_trace():
    submission = make_proposal(make_step(make_plan())).submission
    before = ActLog.objects.count()
    with pytest.raises(IllegalModeration):
        submission.publish(by=make_actor())
    assert ActLog.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_nothing_is_logged_outside_of_a_transaction():
    plan = make_plan()
    with pytest.raises(transaction.TransactionManagementError):
        ActLog.objects.append(plan, Act.NOTE, plan, by=make_actor())


def test_an_act_that_nobody_named_is_not_logged():
    plan = make_plan()
    with pytest.raises(ValueError, match="dance"):
        ActLog.objects.append(plan, "dance", plan, by=make_actor())


def test_each_edition_has_a_chain_of_its_own():
    plans = [make_logged_plan(), make_logged_plan(slug="2034-2035")]
    assert [plan.log.last().number for plan in plans] == [20, 20]


def test_the_log_never_goes_back_in_time():
    idea = make_proposal(make_step(make_plan()))
    newest = idea.plan.log.last().at
    with time_machine.travel(clock.now() - datetime.timedelta(days=3)):
        idea.accept(by=make_actor(), reason=REASON)
    assert idea.plan.log.last().at == newest


def test_an_act_keeps_the_instant_it_bears():
    idea = make_proposal(make_step(make_plan()))
    idea.accept(
        by=make_actor(), reason=REASON, at=datetime.datetime(2030, 5, 1, 12, tzinfo=datetime.UTC)
    )
    assert idea.plan.log.last().after["at"] == "2030-05-01T12:00:00.000000+00:00"


def test_the_log_costs_a_decision_three_queries_at_most():
    idea = make_proposal(make_step(make_plan()))
    with CaptureQueriesContext(connection) as asked:
        idea.accept(by=make_actor(), reason=REASON)
    about_the_log = [one for one in asked if LOG in one["sql"] or "FOR NO KEY UPDATE" in one["sql"]]
    assert len(about_the_log) <= 3


# --- What the database refuses ---------------------------------------------------------------------


@pytest.mark.parametrize("column", ["number", "act", "label", "after", "salt", "by_name", "hash"])
def test_an_act_never_changes(column):
    make_proposal(make_step(make_plan()))
    refused(f"UPDATE {LOG} SET {column} = {column}")


def test_an_act_is_not_deleted():
    make_proposal(make_step(make_plan()))
    refused(f"DELETE FROM {LOG} WHERE number = 2")


def test_the_log_is_not_emptied():
    make_proposal(make_step(make_plan()))
    refused(f"DELETE FROM {LOG}" if connection.vendor == "sqlite" else f"TRUNCATE {LOG}")


def test_the_log_of_a_rehearsal_may_go():
    make_proposal(make_step(make_plan(is_rehearsal=True)))
    run(f"DELETE FROM {LOG}")
    assert not ActLog.objects.exists()


@pytest.mark.parametrize(
    ("number", "previous"),
    [("number + 5", "hash"), ("number + 1", "previous_hash"), ("number", "previous_hash")],
)
def test_an_act_is_only_added_at_the_end(number, previous):
    make_proposal(make_step(make_plan()))
    columns = "plan_id, act, model, object_id, label, before, after, salt, hash, by_id, by_name, by_function, at"
    refused(
        f"INSERT INTO {LOG} ({columns}, number, previous_hash)"
        f" SELECT {columns}, {number}, {previous} FROM {LOG} WHERE number = 2"
    )


def test_an_act_is_not_replaced():
    make_proposal(make_step(make_plan()))
    columns = "plan_id, act, model, object_id, label, before, after, salt, hash, by_id, by_name, by_function, at"
    columns += ", number, previous_hash"
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    refused(f"{verb} {LOG} (id, {columns}) SELECT id, {columns} FROM {LOG} WHERE number = 2")


# --- Many at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_acts_at_the_same_moment_stand_one_after_the_other():
    step, by = make_step(make_plan()), make_actor()
    ideas = [make_proposal(step, title=f"الفكرة {place}") for place in range(12)]

    def accept(idea):
        try:
            idea.accept(by=by, reason=REASON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        [*threads.map(accept, ideas)]
    assert [*step.plan.log.values_list("number", flat=True)] == [*range(1, 26)]
    assert faults_of(step.plan) == []


@pytest.mark.django_db(transaction=True)
def test_what_citizens_send_does_not_wait_for_an_act():
    step, by = make_step(make_plan()), make_actor()
    make_proposal(step)

    def send():
        try:
            make_proposal(step, published=False)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        ActLog.objects.append(step.plan, Act.NOTE, step, by=by)
        sent = thread.submit(send)
        if connection.vendor == "postgresql":  # SQLite has one writer at a time, whatever it writes
            sent.result(timeout=20)
    assert sent.exception(timeout=30) is None
