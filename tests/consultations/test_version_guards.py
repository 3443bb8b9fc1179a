"""What was frozen stays: the guards of versions, PDFs and errata, tried with raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from consultations.models import PlanPdf, PlanVersion
from openmuni import clock
from tests.factories import make_actor, make_plan, make_version

VERSION, PDF, ERRATUM = (
    "consultations_planversion",
    "consultations_planpdf",
    "consultations_erratum",
)


def run(sql, *values):
    """Execute `sql` in a savepoint, so that a refusal leaves the test's transaction usable."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values):
    with pytest.raises(DatabaseError):
        run(sql, *values)


def make_frozen(plan):
    """An adopted version with a PDF and an erratum."""
    version = make_version(plan, kind="adopted", acted_on="2030-10-05", note_ar="ملاحظة")
    PlanPdf.objects.create(version=version, language="ar", content=b"%PDF-", sha256="0" * 64)
    version.correct(by=make_actor(), place_ar="المشروع 1", text_ar="يقرأ 2 بدل 3")
    return version


@pytest.fixture
def version(db):
    return make_frozen(make_plan())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", 9),
        ("kind", "draft"),
        ("data", '{"format": 2}'),
        ("data_sha256", "1" * 64),
        ("frozen_at", "2020-01-01 00:00:00+00:00"),
        ("acted_on", "2020-01-01"),
        ("acted_on", None),
        ("note_ar", "كلام آخر"),
        ("note_fr", "Autre chose"),
        ("frozen_by_name", "هشام"),
        ("published_at", None),
        ("published_at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_a_public_version_never_changes(version, column, value):
    refused(f"UPDATE {VERSION} SET {column} = %s WHERE id = %s", value, version.pk)


def test_a_version_does_not_change_its_edition(version):
    other = make_plan(slug="2032-2033")
    refused(f"UPDATE {VERSION} SET plan_id = %s WHERE id = %s", other.pk, version.pk)


def test_a_draft_of_the_desk_may_be_put_before_the_public_once(db):
    draft = make_version(make_plan(), published_at=None)
    sql = f"UPDATE {VERSION} SET published_at = %s WHERE id = %s"
    run(sql, clock.now(), draft.pk)
    refused(sql, None, draft.pk)


@pytest.mark.parametrize("table", [PDF, ERRATUM])
def test_a_document_and_an_erratum_never_change(version, table):
    refused(f"UPDATE {table} SET version_id = version_id WHERE version_id = %s", version.pk)


@pytest.mark.parametrize(("table", "key"), [(VERSION, "id"), (PDF, "version_id")])
def test_a_version_and_its_document_are_not_deleted(db, table, key):
    version = make_version(make_plan())
    PlanPdf.objects.create(version=version, language="ar", content=b"%PDF-", sha256="0" * 64)
    refused(f"DELETE FROM {table} WHERE {key} = %s", version.pk)


def test_an_erratum_is_not_deleted(version):
    refused(f"DELETE FROM {ERRATUM} WHERE version_id = %s", version.pk)


@pytest.mark.parametrize("table", [ERRATUM, PDF, VERSION])
def test_no_table_of_what_was_frozen_is_emptied(version, table):
    refused(
        f"DELETE FROM {table}" if connection.vendor == "sqlite" else f"TRUNCATE {table} CASCADE"
    )


def test_a_rehearsal_lets_go_of_all_it_froze(db):
    frozen = make_frozen(make_plan(slug="2034-2035", is_rehearsal=True))
    for table, key in [(ERRATUM, "version_id"), (PDF, "version_id"), (VERSION, "id")]:
        run(f"DELETE FROM {table} WHERE {key} = %s", frozen.pk)
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize("kept_number", [True, False], ids=["same row", "another row"])
def test_a_version_is_not_replaced_by_an_insert(version, kept_number):
    columns = (
        "plan_id, number, kind, data, data_sha256, frozen_at, note, frozen_by_name,"
        " frozen_by_function"
    )
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    number = "id" if kept_number else "id + 1000"
    refused(
        f"{verb} {VERSION} (id, {columns}) SELECT {number}, {columns} FROM {VERSION} WHERE id = %s",
        version.pk,
    )


def test_a_document_is_not_replaced_by_another_of_its_language(version):
    columns = "version_id, language, content, sha256, replaced_characters"
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    refused(
        f"{verb} {PDF} (id, {columns}) SELECT id + 1000, {columns} FROM {PDF} WHERE version_id = %s",
        version.pk,
    )
