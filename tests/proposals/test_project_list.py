"""The public list of the projects: sums, dots, axes, and what it says while it is empty."""

import pytest
from django.utils import translation

from openmuni import dates
from tests.factories import make_axis, make_card, make_plan, make_project, make_step

from .test_project_pages import queries, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project(make_plan())


def test_the_list_tells_the_sums_of_each_project_and_of_all(client, project):
    other = make_project(project.plan)
    project.funding_lines.create(source="state", certainty="secured", amount="100")
    other.funding_lines.create(source="state", certainty="sought", amount="23.50")
    make_card(other)
    page = words(client.get(f"/fr/{project.plan.slug}/projects/"))
    assert all(f"{amount} DH" in page for amount in ("100,00", "23,50", "123,50"))


def test_the_list_tells_no_sums_where_no_amount_is_set(client, project):
    project.funding_lines.create(source="state")
    assert "DH" not in words(client.get(f"/fr/{project.plan.slug}/projects/"))


def test_the_list_says_in_words_how_many_headings_are_written(client):
    project = make_project(make_plan(), problem_fr="Un problème", problem_ar="إشكالية")
    page = words(client.get(f"/fr/{project.plan.slug}/projects/"))
    assert "Rubriques remplies : 1 sur 5" in page


@pytest.fixture
def two_axes(project):
    """Two projects of an axis each, with funding."""
    for key, amount in (("green", 100), ("word", 20)):
        axis = make_axis(project.plan, key=key)
        make_project(project.plan, axis=axis, title_fr=f"Projet {key}").funding_lines.create(
            source="state", amount=amount
        )
    return f"/fr/{project.plan.slug}/projects/"


def test_the_list_narrows_to_an_axis_with_its_own_sums(client, two_axes):
    page = words(client.get(two_axes, {"axis": "green"}))
    assert ("Projet green" in page, "Projet word" in page) == (True, False)
    assert ("100,00 DH" in page, "120,00 DH" in page) == (True, False)


def test_the_chosen_axis_is_marked_for_screen_readers(client, two_axes):
    page = client.get(two_axes, {"axis": "green"}).content.decode()
    assert '<a href="?axis=green" aria-current="true">' in page


@pytest.mark.parametrize("key", ["nowhere", "1 OR 1=1"])
def test_an_unknown_axis_is_not_found(client, two_axes, key):
    assert client.get(two_axes, {"axis": key}).status_code == 404


def test_an_axis_without_projects_is_not_offered(client, project):
    make_axis(project.plan, key="empty")
    assert "?axis=empty" not in client.get(f"/fr/{project.plan.slug}/projects/").content.decode()


def test_an_empty_list_says_when_projects_are_put_to_the_consultation(client):
    step = make_step(make_plan(), accepts="remarks", first=10, last=20)
    with translation.override("fr"):
        days = dates.period(step.starts_on, step.ends_on)
    assert days in words(client.get(f"/fr/{step.plan.slug}/projects/"))


def test_lines_fill_the_dots_of_their_headings(project):
    project.funding_lines.create(source="state")
    project.indicators.create(kind="impact_indicator", name_ar="مؤشر")
    assert project.headings_written == [False, False, True, False, True]


@pytest.mark.parametrize("address", ["/ar/{}/projects/", "/ar/{}/"])
def test_a_list_of_many_projects_costs_as_many_queries_as_one_of_few(client, project, address):
    address = address.format(project.plan.slug)

    def add(count):
        for _ in range(count):
            one = make_project(project.plan)
            one.funding_lines.create(source="state", amount=1)
            one.indicators.create(kind="impact_indicator", name_ar="مؤشر")

    add(2)
    queries(client, address)
    few = queries(client, address)
    add(28)
    assert queries(client, address) == few
