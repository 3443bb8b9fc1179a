"""manage.py verify_log finds what was done to the log, and to what the log tells of."""

import datetime
import io
import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from consultations.acts import Act
from consultations.models import ActLog, PlanVersion, Remark
from consultations.verifying import faults_of
from openmuni.canonical import link
from proposals.guards import drop_guards
from proposals.models import Decision
from tests.factories import (
    REASON,
    make_actor,
    make_card,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)

from .logged import make_logged_plan

pytestmark = pytest.mark.django_db
LOG = "consultations_actlog"
DECISION = "proposals_decision"


@pytest.fixture
def plan():
    """An edition with a log, that a superuser may tamper with: the guards are down."""
    plan = make_logged_plan()
    drop_guards(connection)
    return plan


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount, "nothing was tampered with"


# --- A hundred tamperings --------------------------------------------------------------------------

TEXTS = ["act", "model", "object_id", "label", "salt", "by_name", "by_function"]
HASHES = ["hash", "previous_hash"]


def edit(dice, acts):
    """Change any one field of an act."""
    act = dice.choice(acts)
    column = dice.choice([*TEXTS, *HASHES, "before", "after", "number", "at", "by_id", "plan_id"])
    values = {
        "before": '{"status": "rejected"}',
        "after": dice.choice(['{"id": 1}', '{"id": []}', "[]", "7"]),
        "number": act.number + 1000,
        "at": act.at + datetime.timedelta(microseconds=1),
        "by_id": make_user("hisham").pk,
        "plan_id": make_plan(slug="2040-2041").pk,
    }
    value = values.get(column, f"{str(getattr(act, column))[:30]}x")
    execute(f"UPDATE {LOG} SET {column} = %s WHERE id = %s", value, act.pk)


def delete(dice, acts):
    """Take an act out."""
    execute(f"DELETE FROM {LOG} WHERE id = %s", dice.choice(acts).pk)


def delete_and_close_up(dice, acts):
    """Take an act out and number the others anew."""
    gone = dice.choice(acts[:-1])
    execute(f"DELETE FROM {LOG} WHERE id = %s", gone.pk)
    for act in acts[gone.number :]:
        execute(f"UPDATE {LOG} SET number = number - 1 WHERE id = %s", act.pk)


def swap(dice, acts):
    """Let two acts change their places."""
    one, other = dice.sample(acts, 2)
    for act, number in [(one, 9999), (other, one.number), (one, other.number)]:
        execute(f"UPDATE {LOG} SET number = %s WHERE id = %s", number, act.pk)


def insert(dice, acts):
    """Put a copy of an act where another stands, or at the end."""
    place = dice.randint(2, len(acts) + 1)
    for act in reversed(acts[place - 1 :]):
        execute(f"UPDATE {LOG} SET number = number + 1 WHERE id = %s", act.pk)
    copy = dice.choice(acts)
    columns = "plan_id, act, model, object_id, label, before, after, salt, hash, by_id, by_name"
    columns += ", by_function, at, previous_hash"
    execute(
        f"INSERT INTO {LOG} ({columns}, number) SELECT {columns}, %s FROM {LOG} WHERE id = %s",
        place,
        copy.pk,
    )


def truncate(dice, acts):
    """Cut the end off."""
    execute(f"DELETE FROM {LOG} WHERE number > %s", dice.randint(1, len(acts) - 1))


def write_anew(dice, acts):
    """Change an act and work out every hash after it, so that the chain is whole again."""
    changed = dice.choice(acts)
    previous = changed.previous_hash
    for act in acts[changed.number - 1 :]:
        if act == changed:
            act.label += "x"
        act.previous_hash, previous = previous, link(previous, act.told)
        execute(
            f"UPDATE {LOG} SET label = %s, previous_hash = %s, hash = %s WHERE id = %s",
            act.label,
            act.previous_hash,
            previous,
            act.pk,
        )


def change_what_is_told_of(dice, acts):
    """Leave the log alone and change a row that it tells of."""
    table, column, value = dice.choice(
        [
            (DECISION, "reason", "تعليل آخر لم يكتبه أحد من أعضاء اللجنة"),
            (DECISION, "by_name", "هشام"),
            (DECISION, "at", "2020-01-01 00:00:00+00:00"),
            ("consultations_moderationact", "at", "2020-01-01 00:00:00+00:00"),
            ("consultations_moderationact", "by_function", "رئيس"),
            ("consultations_remark", "answer", "جواب آخر لم يكتبه أحد من أعضاء اللجنة"),
            ("consultations_remark", "outcome", "not_taken"),
            ("consultations_stepmove", "reason_ar", "سبب آخر"),
            ("consultations_stepmove", "ends_on", "2020-12-31"),
            ("committee_sessionmove", "reason_ar", "سبب آخر"),
        ]
    )
    execute(f"UPDATE {table} SET {column} = %s", value)


TAMPERINGS = [
    *[edit] * 40,
    *[delete] * 10,
    *[delete_and_close_up] * 5,
    *[swap] * 10,
    *[insert] * 10,
    *[truncate] * 10,
    *[write_anew] * 5,
    *[change_what_is_told_of] * 10,
]


def test_a_hundred_random_tamperings_are_found_a_hundred_times(plan):
    dice, acts = random.Random(100), [*plan.log.all()]
    heads, found = {len(acts): acts[-1].hash}, 0
    assert len(TAMPERINGS) == 100
    assert faults_of(plan, heads) == []
    for tamper in TAMPERINGS:
        with transaction.atomic():
            tamper(dice, [*plan.log.all()])
            found += bool(faults_of(plan, heads))
            transaction.set_rollback(True)
    assert found == 100


def test_acts_that_were_cut_off_are_found_by_what_they_told_of(plan):
    decided = plan.log.filter(act=Act.DECIDE).first().number
    execute(f"DELETE FROM {LOG} WHERE number >= %s", decided)
    assert any("proposals.decision" in fault for fault in faults_of(plan))


# --- What was there before the log -----------------------------------------------------------------


@pytest.fixture
def older():
    """An edition that had decisions, answers and versions before it had a log."""
    plan = make_plan()
    idea = make_proposal(make_step(plan))
    idea.accept(by=make_actor(), reason=REASON)
    remark = make_card(make_project(plan)).remarks.get()
    remark.give_answer("later", REASON, by=make_actor())
    drop_guards(connection)
    execute(f"DELETE FROM {LOG}")
    return plan


def test_an_edition_without_an_act_has_a_good_log(older):
    assert faults_of(older) == []


def test_what_was_there_before_the_log_is_no_fault(older):
    make_proposal(make_step(older)).reject(by=make_actor(), reason=REASON)
    assert faults_of(older) == []


@pytest.mark.parametrize("outcome", ["taken", "later"])
def test_an_answer_from_before_the_log_may_be_given_anew(older, outcome):
    Remark.objects.get().give_answer(outcome, f"{REASON} ثانية", by=make_actor())
    assert faults_of(older) == []


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {DECISION} SET reason = 'تعليل آخر لم يكتبه أحد من اللجنة'",
        "DELETE FROM consultations_moderationact",
        "UPDATE consultations_remark SET answer = 'جواب آخر لم يكتبه أحد من اللجنة'",
    ],
)
def test_what_was_there_before_the_log_stays_as_it_was(older, sql):
    older.close(by=make_actor())
    execute(sql)
    assert faults_of(older)


def test_a_decision_that_no_act_tells_of_is_found(plan):
    taken = Decision.objects.get(to_status="merged")
    columns = "proposal_id, to_status, reason, kept_part, project_id, by_id, by_name, by_function"
    columns += ", at, prepared_by_name"
    execute(
        f"INSERT INTO {DECISION} ({columns}, from_status) SELECT {columns}, 'accepted'"
        f" FROM {DECISION} WHERE id = %s",
        taken.pk,
    )
    untold = Decision.objects.order_by("pk").last()
    assert str(untold.pk) in " ".join(faults_of(plan))


def test_a_version_whose_data_was_changed_is_found(plan):
    PlanVersion.objects.create(
        plan=plan, number=1, data={"title": "x"}, data_sha256="0" * 64, frozen_at="2030-01-01T00:00Z",
        published_at="2030-01-01T00:00Z",
    )  # fmt: skip
    assert "version 1 does not have the fingerprint of its data" in faults_of(plan)


# --- The command -----------------------------------------------------------------------------------


def verify(*args):
    out, faults = io.StringIO(), io.StringIO()
    try:
        call_command("verify_log", *args, stdout=out, stderr=faults, skip_checks=False)
    except CommandError as error:
        return str(error), faults.getvalue()
    return "", out.getvalue()


def test_the_command_names_the_head_of_each_edition():
    plan = make_logged_plan()
    failed, said = verify()
    assert (failed, plan.log.last().hash in said) == ("", True)


def test_the_command_fails_with_the_number_of_the_act(plan):
    execute(f"UPDATE {LOG} SET label = 'x' WHERE number = 7")
    failed, said = verify(plan.slug)
    assert "cannot be trusted" in failed
    assert "act 7 does not have the hash of what it says" in said


def test_the_command_compares_with_what_was_published(plan, tmp_path):
    published = tmp_path / "log.json"
    acts = [{"number": act.number, "hash": act.hash} for act in plan.log.all()]
    published.write_text(json.dumps({"acts": acts}))
    assert not verify(plan.slug, "--published", published)[0]
    execute(f"DELETE FROM {LOG} WHERE number = 20")
    assert "act 20 was published and is gone" in verify(plan.slug, "--published", published)[1]


@pytest.mark.parametrize("content", ["", "[]", '{"acts": [1]}'])
def test_a_file_that_is_no_published_log_is_refused(plan, tmp_path, content):
    published = tmp_path / "log.json"
    published.write_text(content)
    assert "no published log" in verify(plan.slug, "--published", published)[0]


def test_an_edition_that_is_not_there_is_refused(db):
    assert verify("2099-2100")[0] == "There is no such edition."


def test_all_that_was_tampered_with_is_known_to_the_log():
    """A field that the hash forgot would be free to change."""
    kept = {field.attname for field in ActLog._meta.concrete_fields}
    tested = {*TEXTS, *HASHES, "before", "after", "number", "at", "by_id", "plan_id"}
    assert kept - tested == {"id"}


def test_a_fact_that_is_kept_since_the_log_began_is_no_fault(older, monkeypatch):
    make_proposal(make_step(older)).reject(by=make_actor(), reason=REASON)
    facts = Decision.facts.fget
    monkeypatch.setattr(Decision, "facts", property(lambda row: facts(row) | {"colour": "blue"}))
    assert faults_of(older) == []
