"""The database's own guards, tried with raw SQL on whichever database the suite runs on."""

import itertools

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from consultations.models import ActionPlan
from proposals import checks, guards
from proposals.models import MOVES, Decision, Proposal, Status
from tests.factories import (
    REASON,
    make_actor,
    make_plan,
    make_project,
    make_proposal,
    make_step,
    make_user,
)
from tests.proposals.test_status_machine import bring

PAIRS = list(itertools.product(Status.values, Status.values))


def run(sql, *values):
    """Execute `sql` in a savepoint, so that a refusal leaves the test's transaction usable."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values):
    with pytest.raises(DatabaseError):
        run(sql, *values)


def set_status(proposal, status, project=None):
    run(
        "UPDATE proposals_proposal SET status = %s, project_id = %s WHERE id = %s",
        status,
        project and project.pk,
        proposal.pk,
    )


def insert_decision(proposal, move_from, to, project=None, reason=REASON, number=None):
    values = {
        "proposal_id": proposal.pk,
        "from_status": move_from,
        "to_status": to,
        "reason": reason,
        "project_id": project.pk if project and to == "merged" else None,
        "kept_part": "",
        "prepared_by_name": "",
        "by_id": make_user("amina").pk,
        "by_name": "x",
        "by_function": "",
        "at": "2026-01-01 00:00:00+00:00",
    }
    values |= {"id": number} if number else {}
    places = ", ".join(["%s"] * len(values))
    run(f"INSERT INTO proposals_decision ({', '.join(values)}) VALUES ({places})", *values.values())


@pytest.fixture
def plan(db):
    return make_plan()


@pytest.fixture
def project(plan):
    return make_project(plan)


@pytest.fixture
def proposal(plan):
    return make_proposal(make_step(plan))


def test_every_guard_stands_after_the_migrations(db):
    assert guards.missing_guards(connection) == set()
    against_truncation = 5 * (connection.vendor == "postgresql")
    assert len(guards.standing_guards(connection)) == len(guards.GUARDS) + against_truncation


def test_a_missing_guard_is_told_by_the_checks(db):
    run(
        f"DROP TRIGGER decision_is_never_updated{' ON proposals_decision' * (connection.vendor == 'postgresql')}"
    )
    (fault,) = checks.guards_stand(None, databases=["default"])
    assert (fault.id, "decision_is_never_updated" in fault.msg) == ("proposals.W001", True)


@pytest.mark.parametrize(("move_from", "to"), PAIRS)
def test_no_status_changes_by_sql_alone(proposal, project, move_from, to):
    bring(proposal, move_from, project)
    target = project if to == "merged" else None
    if move_from == to:
        set_status(proposal, to, target)  # nothing changes: no refusal
        return
    with pytest.raises(DatabaseError):
        set_status(proposal, to, target)


@pytest.mark.parametrize(("move_from", "to"), PAIRS)
def test_a_decision_by_sql_is_held_to_the_table_of_moves(proposal, project, move_from, to):
    bring(proposal, move_from, project)
    if (move_from, to) in MOVES:
        insert_decision(proposal, move_from, to, project)
        set_status(proposal, to, project if to == "merged" else None)
        proposal.refresh_from_db()
        assert proposal.status == to
    else:
        with pytest.raises(DatabaseError):
            insert_decision(proposal, move_from, to, project)


@pytest.mark.parametrize(("claimed", "to"), [pair for pair in PAIRS if pair[0] != "in_progress"])
def test_a_decision_by_sql_starts_from_the_present_status(proposal, project, claimed, to):
    with pytest.raises(DatabaseError):
        insert_decision(proposal, claimed, to, project)


def test_a_second_decision_waits_until_the_first_is_applied(proposal):
    insert_decision(proposal, "in_progress", "accepted")
    with pytest.raises(DatabaseError):
        insert_decision(proposal, "in_progress", "rejected")


@pytest.mark.parametrize("status", [status for status in Status.values if status != "in_progress"])
def test_a_proposal_is_not_born_decided(plan, project, proposal, status):
    other = make_proposal(make_step(plan))
    columns = (
        "plan_id, kind, title, body, axis_id, neighbourhood, neighbourhood_folded, version, folded"
    )
    row = Proposal.objects.filter(pk=other.pk).values_list("submission_id").get()
    run("DELETE FROM proposals_proposal WHERE id = %s", other.pk)
    refused(
        f"INSERT INTO proposals_proposal ({columns}, submission_id, status, project_id)"
        f" SELECT {columns}, %s, %s, %s FROM proposals_proposal WHERE id = %s",
        row[0],
        status,
        project.pk if status == "merged" else None,
        proposal.pk,
    )


@pytest.mark.parametrize("status", ["", "archived", "ACCEPTED"])
def test_an_unknown_status_is_refused(proposal, status):
    with pytest.raises(DatabaseError):
        set_status(proposal, status)


def test_a_project_without_a_merge_is_refused(proposal, project):
    with pytest.raises(DatabaseError):
        set_status(proposal, "in_progress", project)


def test_a_merged_idea_is_not_moved_to_another_project_by_sql(plan, proposal, project):
    bring(proposal, "merged", project)
    with pytest.raises(DatabaseError):
        set_status(proposal, "merged", make_project(plan))


def test_an_idea_does_not_change_its_edition(proposal):
    rehearsal = make_plan(slug="2034-2035", is_rehearsal=True)
    refused("UPDATE proposals_proposal SET plan_id = %s WHERE id = %s", rehearsal.pk, proposal.pk)


def test_a_decision_on_an_unpublished_idea_is_refused(plan):
    pending = make_proposal(make_step(plan), published=False)
    with pytest.raises(DatabaseError):
        insert_decision(pending, "in_progress", "accepted")


def test_a_merge_into_a_project_of_another_edition_is_refused(proposal):
    with pytest.raises(DatabaseError):
        insert_decision(
            proposal, "in_progress", "merged", make_project(make_plan(slug="2032-2033"))
        )


def test_a_later_number_on_another_idea_is_no_obstacle(plan):
    # Two members decide at once on PostgreSQL: the lower number may be written last.
    first, second = make_proposal(make_step(plan)), make_proposal(make_step(plan))
    insert_decision(second, "in_progress", "accepted", number=9_000_000)
    insert_decision(first, "in_progress", "accepted", number=8_000_000)
    assert first.decisions.count() == 1


def test_a_decision_does_not_slip_in_before_the_newest(proposal):
    insert_decision(proposal, "in_progress", "accepted", number=9_000_000)
    set_status(proposal, "accepted")
    with pytest.raises(DatabaseError):
        insert_decision(proposal, "accepted", "in_progress", number=8_000_000)


def test_a_decided_idea_is_neither_deleted_nor_renumbered(proposal, project):
    bring(proposal, "rejected", project)
    refused("DELETE FROM proposals_proposal WHERE id = %s", proposal.pk)
    refused("UPDATE proposals_proposal SET id = id + 1000 WHERE id = %s", proposal.pk)


def test_an_edition_with_ideas_is_neither_deleted_nor_renumbered_nor_replaced(plan, proposal):
    refused("DELETE FROM consultations_actionplan WHERE id = %s", plan.pk)
    refused("UPDATE consultations_actionplan SET id = id + 1000 WHERE id = %s", plan.pk)
    columns = "title, title_ar, title_fr, slug, start_year, end_year, is_rehearsal, appointment_act"
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    refused(
        f"{verb} consultations_actionplan (id, {columns}) SELECT id, {columns}"
        " FROM consultations_actionplan WHERE id = %s",
        plan.pk,
    )


def test_a_short_reason_is_refused(proposal):
    with pytest.raises(DatabaseError):
        insert_decision(proposal, "in_progress", "accepted", reason=" " * 40)


def test_a_decision_is_neither_changed_nor_deleted(proposal, project):
    bring(proposal, "accepted", project)
    refused("UPDATE proposals_decision SET reason = reason WHERE proposal_id = %s", proposal.pk)
    refused("DELETE FROM proposals_decision WHERE proposal_id = %s", proposal.pk)


def test_the_decisions_of_a_rehearsal_can_be_deleted(db):
    plan = make_plan(slug="2034-2035", is_rehearsal=True)
    proposal = make_proposal(make_step(plan))
    proposal.accept(by=make_actor(), reason=REASON)
    run("DELETE FROM proposals_decision WHERE proposal_id = %s", proposal.pk)
    assert not proposal.decisions.exists()


def test_a_decision_is_not_replaced_by_an_insert(proposal, project):
    bring(proposal, "accepted", project)
    first = proposal.decisions.get()
    columns = (
        "proposal_id, from_status, to_status, reason, project_id, kept_part, prepared_by_name,"
        " by_id, by_name, by_function, at"
    )
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    refused(
        f"{verb} proposals_decision (id, {columns}) SELECT id, {columns} FROM proposals_decision WHERE id = %s",
        first.pk,
    )


def test_an_edition_neither_becomes_nor_stops_being_a_rehearsal(plan):
    rehearsal = make_plan(slug="2034-2035", is_rehearsal=True)
    for row, value in ((plan, True), (rehearsal, False)):
        refused(
            "UPDATE consultations_actionplan SET is_rehearsal = %s WHERE id = %s", value, row.pk
        )
    assert ActionPlan.objects.filter(is_rehearsal=True).count() == 1


def test_a_decision_is_not_signed_twice_by_one_person(proposal):
    actor = make_actor()
    signature = actor.signature() | {"prepared_by": actor.user, "prepared_by_name": "أمينة"}
    with (
        pytest.raises(IntegrityError, match="decision_signed_by_two_people"),
        transaction.atomic(),
    ):
        proposal.decisions.create(
            from_status="in_progress", to_status="accepted", reason=REASON, **signature
        )


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_alters_the_decisions_runs_with_the_guards_on(settings):
    proposal = make_proposal(make_step(make_plan()))
    proposal.accept(by=make_actor(), reason=REASON)
    settings.MIGRATION_MODULES = {"proposals": "tests.proposals.altering_migrations"}
    call_command("migrate", "proposals", "0007", verbosity=0)
    refused("DELETE FROM proposals_decision WHERE proposal_id = %s", proposal.pk)
    call_command("migrate", "proposals", "0006", verbosity=0)
    refused("UPDATE proposals_decision SET reason = reason WHERE proposal_id = %s", proposal.pk)
    assert Decision.objects.get().proposal == proposal


@pytest.mark.django_db(transaction=True)
def test_a_flush_goes_through_once_the_guards_are_dropped_and_leaves_them_standing():
    make_proposal(make_step(make_plan())).accept(by=make_actor(), reason=REASON)
    guards.drop_guards(connection)
    call_command("flush", interactive=False, verbosity=0)
    assert guards.missing_guards(connection) == set()
    assert not Decision.objects.exists()
