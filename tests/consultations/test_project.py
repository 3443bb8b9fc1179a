"""A project and the headings of its card."""

import pytest

from consultations.models import Project, RemarkHeading
from tests.factories import make_plan, make_project


def test_every_heading_of_the_card_is_a_text_of_the_project():
    fields = {field.name for field in Project._meta.get_fields()}
    assert fields.issuperset(RemarkHeading.Key.of_card())


def test_a_remark_on_something_else_is_no_heading_of_the_card():
    assert RemarkHeading.Key.OTHER not in RemarkHeading.Key.of_card()


@pytest.mark.django_db
def test_a_card_tells_which_headings_are_written():
    project = make_project(make_plan(), problem_ar="إشكالية", impact_indicator_ar="أثر")
    assert project.headings_written == [True, False, False, False, True]


@pytest.mark.django_db
def test_a_page_has_a_dot_for_each_heading_and_says_how_many_are_written(client):
    plan = make_plan()
    make_project(plan, solution_ar="حل", funding_source_ar="تمويل")
    page = client.get(f"/fr/{plan.slug}/projects/").content.decode()
    assert '<i></i><i class="on"></i><i class="on"></i><i></i><i></i>' in page
    assert "2 sur 5" in page
