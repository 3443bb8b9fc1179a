"""The plan and its versions in a browser: accessible, and no wider than a small phone."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import REASON, make_actor, make_card, make_version

from .documenting import fill_sheet, make_document_plan

pytestmark = pytest.mark.django_db(transaction=True)

SMALLEST_PHONE = 320


@pytest.fixture
def plan():
    """Two public versions with a whole sheet, answered remarks and an erratum between and after them."""
    plan = make_document_plan()
    make_version(plan)
    project = plan.projects.get(number=1)
    fill_sheet(project)
    type(project).objects.filter(pk=project.pk).update(problem_ar="مشكل الماء وفق القانون 09-08")
    make_card(project).remarks.get().give_answer("taken", REASON, by=make_actor())
    adopted = make_version(plan, kind="adopted", acted_on=datetime.date(2030, 10, 5), note_ar="نص")
    adopted.correct(by=make_actor(), place_ar="المشروع 1", text_ar="يقرأ 12 بدل 21")
    return plan


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("path", ["plan/", "versions/", "versions/1/", "versions/1/2/"])
def test_a_page_of_the_plan_is_accessible_and_fits_a_small_phone(page_for, plan, language, path):
    page = page_for(width=SMALLEST_PHONE)
    page.goto(f"/{language}/{plan.slug}/{path}")
    faults = [
        f"{fault['id']} {fault['nodes'][0]['html']}"
        for fault in Axe().run(page).response["violations"]
    ]
    assert not faults
    assert page.evaluate("document.documentElement.scrollWidth") == SMALLEST_PHONE


def test_the_header_with_the_plan_in_it_fits_a_wide_page(page_for, plan):
    page = page_for(width=1280)
    page.goto(f"/fr/{plan.slug}/plan/")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert page.locator(".site-nav--wide a").first.bounding_box()["height"] < 60


def test_on_a_wide_page_the_contents_stand_open_beside_the_text(page_for, plan):
    page = page_for(width=1280)
    page.goto(f"/ar/{plan.slug}/plan/")
    expect(page.locator('.contents a[href="#project-2"]')).to_be_visible()
    expect(page.locator(".contents summary")).to_be_hidden()


def test_a_line_of_the_contents_leads_to_its_chapter(page_for, plan):
    page = page_for()
    page.goto(f"/ar/{plan.slug}/plan/")
    page.locator(".contents summary").click()
    page.locator('.contents a[href="#project-2"]').click()
    assert page.evaluate("document.querySelector('#project-2').getBoundingClientRect().top") < 200
