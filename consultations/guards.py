"""The database's own guards of what was frozen (versions of the plan, PDFs, errata) and of the log.

They are installed with the others, on SQLite and PostgreSQL, by `proposals/guards.py`:

- a PlanVersion never changes, but that one for staff alone may be put before the public, once;
- a PlanPdf and an Erratum never change;
- an ActLog never changes, and a new one follows the last of its edition, whose hash it bears;
- none of them is deleted or replaced, but while its edition is a rehearsal.
"""

from dataclasses import dataclass

from openmuni.canonical import BEGINNING

_PLAN, _VERSION = "consultations_actionplan", "consultations_planversion"
_PDF, _ERRATUM = "consultations_planpdf", "consultations_erratum"
_LOG = "consultations_actlog"


@dataclass(frozen=True)
class Guard:
    """One trigger: before `event` on `table`, refuse a row for which `refuses` holds."""

    name: str
    table: str
    event: str
    refuses: str


def _differs(column: str) -> str:
    # Written so that both databases take it; NULL equals NULL.
    return f"NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL)"


_FROZEN = [
    "id",
    "plan_id",
    "number",
    "kind",
    "data",
    "data_sha256",
    "frozen_at",
    "acted_on",
    "note",
    "note_ar",
    "note_fr",
    "frozen_by_name",
    "frozen_by_function",
]
_VERSION_CHANGES = " OR ".join(
    [*map(_differs, _FROZEN), f"OLD.published_at IS NOT NULL AND ({_differs('published_at')})"]
)


def _version_is_real(version: str) -> str:
    """The version of that number belongs to an edition that is no rehearsal."""
    return f"""
    NOT EXISTS (
        SELECT 1 FROM {_PLAN} plan JOIN {_VERSION} version ON version.plan_id = plan.id
        WHERE version.id = {version} AND plan.is_rehearsal
    )"""  # noqa: S608


def _stands_already(table: str, *columns: str) -> str:
    """A row with the same unique columns is there: SQLite's INSERT OR REPLACE would delete it."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608


_ANY = "NEW.id IS NOT NULL"

_LEAVES_THE_CHAIN = f"""
    NEW.number <> COALESCE((SELECT MAX(number) FROM {_LOG} WHERE plan_id = NEW.plan_id), 0) + 1
    OR NEW.previous_hash <> COALESCE(
        (SELECT hash FROM {_LOG} WHERE plan_id = NEW.plan_id AND number = NEW.number - 1),
        '{BEGINNING}'
    )"""  # noqa: S608

_PLAN_IS_REAL = f"NOT EXISTS (SELECT 1 FROM {_PLAN} WHERE id = OLD.plan_id AND is_rehearsal)"  # noqa: S608

KEEPING_GUARDS = [
    Guard(
        "version_is_not_replaced",
        _VERSION,
        "INSERT",
        _stands_already(_VERSION, "plan_id", "number"),
    ),
    Guard("version_is_never_changed", _VERSION, "UPDATE", _VERSION_CHANGES),
    Guard("version_is_never_deleted", _VERSION, "DELETE", _version_is_real("OLD.id")),
    Guard("pdf_is_not_replaced", _PDF, "INSERT", _stands_already(_PDF, "version_id", "language")),
    Guard("pdf_is_never_changed", _PDF, "UPDATE", _ANY),
    Guard("pdf_is_never_deleted", _PDF, "DELETE", _version_is_real("OLD.version_id")),
    Guard(
        "erratum_is_not_replaced",
        _ERRATUM,
        "INSERT",
        _stands_already(_ERRATUM, "version_id", "number"),
    ),
    Guard("erratum_is_never_changed", _ERRATUM, "UPDATE", _ANY),
    Guard("erratum_is_never_deleted", _ERRATUM, "DELETE", _version_is_real("OLD.version_id")),
    Guard("log_is_a_chain", _LOG, "INSERT", _LEAVES_THE_CHAIN),
    Guard("log_is_never_changed", _LOG, "UPDATE", _ANY),
    Guard("log_is_never_deleted", _LOG, "DELETE", _PLAN_IS_REAL),
]

# PostgreSQL empties a table at a stroke without asking the guards of its rows: {guard: table}.
KEEPING_TRUNCATE_GUARDS = {
    "version_is_never_truncated": _VERSION,
    "pdf_is_never_truncated": _PDF,
    "erratum_is_never_truncated": _ERRATUM,
    "log_is_never_truncated": _LOG,
}
