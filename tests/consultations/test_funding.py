"""What a project costs: sums without rounding, from the database or from lines that are at hand."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import FundingLine
from tests.factories import make_plan, make_project

pytestmark = pytest.mark.django_db


def test_sums_are_exact_to_the_centime_asked_for_or_at_hand():
    project = make_project(make_plan())
    for amount in ("0.10", "0.20", "999999999999.99", None):
        project.funding_lines.create(source="state", certainty="secured", amount=amount)
    project.funding_lines.create(source="state", certainty="sought", amount="0.01")
    sums = {
        "secured": Decimal("1000000000000.29"),
        "sought": Decimal("0.01"),
        "total": Decimal("1000000000000.30"),
    }
    assert project.funding_lines.sums() == sums
    prefetched = type(project).objects.with_lines().get().funding_lines.all()
    with CaptureQueriesContext(connection) as caught:
        assert prefetched.sums() == sums
    assert not caught.captured_queries
    assert {str(amount) for amount in sums.values()} == {
        str(amount) for amount in project.funding_lines.sums().values()
    }


def test_without_lines_the_sums_are_nothing():
    assert set(FundingLine.objects.sums().values()) == {Decimal("0.00")}
