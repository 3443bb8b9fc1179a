"""The checks of the commune's row: what the law asks to say before personal data are collected."""

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from consultations import checks
from consultations.models import Commune
from tests.factories import make_commune

pytestmark = pytest.mark.django_db

COMPLETE = {"contact_email": "portal@example.org", "cndp_number": "D-1/2027"}


def ids(**options):
    """The ids of what our two checks find."""
    found = run_checks(databases=["default"], **options)
    return [each.id for each in found if each.id.startswith("consultations.")]


@pytest.fixture
def production(settings):
    settings.PRODUCTION = True


def test_what_is_missing_is_a_warning_while_the_portal_is_prepared():
    make_commune()
    assert ids() == ["consultations.W001", "consultations.W002"]


def test_what_is_missing_is_an_error_of_a_deployment_in_production(production):
    make_commune()
    assert ids(include_deployment_checks=True) == ["consultations.E001", "consultations.E002"]


def test_what_is_missing_does_not_stop_a_migration_in_production(production):
    make_commune()
    assert ids() == []


def test_the_check_before_a_deployment_fails(production):
    make_commune()
    with pytest.raises(CommandError, match=r"consultations\.E002"):
        call_command("check", deploy=True, databases=["default"])


@pytest.mark.parametrize(
    "contact",
    [
        {"contact_phone": "+212500000000"},
        {"contact_email": "portal@example.org"},
        {"contact_address_ar": "شارع الاختبار"},
    ],
)
def test_one_way_to_be_reached_is_enough(contact):
    make_commune(cndp_number="D-1/2027", **contact)
    assert ids() == []


def test_a_missing_declaration_number_is_named_alone():
    make_commune(**COMPLETE | {"cndp_number": ""})
    assert ids() == ["consultations.W002"]


def test_a_complete_commune_passes_in_production(production):
    make_commune(**COMPLETE)
    assert ids(include_deployment_checks=True) == []


def test_nothing_is_said_before_the_commune_is_there():
    assert not Commune.objects.exists()
    assert ids() == []


def test_nothing_is_said_before_the_tables_are_there(monkeypatch):
    make_commune()
    monkeypatch.setattr(connection.introspection, "table_names", lambda *args: [])
    assert ids() == []


def test_the_database_is_left_alone_when_no_check_of_it_was_asked_for():
    make_commune()
    assert checks.commune_is_declared(databases=None) == []
