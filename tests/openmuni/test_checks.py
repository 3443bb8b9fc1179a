"""The checks of an installation: each is silent on a good one and names what is wrong on another."""

import ctypes.util
import datetime

import pytest
from django.core.checks import ERROR, WARNING, run_checks

from openmuni import checks, clock


def test_a_good_installation_passes():
    assert [*checks.zone_data_are_recent(), *checks.documents_can_be_printed()] == []


def test_the_checks_are_registered(monkeypatch):
    monkeypatch.setattr(clock, "CASABLANCA", datetime.timezone(datetime.timedelta(hours=1)))
    assert "openmuni.E001" in {found.id for found in run_checks()}


def test_zone_data_from_before_the_law_are_an_error(monkeypatch):
    monkeypatch.setattr(clock, "CASABLANCA", datetime.timezone(datetime.timedelta(hours=1)))
    (found,) = checks.zone_data_are_recent()
    assert found.level == ERROR
    assert "tzdata" in found.hint


def test_a_missing_printing_library_is_a_warning_with_the_command(monkeypatch):
    there = ctypes.util.find_library
    monkeypatch.setattr(
        ctypes.util, "find_library", lambda name: None if name == "pango-1.0" else there(name)
    )
    (found,) = checks.documents_can_be_printed()
    assert found.level == WARNING
    assert found.hint.startswith("apt-get install")
    assert "pango-1.0" in found.msg


@pytest.mark.django_db
def test_the_database_of_the_tests_knows_arabic_letters():
    assert checks.database_knows_letters(databases=["default"]) == []


@pytest.mark.parametrize("ctype", ["C", "POSIX"])
def test_a_database_that_knows_ascii_letters_only_is_a_warning(monkeypatch, ctype):
    monkeypatch.setattr(checks, "_character_type", lambda connection: ctype)
    (found,) = checks.database_knows_letters(databases=["default"])
    assert (found.level, found.id) == (WARNING, "openmuni.W002")


def test_the_database_is_left_alone_when_no_check_of_it_was_asked_for(monkeypatch):
    monkeypatch.setattr(checks, "_character_type", lambda connection: "C")
    assert checks.database_knows_letters(databases=None) == []


@pytest.mark.parametrize(
    ("production", "proxies", "expected"),
    [(True, 1, []), (True, 0, ["openmuni.W003"]), (False, 0, [])],
)
def test_a_server_that_does_not_count_its_proxies_is_a_warning(
    settings, production, proxies, expected
):
    settings.PRODUCTION, settings.TRUSTED_PROXIES = production, proxies
    assert [found.id for found in checks.proxies_are_counted()] == expected


@pytest.mark.parametrize(
    ("production", "required", "expected"),
    [(True, True, []), (True, False, ["openmuni.W004"]), (False, False, [])],
)
def test_a_server_without_a_second_factor_is_a_warning(settings, production, required, expected):
    settings.PRODUCTION, settings.REQUIRE_TWO_FACTOR = production, required
    assert [found.id for found in checks.second_factor_is_required()] == expected
