"""The database's own guards: triggers on SQLite and PostgreSQL.

They hold against raw SQL, the shell and a forgotten code path alike. Those of the status machine
are here; those of what was frozen and of the log are in `consultations/guards.py`, and are installed
from here:

- a Proposal is born `in_progress` and without decisions, never changes its number or its edition,
  changes its status and project only to what its newest Decision says, from what that Decision
  says, and is not deleted while it has decisions;
- a Decision is a legal move of a published Proposal from its present status, into a project of the
  same edition if any, is never updated, and is deleted only while its edition is a rehearsal;
- an edition never changes its number nor `is_rehearsal`, and neither leaves its proposals nor comes
  under proposals that are there already.

Each guard is written once, as a condition that refuses; the two databases differ in its wrapping.
"""

from django.db import connections

from consultations.guards import KEEPING_GUARDS, KEEPING_TRUNCATE_GUARDS, Guard

from .status import MOVES, Status

_PLAN, _PROPOSAL, _DECISION = "consultations_actionplan", "proposals_proposal", "proposals_decision"
_PROJECT, _SUBMISSION = "consultations_project", "consultations_submission"
# Moderation.PUBLISHED; models cannot be imported yet where the app's config imports this module.
_PUBLISHED = "published"

_MOVES_SQL = ", ".join(f"('{move_from}', '{move_to}')" for move_from, move_to in sorted(MOVES))

_NEWEST = f"SELECT MAX(id) FROM {_DECISION} WHERE proposal_id = NEW.id"  # noqa: S608

_STATUS_FOLLOWS_DECISION = f"""
    NEW.id <> OLD.id
    OR NEW.plan_id <> OLD.plan_id
    OR (
        (NEW.status <> OLD.status OR COALESCE(NEW.project_id, 0) <> COALESCE(OLD.project_id, 0))
        AND NOT EXISTS (
            SELECT 1 FROM {_DECISION} newest
            WHERE newest.id = ({_NEWEST})
              AND newest.to_status = NEW.status
              AND newest.from_status = OLD.status
              AND COALESCE(newest.project_id, 0) = COALESCE(NEW.project_id, 0)
        )
    )"""  # noqa: S608

_DECISION_IS_NO_MOVE = f"""
    (NEW.from_status, NEW.to_status) NOT IN (VALUES {_MOVES_SQL})
    OR NEW.from_status <> (SELECT status FROM {_PROPOSAL} WHERE id = NEW.proposal_id)
    OR NEW.from_status <> COALESCE(
        (SELECT to_status FROM {_DECISION} WHERE id = (
            SELECT MAX(id) FROM {_DECISION} WHERE proposal_id = NEW.proposal_id
        )),
        '{Status.IN_PROGRESS}'
    )
    OR NOT EXISTS (
        SELECT 1 FROM {_SUBMISSION} submission JOIN {_PROPOSAL} proposal ON proposal.submission_id = submission.id
        WHERE proposal.id = NEW.proposal_id AND submission.moderation = '{_PUBLISHED}'
    )
    OR (
        NEW.project_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM {_PROJECT} project JOIN {_PROPOSAL} proposal ON proposal.plan_id = project.plan_id
            WHERE proposal.id = NEW.proposal_id AND project.id = NEW.project_id
        )
    )
    OR (
        NEW.id > 0
        AND NEW.id <= (SELECT MAX(id) FROM {_DECISION} WHERE proposal_id = NEW.proposal_id)
    )"""  # noqa: S608

_EDITION_IS_REAL = f"""
    NOT EXISTS (
        SELECT 1 FROM {_PLAN} plan JOIN {_PROPOSAL} proposal ON proposal.plan_id = plan.id
        WHERE proposal.id = OLD.proposal_id AND plan.is_rehearsal
    )"""  # noqa: S608


_IS_BORN_DECIDED = f"""
    NEW.status <> '{Status.IN_PROGRESS}'
    OR EXISTS (SELECT 1 FROM {_DECISION} WHERE proposal_id = NEW.id)"""  # noqa: S608

_HAS_DECISIONS = f"EXISTS (SELECT 1 FROM {_DECISION} WHERE proposal_id = OLD.id)"  # noqa: S608


def _has_proposals(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {_PROPOSAL} WHERE plan_id = {row}.id)"  # noqa: S608


_PLAN_CHANGES = "NEW.id <> OLD.id OR NEW.is_rehearsal <> OLD.is_rehearsal"


GUARDS = [
    Guard("proposal_is_born_in_progress", _PROPOSAL, "INSERT", _IS_BORN_DECIDED),
    Guard("proposal_follows_its_decision", _PROPOSAL, "UPDATE", _STATUS_FOLLOWS_DECISION),
    Guard("proposal_stays_with_its_decisions", _PROPOSAL, "DELETE", _HAS_DECISIONS),
    Guard("decision_is_a_legal_move", _DECISION, "INSERT", _DECISION_IS_NO_MOVE),
    Guard("decision_is_never_updated", _DECISION, "UPDATE", "NEW.id IS NOT NULL"),
    Guard("decision_is_never_deleted", _DECISION, "DELETE", _EDITION_IS_REAL),
    Guard("plan_comes_before_its_proposals", _PLAN, "INSERT", _has_proposals("NEW")),
    Guard("plan_stays_what_it_is", _PLAN, "UPDATE", _PLAN_CHANGES),
    Guard("plan_stays_with_its_proposals", _PLAN, "DELETE", _has_proposals("OLD")),
    *KEEPING_GUARDS,
]

_TRUNCATE_GUARDS = {"decision_is_never_truncated": _DECISION, **KEEPING_TRUNCATE_GUARDS}
_TABLES = {guard.table for guard in GUARDS}


def before_migrations(using, **kwargs):
    """Drop the guards (receiver of `pre_migrate`)."""
    drop_guards(connections[using])


def after_migrations(using, **kwargs):
    """Create the guards (receiver of `post_migrate`) once their tables exist."""
    if _tables_exist(connections[using]):
        create_guards(connections[using])


def _tables_exist(connection) -> bool:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor)) >= _TABLES


def missing_guards(connection) -> set[str]:
    """The names of the guards that ought to stand on `connection` and do not."""
    if not _tables_exist(connection):
        return set()
    expected = {guard.name for guard in GUARDS}
    if connection.vendor == "postgresql":
        expected |= _TRUNCATE_GUARDS.keys()
    return expected - standing_guards(connection)


def create_guards(connection):
    """Create every guard on `connection`, replacing those that stand."""
    drop_guards(connection)
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for statement in _CREATE[connection.vendor](guard):
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            for name, table in _TRUNCATE_GUARDS.items():
                for statement in _postgresql_truncate_guard(name, table):
                    cursor.execute(statement)


def drop_guards(connection):
    """Drop every guard on `connection`; missing guards and tables are no error."""
    with connection.cursor() as cursor:
        for guard in GUARDS:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
        if connection.vendor == "postgresql":
            for name, table in _TRUNCATE_GUARDS.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def standing_guards(connection) -> set[str]:
    """The names of the triggers that stand on `connection`."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def _sqlite(guard: Guard) -> list[str]:
    # INSERT OR REPLACE deletes the row it replaces without firing a DELETE trigger.
    replaces = f" OR EXISTS (SELECT 1 FROM {guard.table} WHERE id = NEW.id)"  # noqa: S608
    refuses = guard.refuses + (replaces if guard.event == "INSERT" else "")
    return [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW"
        f" WHEN {refuses} BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"
    ]


def _postgresql(guard: Guard) -> list[str]:
    row = "OLD" if guard.event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {guard.refuses} THEN"
        f" RAISE EXCEPTION '{guard.name}' USING ERRCODE = 'check_violation'; END IF;"
        f" RETURN {row}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]


def _postgresql_truncate_guard(name: str, table: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END $$",
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


_CREATE = {"sqlite": _sqlite, "postgresql": _postgresql}
